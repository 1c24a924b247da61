import { addressIn, normalAddress } from '../address.ts';
import { messageOf, VigieError } from '../errors.ts';
import type { OutgoingMessage } from '../mailer.ts';
import { awsError, failureOf, isThrottled, statusOf } from './aws-errors.ts';

/** Nothing was under way yet: no address, nobody answering, no credentials to sign with. */
const BEFORE_SENDING =
  /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|CERT_\w+|ERR_TLS\w+|DEPTH_ZERO\w+|UNABLE_TO\w+|SELF_SIGNED\w+|CredentialsProviderError|TokenProviderError)$/;
/** Where the SDK gave up before there was a connection. */
const NO_CONNECTION = /did not establish a connection|getaddrinfo/i;

/**
 * What SES, or the way to it, says of a message. By the mailer's contract only `MAIL_UNCERTAIN` may have arrived: a
 * connection that broke, or a server error, after the request was under way. What SES refuses (4xx) was not sent.
 */
export function sesError(error: unknown, message: OutgoingMessage): VigieError {
  if (error instanceof VigieError) return error;
  const status = statusOf(error);
  const { code = '', name = '' } = failureOf(error);
  const said = messageOf(error);
  if (status !== undefined && status >= 400 && status < 500) return refused(error, name, said, message);
  if (BEFORE_SENDING.test(code) || BEFORE_SENDING.test(name) || NO_CONNECTION.test(said)) {
    const { hint } = awsError(error, 'SES');
    return told(
      error,
      'MAIL_DEFERRED',
      true,
      hint ?? 'Nothing was sent. Run the day again: only what was not sent goes out.',
    );
  }
  return told(
    error,
    'MAIL_UNCERTAIN',
    true,
    'The connection broke, or SES stumbled, after the message was handed over: it may have arrived. A run after 15 minutes tries once more.',
  );
}

interface Refusal {
  readonly names?: RegExp;
  readonly says?: RegExp;
  readonly code: string;
  readonly retryable?: boolean;
  readonly hint: string;
}

/** Refusals by the name of the exception or by its words, the first that fits. */
const REFUSALS: readonly Refusal[] = [
  {
    says: /daily message quota/i,
    code: 'MAIL_QUOTA',
    retryable: true,
    hint: 'The account has sent all it may within 24 hours. Ask for a higher sending quota of SES (Service Quotas), then run the day again.',
  },
  {
    names: /AccountSendingPaused|ConfigurationSetSendingPaused/,
    code: 'MAIL_PAUSED',
    hint: 'AWS or somebody of yours paused sending: look at Account dashboard and Reputation metrics in the SES console, solve what is told there, then run the day again.',
  },
  {
    says: /account is paused|sending (is )?(paused|suspended)|sending suspended/i,
    code: 'MAIL_PAUSED',
    hint: 'AWS or somebody of yours paused sending: look at Account dashboard and Reputation metrics in the SES console, solve what is told there, then run the day again.',
  },
  {
    names: /MailFromDomainNotVerified/,
    code: 'MAIL_SENDER_UNVERIFIED',
    hint: 'The MX record of the custom MAIL FROM domain is missing: SES console, Verified identities, the sender’s domain, Custom MAIL FROM domain, shows the record to publish.',
  },
  {
    names: /ConfigurationSetDoesNotExist/,
    code: 'MAIL_CONFIGURATION_SET',
    hint: 'The configuration set of the stack is missing: deploy again, or empty VIGIE_SES_CONFIGURATION_SET.',
  },
  {
    says: /suppress|blacklist/i,
    code: 'MAIL_SUPPRESSED',
    hint: 'SES sends nothing to this address, since it bounced or complained earlier. Ask its owner; then SES console, Suppression list, remove it. Until then take it out of vigie.yaml.',
  },
];

function refused(error: unknown, name: string, said: string, message: OutgoingMessage): VigieError {
  if (/not verified/i.test(said) && !/MailFromDomain/.test(name)) return unverified(error, said, message);
  const known = REFUSALS.find(({ names, says }) => names?.test(name) || says?.test(said));
  if (known) return told(error, known.code, known.retryable ?? false, known.hint);
  if (isThrottled(error)) {
    return told(
      error,
      'MAIL_DEFERRED',
      true,
      'SES asks to send more slowly. Run the day again: only what was not sent goes out.',
    );
  }
  const general = awsError(error, 'SES');
  if (general.code !== 'AWS_FAILED') return general;
  return told(
    error,
    'MAIL_REFUSED',
    false,
    'SES refused this message for good: check the recipient’s address and `delivery.from` in vigie.yaml.',
  );
}

/** SES names the identities that failed: the sender's, or in the sandbox the recipient's too. */
function unverified(error: unknown, said: string, { from, to }: OutgoingMessage): VigieError {
  const failed = said.toLowerCase();
  const sender = normalAddress(addressIn(from));
  const isRecipient = failed.includes(normalAddress(to)) && !failed.includes(sender);
  return isRecipient
    ? told(
        error,
        'MAIL_SANDBOX',
        false,
        'The SES account is in its sandbox, as every new one: it sends to verified addresses only. SES console, Account dashboard, Request production access (a day or so); until then verify this recipient.',
      )
    : told(
        error,
        'MAIL_SENDER_UNVERIFIED',
        false,
        'SES does not know the sender (`delivery.from` in vigie.yaml) as yours in this region. SES console, Verified identities: create one for its domain (three DNS records) or for the address (a link by mail), then run the day again.',
      );
}

function told(error: unknown, code: string, retryable: boolean, hint: string): VigieError {
  const { name, code: system } = failureOf(error);
  const kind = system ?? name;
  return new VigieError(`SES${kind && kind !== 'Error' ? `, ${kind}` : ''}: ${messageOf(error)}`, {
    code,
    retryable,
    hint,
    cause: error,
  });
}
