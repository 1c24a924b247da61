import { hashAddress } from '../../platform/address.ts';
import { isSha256 } from '../../platform/hash.ts';

/** Hashes the fields at these paths of records, in place; a path leads through lists too. */
export function hashPersonal(records: readonly unknown[], paths: readonly string[]): void {
  for (const path of paths) {
    const parts = path.split('.');
    for (const record of records) hashAt(record, parts, 0);
  }
}

function hashAt(value: unknown, parts: readonly string[], depth: number): void {
  if (Array.isArray(value)) {
    for (const each of value) hashAt(each, parts, depth);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const fields = value as Record<string, unknown>;
  const name = parts[depth] as string;
  if (!Object.hasOwn(fields, name)) return;
  if (depth === parts.length - 1) fields[name] = hashed(fields[name]);
  else hashAt(fields[name], parts, depth + 1);
}

/**
 * An address that the scan of the answer has hashed already stays as it is. What is no text is hidden no less, and stays an object: a mapping refuses
 * it, instead of taking its hash for that of an address.
 */
function hashed(value: unknown): unknown {
  if (value === null || value === undefined || value === '') return value;
  if (Array.isArray(value)) return value.map(hashed);
  if (typeof value === 'object') return { hashed: hashAddress(JSON.stringify(value)) };
  const text = String(value);
  return isSha256(text) ? text : hashAddress(text);
}
