import type { Cell } from './records.ts';

/** Finds a field in a record: under its own name, else along a path with dots (`soldTo.id`, `items.0.sku`). */
export function fieldAt(record: unknown, name: string, path: readonly string[]): unknown {
  if (typeof record !== 'object' || record === null) return undefined;
  if (Object.hasOwn(record, name)) return (record as Record<string, unknown>)[name];
  if (path.length === 1) return undefined;
  let value: unknown = record;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}

/**
 * A value of JSON or Parquet as a cell. A number is written with the feed's decimal sign, so that it reads back as
 * what it is; objects and arrays become JSON text.
 */
export function cellOf(value: unknown, decimal: string): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return decimal === '.' ? String(value) : String(value).replace('.', decimal);
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  return JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? String(inner) : inner));
}
