import { requireThere } from '../../api/kit/there.ts';
import type { RecordReader } from '../../api/record-reader.ts';

/** What Dataverse adds to choices, lookups and dates, where it is asked to. */
export const FORMATTED = 'OData.Community.Display.V1.FormattedValue';

const LOOKUP = /^_\w+_value$/;

/**
 * What people see of a column: the label of a choice, the name behind a lookup; its text where it is neither. Labels are asked for: a choice or
 * lookup without one is no text.
 */
export function labelOf(record: RecordReader, column: string | null | undefined): string | null {
  if (column === null || column === undefined) return null;
  requireThere(record, [column]);
  const value = record.value(column);
  if (value === null) return null;
  const label = record.raw[`${column}@${FORMATTED}`];
  if (label === undefined && (typeof value !== 'string' || LOOKUP.test(column)))
    throw record.error(column, 'has no label, though labels were asked for');
  if (label === undefined) return record.textOrNull(column);
  if (typeof label !== 'string') throw record.error(column, 'has a label that is not text');
  return label.trim() === '' ? null : label.trim();
}

export function cell<T>(
  record: RecordReader,
  column: string | null | undefined,
  read: (name: string) => T | null,
): T | null {
  if (column === null || column === undefined) return null;
  requireThere(record, [column]);
  return read(column);
}

export const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** GUIDs come in either case. */
export function guid(record: RecordReader, column: string): string {
  const id = guidOrNull(record, column);
  if (id === null) throw record.error(column, 'is empty, but required');
  return id;
}

export function guidOrNull(record: RecordReader, column: string): string | null {
  requireThere(record, [column]);
  const text = record.textOrNull(column)?.toLowerCase() ?? null;
  if (text !== null && !GUID.test(text)) throw record.error(column, 'is not a GUID');
  return text;
}
