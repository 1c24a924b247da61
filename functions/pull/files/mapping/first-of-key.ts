import { LAST_ROW } from '../../../lake/landing/batch.ts';
import type { RowBlock } from '../../../lake/landing/block.ts';
import { type ColumnStore, numberAt } from '../../../lake/landing/columns.ts';
import type { TableDefinition } from '../../../lake/tables/table.ts';

/** Keys remembered at a time, twice over: some 50 MB at most. */
const REMEMBERED = 200_000;

/**
 * Leaves out rows whose key has been seen in the input. Memory is bounded: the last 200,000 to 400,000 distinct keys
 * are known exactly; a repetition that comes later than that is landed too, and loses in the load because rows of
 * such feeds are numbered downwards.
 */
export function firstOfKey({ key, columns }: TableDefinition): (block: RowBlock) => void {
  const places = key.map((name) => columns.findIndex((column) => column.name === name));
  let recent = new Set<string>();
  let older = new Set<string>();
  return (block) => {
    const stores = places.map((place) => block.stores[place] as ColumnStore);
    for (let index = 0; index < block.count; index += 1) {
      if (block.dropped[index] === 1) continue;
      const key = keyAt(stores, block.start + index);
      if (recent.has(key) || older.has(key)) block.dropped[index] = 1;
      recent.add(key);
      if (recent.size < REMEMBERED) continue;
      older = recent;
      recent = new Set();
    }
  };
}

export function keyAt(stores: readonly ColumnStore[], at: number): string {
  if (stores.length === 1) return partAt(stores[0] as ColumnStore, at);
  return stores.map((store) => partAt(store, at)).join('\u0000');
}

function partAt(store: ColumnStore, at: number): string {
  if (store.column.kind === 'text') return store.words[store.ints[at] as number] as string;
  return String(store.halves.length > 0 ? numberAt(store, at) : store.ints[at]);
}

/** Of two rows with one key in an input, load takes the one with the larger number: here, the first one. */
export const numberFromEnd = (number: number): number => LAST_ROW - number;

/** Where the last row is to win and its repetitions are known: in the upper half, upwards. */
export const numberOfKnown = (number: number): number => Math.ceil(LAST_ROW / 2) + number;
