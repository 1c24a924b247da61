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

/** What the value of a field looks like. */
export type Looks = 'a number' | 'a list';

/**
 * Guards the fields that a platform leaves out where nothing happened. A record that lacks one and has another, which
 * nobody asked for and which looks like it, was probably renamed: reading it as nothing would be a wrong figure.
 */
export function guardLeftOut(
  record: RecordReader,
  mayLack: Readonly<Record<string, Looks>>,
  known: readonly string[],
): void {
  for (const [missing, looks] of Object.entries(mayLack)) {
    if (record.value(missing) !== undefined) continue;
    const other = Object.entries(record.raw).find(
      ([name, value]) => !known.includes(name) && seems(value, looks),
    );
    if (other)
      throw record.error(
        missing,
        `is missing, and \`${other[0]}\`, which was not asked for, is there: was it renamed?`,
      );
  }
}

function seems(value: unknown, looks: Looks): boolean {
  if (looks === 'a list') return Array.isArray(value);
  return typeof value === 'number' || (typeof value === 'string' && /^-?[\d,]+(\.\d+)?$/.test(value.trim()));
}

/** The same look for several fields. */
export const each = (fields: readonly string[], looks: Looks): Record<string, Looks> =>
  Object.fromEntries(fields.map((field) => [field, looks]));
