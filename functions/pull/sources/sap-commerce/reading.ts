import { attributeAs, attributeText, childrenOf, missingAttribute } from '../../api/odata/envelope.ts';
import type { RecordReader } from '../../api/record-reader.ts';

/** How an API writes what it has: OData says null where there is nothing and nests lists; OCC leaves out what is empty. */
export interface Reading {
  text(record: RecordReader, path: string | null): string | null;
  /** A value put through a helper of pull/api/values.ts or pull/api/decimals.ts; null where there is none. */
  as<T>(record: RecordReader, path: string | null, convert: (text: string) => T): T | null;
  boolean(record: RecordReader, path: string | null): boolean | null;
  list(record: RecordReader, path: string): RecordReader[];
}

const lenient = {
  text: (record, path) => (path === null ? null : record.textOrNull(path)),
  as: (record, path, convert) => (path === null ? null : record.asOrNull(path, convert)),
  boolean: (record, path) => (path === null ? null : record.booleanOrNull(path)),
  list: (record, path) => record.records(path),
} as const satisfies Reading;

/** The Integration API: a name that the answer does not have is a mistake in vigie.yaml. */
export const odataReading: Reading = {
  text: (record, path) => (path === null ? null : attributeText(record, path)),
  as: (record, path, convert) => (path === null ? null : attributeAs(record, path, convert)),
  boolean(record, path) {
    if (path !== null) missingAttribute(record, path);
    return lenient.boolean(record, path);
  },
  list: childrenOf,
};

export const occReading: Reading = lenient;

/** Like `as`, for what has to be there. */
export function required<T>(
  reading: Reading,
  record: RecordReader,
  path: string,
  convert: (text: string) => T,
): T {
  const value = reading.as(record, path, convert);
  if (value === null) throw record.error(path, 'is empty, but required');
  return value;
}

export const asText = (text: string): string => text;
