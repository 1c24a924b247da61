import type { Diagnosis } from '../../api/source.ts';
import type { VendorAnswer } from '../../api/vendor.ts';
import { usageOf } from './usage.ts';

/** Unknown error, service down, too many calls of app, user, account or business use case (Graph API, "Handle errors"). */
const TRANSIENT_CODES = new Set([1, 2, 4, 17, 32, 341, 613]);
const BUSINESS_LIMITS: readonly [number, number] = [80_000, 80_014];
/** Seen to go away by themselves, whatever their code says: an object not there for a moment, an unknown error of a report. */
const TRANSIENT_SUBCODES = new Set([33, 99]);
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
  const { code = 0, error_subcode: subcode = 0, message = '' } = error;
  const reason = `(#${code}${subcode === 0 ? '' : `, ${subcode}`}) ${message}`;
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
  if (isTransient(error)) return { kind: 'retry', reason, ...pauseOf(answer) };
  if (PERMISSION_CODES.has(code) || (code >= 200 && code <= 299))
    return {
      kind: 'no-permission',
      reason,
      hint: 'Give the system user the account (Business settings, ad accounts) and the token the permission ads_read.',
    };
  return answer.status >= 500 ? { kind: 'retry', reason } : { kind: 'refused', reason };
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
