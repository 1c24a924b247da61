import type { Diagnosis } from '../../api/source.ts';
import type { VendorAnswer } from '../../api/vendor.ts';
import { usageOf } from './usage.ts';

/** Unknown error, service down, too many calls of app, user, account or business use case (Graph API, "Handle errors"). */
const TRANSIENT_CODES = new Set([1, 2, 4, 17, 32, 341, 613]);
const BUSINESS_LIMITS: readonly [number, number] = [80_000, 80_014];
/** Seen to go away by itself, whatever the code says: an unknown error of a report. */
const TRANSIENT_SUBCODES = new Set([99]);
/** `Object does not exist, cannot be loaded due to missing permissions`. */
const UNSEEN_SUBCODE = 33;
/** A report that was just ordered: `/v26.0/6204…`, `/v26.0/6204…/insights`. It may not be there for a moment. */
const JOB = /^GET \S*\/v\d+\.\d+\/\d+(\/insights)?(\?|$)/;
/** `Please reduce the amount of data you're asking for`. */
const TOO_MUCH_DATA_SUBCODES = new Set([1_487_534, 1_504_018]);
const TOKEN_CODES = new Set([102, 190]);
const PERMISSION_CODES = new Set([3, 10, 294]);
const VERSION_CODE = 2635;

/** What an error means: `{ "error": { "message", "type", "code", "error_subcode"?, "is_transient"?, "fbtrace_id" } }`. */
export function diagnose(answer: VendorAnswer): Diagnosis | undefined {
  if (answer.status < 400) return undefined;
  const error = errorOf(answer.text);
  if (!error) return undefined;
  if (error.error_subcode === UNSEEN_SUBCODE && JOB.test(answer.request))
    return { kind: 'retry', reason: reasonOf(error), ...pauseOf(answer) };
  const meaning = meaningOf(error);
  if (meaning.kind === 'retry') return { ...meaning, ...pauseOf(answer) };
  return meaning.kind === 'refused' && answer.status >= 500 ? { ...meaning, kind: 'retry' } : meaning;
}

const reasonOf = ({ code = 0, error_subcode: subcode = 0, message = '' }: MetaError): string =>
  `(#${code}${subcode === 0 ? '' : `, ${subcode}`}) ${message}`;

/** What an error of Meta's means, wherever it is told: in an answer, or as the end of a report. */
export function meaningOf(error: MetaError): Diagnosis {
  const { code = 0, error_subcode: subcode = 0 } = error;
  const reason = reasonOf(error);
  if (TOO_MUCH_DATA_SUBCODES.has(subcode)) return { kind: 'too-large', reason };
  if (code === VERSION_CODE)
    return {
      kind: 'version-ended',
      reason,
      hint: 'Set `version` to one that is alive; see the source’s page.',
    };
  if (TOKEN_CODES.has(code))
    return {
      kind: 'no-permission',
      reason,
      hint: 'The token has ended or was withdrawn. Make a new one for the system user; with expiry "never" it lasts.',
    };
  if (isTransient(error)) return { kind: 'retry', reason };
  if (subcode === UNSEEN_SUBCODE)
    return {
      kind: 'no-permission',
      reason,
      hint: 'The account’s number is wrong, or the system user does not have the account (Business settings, ad accounts).',
    };
  if (PERMISSION_CODES.has(code) || (code >= 200 && code <= 299))
    return {
      kind: 'no-permission',
      reason,
      hint: 'Give the system user the account (Business settings, ad accounts) and the token the permission ads_read.',
    };
  return { kind: 'refused', reason };
}

interface MetaError {
  readonly code?: number;
  readonly error_subcode?: number;
  readonly message?: string;
  readonly is_transient?: boolean;
}

function isTransient({ code = 0, error_subcode: subcode = 0, is_transient = false }: MetaError): boolean {
  const [from, to] = BUSINESS_LIMITS;
  return (
    is_transient ||
    TRANSIENT_CODES.has(code) ||
    TRANSIENT_SUBCODES.has(subcode) ||
    (code >= from && code <= to)
  );
}

function pauseOf(answer: VendorAnswer): { retryAfter?: number } {
  const { pauseSeconds } = usageOf(answer.headers);
  return pauseSeconds > 0 ? { retryAfter: pauseSeconds } : {};
}

function errorOf(text: string): MetaError | undefined {
  try {
    const body = JSON.parse(text) as { error?: MetaError } | null;
    return typeof body?.error === 'object' ? (body.error ?? undefined) : undefined;
  } catch {
    return undefined; // Not of the API itself: the status says all there is.
  }
}
