import { own } from '../../api/own.ts';
import type { Diagnosis } from '../../api/source.ts';
import type { VendorAnswer } from '../../api/vendor.ts';

type Meaning = readonly [kind: Diagnosis['kind'], hint?: string];

/**
 * Microsoft's operation error codes, as far as they mean something else than "refused".
 * https://learn.microsoft.com/advertising/guides/operation-error-codes
 */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  InternalError: ['retry'], // 0
  InvalidCredentials: [
    'token-expired',
    'Neither this token nor a fresh one is accepted: sign in anew as the source’s page says, and check `developer_token`.',
  ], // 105
  UserIsNotAuthorized: [
    'no-permission',
    'The user may not read this account, or `customer` is not the customer it belongs to.',
  ], // 106
  AuthenticationTokenExpired: ['token-expired'], // 109
  CallRateExceeded: ['retry'], // 117
  ConcurrentRequestOverLimit: ['retry'], // 207
  ReportingServiceNoCompleteDataAvaliable: ['retry'], // 2004; the vendor's spelling
  DeveloperTokenNotProvided: ['no-permission', 'Put `developer_token` into the secret.'],
  AccountNotAuthorized: ['no-permission', 'Check `accounts` and `customer`.'],
};

/** Microsoft asks to wait 60 seconds after CallRateExceeded. */
const RATE_PAUSE_SECONDS = 60;

/** What an error means. Faults of REST hold `Errors`, `OperationErrors` or `BatchErrors`, as those of SOAP do. */
export function diagnose(answer: VendorAnswer): Diagnosis | undefined {
  if (answer.status < 400) return undefined;
  const [error] = errorsOf(answer.text);
  if (!error) return undefined;
  const reason = `${error.name}: ${error.message}`;
  const [kind, hint] = own(MEANINGS, error.name) ?? [answer.status >= 500 ? 'retry' : 'refused'];
  const pause = error.name === 'CallRateExceeded' ? { retryAfter: RATE_PAUSE_SECONDS } : {};
  return { kind, reason, ...(hint === undefined ? {} : { hint }), ...pause };
}

interface Fault {
  readonly name: string;
  readonly message: string;
}

function errorsOf(text: string): Fault[] {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return []; // Not of the service itself: its status says all there is.
  }
  if (typeof body !== 'object' || body === null) return [];
  const lists = Object.entries(body).flatMap(([key, value]) =>
    /Errors$/.test(key) && Array.isArray(value) ? (value as unknown[]) : [],
  );
  return lists.flatMap((each) => {
    if (typeof each !== 'object' || each === null) return [];
    const { ErrorCode, Code, Message } = each as Record<string, unknown>;
    return [{ name: String(ErrorCode ?? Code ?? 'error'), message: String(Message ?? '') }];
  });
}
