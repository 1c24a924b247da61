import type { RecordReader } from '../record-reader.ts';

/** What the value of a field looks like. */
export type Looks = 'a number' | 'a list';

/**
 * Guards the fields that a vendor leaves out where nothing happened. A record that lacks one and has another, which
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
