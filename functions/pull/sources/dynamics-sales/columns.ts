import type { RecordReader } from '../../api/record-reader.ts';

/** What Dataverse adds to choices, lookups and dates, where it is asked to. */
export const FORMATTED = 'OData.Community.Display.V1.FormattedValue';

/** What people see of a column: the label of a choice, the name behind a lookup; its text where it is neither. */
export function labelOf(record: RecordReader, column: string | null | undefined): string | null {
  if (column === null || column === undefined) return null;
  required(record, column);
  if (record.value(column) === null) return null;
  const label = record.raw[`${column}@${FORMATTED}`];
  if (label === undefined) return record.textOrNull(column);
  if (typeof label !== 'string') throw record.error(column, 'has a label that is not text');
  return label.trim() === '' ? null : label.trim();
}

/** A column that was asked for: null where Dataverse has no value. It writes those, too: one that is missing is another one. */
export function required(record: RecordReader, column: string): void {
  if (record.value(column) === undefined)
    throw record.error(column, 'is missing from the answer: was it renamed?');
}

export function cell<T>(
  record: RecordReader,
  column: string | null | undefined,
  read: (name: string) => T | null,
): T | null {
  if (column === null || column === undefined) return null;
  required(record, column);
  return read(column);
}

/** GUIDs come in either case. */
export function guid(record: RecordReader, column: string): string {
  const id = guidOrNull(record, column);
  if (id === null) throw record.error(column, 'is empty, but required');
  return id;
}

export function guidOrNull(record: RecordReader, column: string): string | null {
  required(record, column);
  const text = record.textOrNull(column)?.toLowerCase() ?? null;
  if (text !== null && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text))
    throw record.error(column, 'is not a GUID');
  return text;
}

/** Columns of the settings that are set. */
export const columnsOf = (chosen: Readonly<Record<string, string | null | undefined>>): string[] => [
  ...new Set(Object.values(chosen).filter((name): name is string => typeof name === 'string')),
];
