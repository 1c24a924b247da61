import type { LandingColumn } from './schema.ts';

/**
 * The rows of one row group, by column, in the form in which Parquet stores them. Typed arrays cost the garbage
 * collector nothing while they live; making them does, so that they begin small (`growStore`).
 *
 * | kind                     | values                                                       |
 * |--------------------------|--------------------------------------------------------------|
 * | text                     | `ints`: place in `words`, each distinct text once            |
 * | integer, date, boolean   | `ints`: the number; days since 1970-01-01; 0 or 1            |
 * | decimal, rate, timestamp | `longs`: the number × 10^scale; milliseconds since 1970      |
 */
export interface ColumnStore {
  readonly column: LandingColumn;
  /** 1 where there is a value, 0 where it is null. */
  readonly valid: Uint8Array<ArrayBuffer>;
  readonly ints: Int32Array<ArrayBuffer>;
  readonly longs: BigInt64Array<ArrayBuffer>;
  /** The same bytes as `longs`, as pairs of 32 bits, low first: writing a number so costs no bigint. */
  readonly halves: Int32Array<ArrayBuffer>;
  readonly words: string[];
  readonly places: Map<string, number>;
}

/** Row groups are this long: long enough to compress, short enough to keep memory flat. */
export const GROUP_ROWS = 32_768;

const isLong = ({ kind }: LandingColumn): boolean =>
  kind === 'decimal' || kind === 'rate' || kind === 'timestamp';

export const createStore = (column: LandingColumn, capacity: number): ColumnStore => ({
  column,
  ...roomFor(column, capacity),
  words: [],
  places: new Map(),
});

function roomFor(column: LandingColumn, capacity: number) {
  const bytes = new ArrayBuffer(isLong(column) ? capacity * 8 : 0);
  return {
    valid: new Uint8Array(capacity),
    ints: new Int32Array(isLong(column) ? 0 : capacity),
    longs: new BigInt64Array(bytes),
    halves: new Int32Array(bytes),
  };
}

/** Room for more rows; those that are there stay. Whoever holds one of its arrays holds an old one. */
export function growStore(store: ColumnStore, capacity: number): void {
  const room = roomFor(store.column, capacity);
  room.valid.set(store.valid);
  room.ints.set(store.ints);
  room.longs.set(store.longs);
  Object.assign(store, room);
}

export function setNull(store: ColumnStore, at: number): void {
  store.valid[at] = 0;
}

/** The setters give true, for chains of conditions that end in one. */
export function setInt(store: ColumnStore, at: number, value: number): true {
  store.ints[at] = value;
  store.valid[at] = 1;
  return true;
}

const WORD = 2 ** 32;

export function setLong(store: ColumnStore, at: number, value: number | bigint): true {
  store.valid[at] = 1;
  if (typeof value === 'bigint') {
    store.longs[at] = value;
    return true;
  }
  const high = Math.floor(value / WORD);
  store.halves[2 * at] = value - high * WORD;
  store.halves[2 * at + 1] = high;
  return true;
}

export function setText(store: ColumnStore, at: number, value: string): true {
  let place = store.places.get(value);
  if (place === undefined) {
    place = store.words.push(value) - 1;
    store.places.set(value, place);
  }
  return setInt(store, at, place);
}

/** Like `setText`, for a text that most likely is new: it is not looked up, which is what costs. */
export const setFreshText = (store: ColumnStore, at: number, value: string): true =>
  setInt(store, at, store.words.push(value) - 1);

/** The number at a place of a 64-bit column; exact only up to 2^53, which every timestamp is. */
export const numberAt = (store: ColumnStore, at: number): number =>
  (store.halves[2 * at + 1] as number) * WORD + ((store.halves[2 * at] as number) >>> 0);

/** Copies a cell within a column. */
export function copyCell(store: ColumnStore, from: number, to: number): void {
  store.valid[to] = store.valid[from] as number;
  if (store.halves.length === 0) {
    store.ints[to] = store.ints[from] as number;
    return;
  }
  store.halves[2 * to] = store.halves[2 * from] as number;
  store.halves[2 * to + 1] = store.halves[2 * from + 1] as number;
}
