import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import { messageOf, VigieError } from '../errors.ts';
import type { Mailer, OutgoingMessage, SendReceipt } from '../mailer.ts';
import type { Secrets } from '../secrets.ts';

export interface SmtpOptions {
  readonly secrets: Pick<Secrets, 'get'>;
  /** Name of the secret that holds the server's URL, `smtps://user:password@host:465`. */
  readonly secret: string;
  /** Pauses before further attempts after a passing failure, in ms. Servers that greylist want minutes: the next run. */
  readonly retryAfter?: readonly number[];
  /** How long the server may keep silent, in ms. All together must stay far below the outbox's claim time. */
  readonly timeout?: number;
}

const TIMEOUT = 60_000;
const RETRY_AFTER = [1_000, 5_000];

/** Sends by SMTP, one connection a message: a company's morning is a handful of mails. */
export function smtpMailer(options: SmtpOptions): Mailer {
  return {
    idempotent: false,
    async send(message) {
      const url = serverUrl(await options.secrets.get(options.secret));
      for (const pause of options.retryAfter ?? RETRY_AFTER) {
        try {
          return await attempt(url, message, options.timeout ?? TIMEOUT);
        } catch (error) {
          if (!(error instanceof VigieError && error.code === 'MAIL_DEFERRED')) throw error;
          await sleep(pause);
        }
      }
      return attempt(url, message, options.timeout ?? TIMEOUT);
    },
  };
}

/** The URL is a secret: what is wrong with it is said without showing it. */
function serverUrl(text: string): URL {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  if (url && (url.protocol === 'smtp:' || url.protocol === 'smtps:') && url.hostname !== '') return url;
  throw new VigieError('the SMTP secret is not a URL of a mail server', {
    code: 'MAIL_SERVER_INVALID',
    hint: 'Write it as smtps://user:password@mail.example.com:465 (or smtp://…:587); percent-encode @, : and / in user and password.',
  });
}

async function attempt(url: URL, message: OutgoingMessage, timeout: number): Promise<SendReceipt> {
  const body = lazily(message.raw);
  const limits = {
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    dnsTimeout: timeout,
  };
  const transport = createTransport({
    url: url.href,
    ...limits,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // nodemailer reads the body only after the server said "354 go ahead": so we know what a broken connection means.
  transport.use('stream', (mail, done) => {
    mail.message.createReadStream = () => body.stream;
    done();
  });
  try {
    const info = await transport.sendMail({ envelope: { from: message.from, to: [message.to] }, raw: '' });
    return { reference: info.response ?? info.messageId };
  } catch (error) {
    throw explain(error, url, body.wasRead());
  } finally {
    transport.close();
  }
}

function lazily(bytes: Uint8Array): { stream: Readable; wasRead(): boolean } {
  let read = false;
  const stream = new Readable({
    read() {
      if (!read) this.push(Buffer.from(bytes));
      this.push(null);
      read = true;
    },
  });
  return { stream, wasRead: () => read };
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
function explain(error: unknown, url: URL, bodyWasRead: boolean): VigieError {
  const { responseCode, command, code } = error as SmtpFailure;
  const said = withoutSecrets(messageOf(error), url);
  const at = `${url.hostname}${url.port ? `:${url.port}` : ''}`;
  const fail = (kind: string, retryable: boolean, hint: string): VigieError =>
    new VigieError(`mail server ${at}, at ${command ?? 'CONN'}: ${said}`, { code: kind, retryable, hint });
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

/** Servers echo what they were told; a password never leaves by an error message. */
function withoutSecrets(text: string, url: URL): string {
  const secrets = [url.password, decodeURIComponent(url.password)].filter((secret) => secret !== '');
  return secrets.reduce((clean, secret) => clean.replaceAll(secret, '***'), text);
}
