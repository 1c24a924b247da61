import type { Cell } from './records.ts';

/**
 * Finds a field in a record: under its own name, else along a path with dots (`soldTo.id`, `items.0.sku`). A list of
 * `{ key, value }`, as GA4 exports the parameters of an event, is read as the object it stands for:
 * `event_params.page_location`.
 */
export function fieldAt(record: unknown, name: string, path: readonly string[]): unknown {
  if (typeof record !== 'object' || record === null) return undefined;
  if (Object.hasOwn(record, name)) return (record as Record<string, unknown>)[name];
  if (path.length === 1) return undefined;
  let value: unknown = record;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    if (Object.hasOwn(value, step)) value = (value as Record<string, unknown>)[step];
    else if (Array.isArray(value)) value = valueUnder(value, step);
    else return undefined;
  }
  return value;
}

/** The value of the first element with this key; of a value in one of several types (`int_value`, …) the one that is there. */
function valueUnder(list: readonly unknown[], key: string): unknown {
  const found = list.find((each) => (each as { key?: unknown } | null)?.key === key);
  const value = (found as { value?: unknown } | undefined)?.value;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const typed = entries.length > 0 && entries.every(([name]) => name.endsWith('_value'));
  return typed ? (entries.find(([, each]) => each !== null && each !== undefined)?.[1] ?? null) : value;
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
