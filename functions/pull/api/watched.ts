/** Which fields of a record were looked at, to tell those that a mapping does not know. */
export interface Watched {
  /** The record, as a mapping may read it. */
  readonly record: unknown;
  /** Paths of fields that hold something and were not looked at: `soldTo.phone`, `items[].text`. */
  unread(): string[];
}

export function watched(raw: unknown): Watched {
  const read = new Set<string>();
  return {
    record: watch(raw, '', read),
    unread: () => [...new Set(leaves(raw, ''))].filter((path) => !read.has(path)),
  };
}

function watch(value: unknown, path: string, read: Set<string>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const isList = Array.isArray(value);
  return new Proxy(value, {
    get(target, key) {
      const found: unknown = Reflect.get(target, key);
      if (typeof key === 'symbol' || (isList && !/^\d+$/.test(key))) return found;
      const below = isList ? `${path}[]` : at(path, key);
      read.add(below);
      return watch(found, below, read);
    },
  });
}

function leaves(value: unknown, path: string): string[] {
  if (value === null || value === undefined || value === '') return [];
  if (Array.isArray(value)) return value.flatMap((each) => leaves(each, `${path}[]`));
  if (typeof value !== 'object') return [path];
  return Object.entries(value).flatMap(([key, each]) => leaves(each, at(path, key)));
}

const at = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);
