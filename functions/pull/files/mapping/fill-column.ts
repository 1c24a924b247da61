import { type ColumnStore, copyCell, numberAt, setInt, setLong } from '../../../lake/landing/columns.ts';
import type { Cell } from '../records.ts';
import type { Scribe } from './scribe.ts';
import { cellText, type Fill, type Slice } from './slice.ts';

/** What a cell's text is before it is written: null where it stands for none. */
export type Prepare = (text: Cell) => Cell;

export interface ColumnInput {
  /** The source's column. */
  readonly name: string;
  /** Its place among the columns that the feed reads. */
  readonly index: number;
}

const NULL = -1;
const REFUSED = -2;

/**
 * Fills a field from one column whose texts recur: names, states, days. Each distinct text of a row group is worked
 * out once; its repetitions copy the cell.
 */
export function fillRecurring(input: ColumnInput, prepare: Prepare, write: Scribe): Fill {
  let group: ColumnStore | undefined;
  const known = new Map<Cell | undefined, number>();
  const values: number[] = [];
  return (slice, store, start) => {
    if (store !== group) {
      group = store;
      known.clear();
      values.length = 0;
    }
    const position = slice.positions[input.index] as number;
    const { rows } = slice;
    // Files are mostly in order: comparing with the row before saves most look-ups.
    let before: Cell | undefined;
    let at: number | undefined;
    for (let index = 0; index < rows.length; index += 1) {
      const cell = (rows[index] as readonly Cell[])[position];
      if (cell !== before || at === undefined) at = known.get(cell);
      before = cell;
      if (at === undefined || at === REFUSED) {
        at = first(cell, store, start + index, slice, index);
        known.set(cell, at);
      }
      if (at >= 0) restore(store, start + index, values[at] as number);
    }
  };

  function first(
    cell: Cell | undefined,
    store: ColumnStore,
    at: number,
    slice: Slice,
    index: number,
  ): number {
    const text = prepare(cellText(cell));
    if (text === null) return NULL;
    const reason = write(text, store, at);
    if (reason !== undefined) {
      slice.refuse(index, input.name, cell ?? null, reason);
      return REFUSED;
    }
    if (store.valid[at] === 0) return NULL;
    return values.push(store.halves.length > 0 ? numberAt(store, at) : (store.ints[at] as number)) - 1;
  }
}

/** Puts a value that was worked out before; kept apart from the store, whose cells move when rows are dropped. */
function restore(store: ColumnStore, at: number, value: number): void {
  if (store.halves.length > 0) setLong(store, at, value);
  else setInt(store, at, value);
}

/** Fills a field from one column whose texts rarely recur: amounts. */
export function fillEach(input: ColumnInput, prepare: Prepare, write: Scribe): Fill {
  return (slice, store, start) => {
    const position = slice.positions[input.index] as number;
    const { rows } = slice;
    for (let index = 0; index < rows.length; index += 1) {
      const cell = (rows[index] as readonly Cell[])[position];
      const text = prepare(cellText(cell));
      if (text === null) continue;
      const reason = write(text, store, start + index);
      if (reason !== undefined) slice.refuse(index, input.name, cell ?? null, reason);
    }
  };
}

/** Fills a field with the same value on every row. */
export function fillConstant(text: string, write: Scribe): Fill {
  return (slice, store, start) => {
    if (slice.rows.length === 0) return;
    const reason = write(text, store, start);
    if (reason !== undefined) throw new Error(`the constant ${text} was checked before: ${reason}`);
    for (let index = 1; index < slice.rows.length; index += 1) copyCell(store, start, start + index);
  };
}

/** Fills a field from whole rows: several columns, the row's number. */
export function fillComputed(
  name: string,
  compute: (row: readonly Cell[], slice: Slice, index: number) => Cell,
  write: Scribe,
): Fill {
  return (slice, store, start) => {
    const { rows } = slice;
    for (let index = 0; index < rows.length; index += 1) {
      const text = compute(rows[index] as readonly Cell[], slice, index);
      if (text === null) continue;
      const reason = write(text, store, start + index);
      if (reason !== undefined) slice.refuse(index, name, text, reason);
    }
  };
}
