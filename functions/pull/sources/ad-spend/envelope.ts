import { VigieError } from '../../../platform/errors.ts';
import { FieldError, RecordReader, shapeError } from '../../api/record-reader.ts';
import type { VendorAnswer } from '../../api/vendor.ts';

/**
 * Reads what surrounds the records of an answer: ids of jobs, states, next pages. What is not as known there is the
 * vendor's new form, not a bad record: it fails the source (`VENDOR_SHAPE`).
 */
export function readEnvelope<T>(what: string, answer: VendorAnswer, read: (body: RecordReader) => T): T {
  try {
    return read(new RecordReader(answer.json()));
  } catch (error) {
    if (error instanceof FieldError) throw shapeError(what, error.field, error.value);
    throw error;
  }
}

/** The list of records under a name. */
export function recordsIn(what: string, body: unknown, name: string): readonly unknown[] {
  const found =
    typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>)[name] : undefined;
  if (!Array.isArray(found)) throw shapeError(what, name, found ?? body);
  return found as readonly unknown[];
}

/** A next page that leads back to itself: rows are missing, and reading on would never end. */
export const repeatedPage = (what: string, token: string): VigieError =>
  new VigieError(`${what}: the page after ${token} is the same page again`, {
    code: 'VENDOR_INCOMPLETE',
    retryable: true,
    hint: 'Nothing of these days was taken. The next run asks again.',
  });

/**
 * Guards the fields that a platform leaves out where nothing happened. A record that lacks one and has a field nobody
 * asked for was probably renamed: reading it as nothing would be a wrong figure.
 */
export function guardLeftOut(
  record: RecordReader,
  mayLack: readonly string[],
  known: readonly string[],
): void {
  const unknown = Object.keys(record.raw).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const missing = mayLack.find((name) => record.value(name) === undefined);
  if (missing !== undefined)
    throw record.error(
      missing,
      `is missing, and \`${unknown}\`, which was not asked for, is there: was it renamed?`,
    );
}
