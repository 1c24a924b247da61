import { VigieError, type Where } from '../../platform/errors.ts';
import { openRedactor } from '../../platform/redact/redactor.ts';

/** The codes under which a file is refused as a whole (docs/sources/files.md). */
export type FileErrorCode =
  | 'FILE_CUT'
  | 'FILE_COLUMN_MISSING'
  | 'FILE_COLUMN_AMBIGUOUS'
  | 'FILE_ENCODING'
  | 'FILE_FORMAT'
  | 'FILE_QUOTES'
  | 'FILE_RECORDS'
  | 'FILE_SHEET'
  | 'FILE_TOO_LARGE';

/** A file that cannot be read as its feed says. */
export function fileError(
  code: FileErrorCode,
  message: string,
  where: Where & { readonly file: string },
  hint: string,
): VigieError {
  return new VigieError(message, { code, where: shortened(where), hint });
}

const LONGEST_SAMPLE = 200;
/** It knows no secret; where a sample is kept or shown, one that does looks again. */
const redactor = openRedactor();

/** A piece of a file fit for a message: short, on one line, without e-mail addresses. */
export function sampleOf(text: string): string {
  // An address at the cut is whole in what is looked at, and not in what is shown.
  const clean = redactor.text(text.slice(0, 4 * LONGEST_SAMPLE)).replaceAll('\n', '↵');
  return clean.length > LONGEST_SAMPLE ? `${clean.slice(0, LONGEST_SAMPLE)}…` : clean;
}

const shortened = <W extends Where>(where: W): W =>
  where.sample === undefined ? where : { ...where, sample: sampleOf(where.sample) };
