import { VigieError, type Where } from '../../platform/errors.ts';
import { sampleOf } from '../sample.ts';

/** The codes under which a file is refused as a whole (docs/sources/files.md). */
export type FileErrorCode =
  | 'FILE_CUT'
  | 'FILE_COLUMN_MISSING'
  | 'FILE_COLUMN_AMBIGUOUS'
  | 'FILE_ENCODING'
  | 'FILE_FORMAT'
  | 'FILE_HEADING'
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

const shortened = <W extends Where>(where: W): W =>
  where.sample === undefined ? where : { ...where, sample: sampleOf(where.sample) };
