import { type RecordReader, shapeError } from '../record-reader.ts';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/**
 * Fields that come with every record since they were asked for, null where nothing is in them. One that is not there at all was renamed or taken
 * away: read as nothing it would be a wrong figure. A path ends well at a parent that is null. Throws a `FieldError`.
 */
export function requireThere(record: RecordReader, fields: readonly string[]): void {
  for (const field of fields)
    if (isMissing(record.raw, field.split('.')))
      throw record.error(field, 'is missing, though it was asked for: was it renamed or taken away?');
}

function isMissing(record: unknown, [name = '', ...rest]: readonly string[]): boolean {
  if (!isObject(record) || !Object.hasOwn(record, name) || record[name] === undefined) return true;
  return rest.length > 0 && record[name] !== null && isMissing(record[name], rest);
}

/** A field of a record that further requests depend on: its value, which may be null. Throws `VENDOR_SHAPE` where it is missing. */
export function valueThere(what: string, record: Readonly<Record<string, unknown>>, name: string): unknown {
  const value = record[name];
  if (value === undefined) throw shapeError(what, name, record);
  return value;
}

/** An id that further requests are made of. Throws `VENDOR_SHAPE` where it has not the form of one. */
export function idThere(
  what: string,
  record: Readonly<Record<string, unknown>>,
  name: string,
  form: RegExp,
): string {
  const value = record[name];
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || !form.test(text)) throw shapeError(what, name, value);
  return text;
}
