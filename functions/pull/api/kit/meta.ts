import type { Diagnosis } from '../source.ts';
import { diagnosing, objectOf } from './errors.ts';

/** What all of Meta's APIs have in common: the form of their errors. Graph API, "Handle errors". */

/** Unknown error, service down, too many calls of app, user, account or business use case. */
const TRANSIENT_CODES = [1, 2, 4, 17, 32, 341, 613];
const isBusinessLimit = (code: number): boolean => code >= 80_000 && code <= 80_014;
/** Seen to go away by itself, whatever the code says: an unknown error of a report. */
const TRANSIENT_SUBCODE = 99;
/** `Object does not exist, cannot be loaded due to missing permissions`. */
const UNSEEN_SUBCODE = 33;
/** `Please reduce the amount of data you're asking for`. */
const TOO_MUCH_DATA_SUBCODES = [1_487_534, 1_504_018];
const TOKEN_CODES = [102, 190];
const isPermission = (code: number): boolean => [3, 10, 294].includes(code) || (code >= 200 && code <= 299);
const VERSION_CODE = 2635;
const PARAMETER_CODE = 100;

export interface MetaError {
  readonly code: number;
  readonly subcode: number;
  readonly message: string;
  readonly isTransient?: boolean;
}

/** What to do next, in the words of a source. */
export interface MetaHints {
  /** The token has ended, or is of another kind than the call wants. */
  readonly token: string;
  /** What was asked for is not there, or not to be seen. */
  readonly unseen: string;
  readonly permission: string;
  /** Something was asked for that is not, or not any more. */
  readonly parameter?: string;
}

/**
 * Makes `SourceDefinition.diagnose`: `{ "error": { "message", "type", "code", "error_subcode"?, "is_transient"?, "fbtrace_id" } }`.
 * `isEarly`: a request for what was just made, and may not be there for a moment.
 */
export const metaErrors = (hints: MetaHints, isEarly: (request: string) => boolean = () => false) =>
  diagnosing({
    said(body, { status, request }) {
      const error = objectOf(objectOf(body)?.['error']);
      if (!error) return undefined;
      const { code, error_subcode: subcode, message, is_transient: isTransient } = error;
      const read = { code: Number(code ?? 0), subcode: Number(subcode ?? 0), message: String(message ?? '') };
      const { reason, ...meaning } = metaMeaning({ ...read, isTransient: isTransient === true }, hints);
      const early = read.subcode === UNSEEN_SUBCODE && isEarly(request);
      const again = early || (meaning.kind === 'refused' && status >= 500);
      return { code: '', message: reason, meaning: again ? { kind: 'retry' } : meaning };
    },
  });

/** What an error of Meta's means, wherever it is told: in an answer, or as the end of a report. */
export function metaMeaning(error: MetaError, hints: MetaHints): Diagnosis {
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
  if (TOKEN_CODES.includes(code)) return means('no-permission', hints.token);
  if (isTransient || TRANSIENT_CODES.includes(code) || subcode === TRANSIENT_SUBCODE || isBusinessLimit(code))
    return means('retry');
  if (subcode === UNSEEN_SUBCODE) return means('no-permission', hints.unseen);
  if (isPermission(code)) return means('no-permission', hints.permission);
  return means('refused', code === PARAMETER_CODE ? hints.parameter : undefined);
}
