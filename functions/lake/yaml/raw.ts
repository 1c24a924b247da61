import type { Path } from './mistake.ts';

/** What data holds at a path; undefined where the way ends. */
export const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, part) =>
      value === null || typeof value !== 'object'
        ? undefined
        : (value as Record<string | number, unknown>)[part],
    data,
  );

/** The list at a path of data that may not be valid yet; empty where there is none. */
export function listAt(data: unknown, path: Path): readonly unknown[] {
  const value = valueAt(data, path);
  return Array.isArray(value) ? value : [];
}
