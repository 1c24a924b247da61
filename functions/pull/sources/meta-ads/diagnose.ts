import { diagnosing, objectOf } from '../../api/kit/errors.ts';
import type { Diagnosis } from '../../api/source.ts';

/** Unknown error, service down, too many calls of app, user, account or business use case (Graph API, "Handle errors"). */
const TRANSIENT_CODES = [1, 2, 4, 17, 32, 341, 613];
const isBusinessLimit = (code: number): boolean => code >= 80_000 && code <= 80_014;
/** Seen to go away by itself, whatever the code says: an unknown error of a report. */
const TRANSIENT_SUBCODE = 99;
/** `Object does not exist, cannot be loaded due to missing permissions`. */
const UNSEEN_SUBCODE = 33;
/** A report that was just ordered: `/v26.0/6204…`, `/v26.0/6204…/insights`. It may not be there for a moment. */
const JOB = /^GET \S*\/v\d+\.\d+\/\d+(\/insights)?(\?|$)/;
/** `Please reduce the amount of data you're asking for`. */
const TOO_MUCH_DATA_SUBCODES = [1_487_534, 1_504_018];
const TOKEN_CODES = [102, 190];
const isPermission = (code: number): boolean => [3, 10, 294].includes(code) || (code >= 200 && code <= 299);
const VERSION_CODE = 2635;

interface MetaError {
  readonly code: number;
  readonly subcode: number;
  readonly message: string;
  readonly isTransient?: boolean;
}

/** What an error means: `{ "error": { "message", "type", "code", "error_subcode"?, "is_transient"?, "fbtrace_id" } }`. */
export const diagnose = diagnosing({
  said(body, { status, request }) {
    const error = objectOf(objectOf(body)?.['error']);
    if (!error) return undefined;
    const { code, error_subcode: subcode, message, is_transient: isTransient } = error;
    const read = { code: Number(code ?? 0), subcode: Number(subcode ?? 0), message: String(message ?? '') };
    const { reason, ...meaning } = meaningOf({ ...read, isTransient: isTransient === true });
    const isEarly = read.subcode === UNSEEN_SUBCODE && JOB.test(request);
    const again = isEarly || (meaning.kind === 'refused' && status >= 500);
    return { code: '', message: reason, meaning: again ? { kind: 'retry' } : meaning };
  },
});

/** What an error of Meta's means, wherever it is told: in an answer, or as the end of a report. */
export function meaningOf(error: MetaError): Diagnosis {
  const { code, subcode, message, isTransient = false } = error;
  const reason = `(#${code}${subcode === 0 ? '' : `, ${subcode}`}) ${message}`;
  const means = (kind: Diagnosis['kind'], hint?: string): Diagnosis => ({
    kind,
    reason,
    ...(hint === undefined ? {} : { hint }),
  });
  if (TOO_MUCH_DATA_SUBCODES.includes(subcode)) return means('too-large');
  if (code === VERSION_CODE)
    return means('version-ended', 'Set `version` to one that is alive; see the source’s page.');
  if (TOKEN_CODES.includes(code))
    return means(
      'no-permission',
      'The token has ended or was withdrawn. Make a new one for the system user; with expiry "never" it lasts.',
    );
  if (isTransient || TRANSIENT_CODES.includes(code) || subcode === TRANSIENT_SUBCODE || isBusinessLimit(code))
    return means('retry');
  if (subcode === UNSEEN_SUBCODE)
    return means(
      'no-permission',
      'The account’s number is wrong, or the system user does not have the account (Business settings, ad accounts).',
    );
  return isPermission(code)
    ? means(
        'no-permission',
        'Give the system user the account (Business settings, ad accounts) and the token the permission ads_read.',
      )
    : means('refused');
}
