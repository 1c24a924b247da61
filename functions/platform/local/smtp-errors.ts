import { messageOf, VigieError } from '../errors.ts';
import type { Redactor } from '../redact/redactor.ts';

/** What was going on when a message was not taken. */
export interface Attempted {
  readonly url: URL;
  /** The server had the whole message. */
  readonly bodyWasRead: boolean;
  readonly redactor: Redactor;
}

interface SmtpFailure {
  readonly code?: string;
  readonly responseCode?: number;
  readonly command?: string;
}

/**
 * An SMTP reply decides by its first digit (RFC 5321, 4.2.1): 4 comes and goes, 5 is final. Without a reply it depends
 * on whether the body was under way.
 */
export function smtpError(error: unknown, { url, bodyWasRead, redactor }: Attempted): VigieError {
  const { responseCode, command, code } = error as SmtpFailure;
  const said = redactor.text(messageOf(error));
  const at = `${url.hostname}${url.port ? `:${url.port}` : ''}`;
  const fail = (kind: string, retryable: boolean, hint: string): VigieError =>
    new VigieError(`mail server ${at}, at ${command ?? 'CONN'}: ${said}`, { code: kind, retryable, hint });
  if (/certificate|altnames/i.test(said) && responseCode === undefined)
    return fail(
      'MAIL_CERTIFICATE',
      false,
      'The server does not show that it is the one you mean. Write the name that stands in its certificate; or give Node the authority that signed it (NODE_EXTRA_CA_CERTS=/path/ca.pem); or, for a server in your own network only, end the URL with ?tls.rejectUnauthorized=false.',
    );
  if (code === 'ETLS')
    return fail(
      'MAIL_NOT_ENCRYPTED',
      false,
      'The SMTP secret holds a password, which is sent over an encrypted connection only, and none came about. Write smtps://… and the port for it (usually 465); or use a server that offers STARTTLS (usually smtp://…:587) with a certificate for its name.',
    );
  if (code === 'EAUTH' && !(responseCode !== undefined && responseCode < 500)) {
    return fail('MAIL_LOGIN_REFUSED', false, 'Check user and password in the SMTP secret.');
  }
  if (responseCode !== undefined && responseCode >= 500) {
    return fail(
      'MAIL_REFUSED',
      false,
      'The server refused this message for good: check the recipient’s address and whether it accepts `delivery.from`.',
    );
  }
  if (responseCode !== undefined && responseCode >= 400)
    return fail(
      'MAIL_DEFERRED',
      true,
      'The server asks to come back later. Run the day again: only what was not sent goes out.',
    );
  if (bodyWasRead)
    return fail(
      'MAIL_UNCERTAIN',
      true,
      'The connection broke after the message was handed over: it may have arrived. A run after 15 minutes tries once more, under the same Message-ID.',
    );
  if (code === 'EENVELOPE' || code === 'EMESSAGE')
    return fail('MAIL_REFUSED', false, 'Check `delivery.from` and the recipient’s address.');
  return fail(
    'MAIL_DEFERRED',
    true,
    `Nothing was sent. Check that ${at} can be reached from here, then run the day again.`,
  );
}
