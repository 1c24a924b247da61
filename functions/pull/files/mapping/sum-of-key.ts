import type { RowBlock } from '../../../lake/landing/block.ts';
import { LARGEST } from '../../../lake/landing/codec.ts';
import { type ColumnStore, setInt, setLong, setText } from '../../../lake/landing/columns.ts';
import type { BatchWriter } from '../../../lake/landing/writer.ts';
import type { Column, TableDefinition } from '../../../lake/tables/table.ts';
import { keyAt } from './first-of-key.ts';

/** Rows handed over at a time. */
const ROUND = 4096;
const LARGEST_INTEGER = 2n ** 31n - 1n;

/** Adds up the rows of a file that share a key. Memory grows with its keys, not with its rows. */
export interface SumsOfKey {
  /** Takes the rows of a block in, and out of the block. */
  take(block: RowBlock, refuse: (index: number, column: string, reason: string) => void): void;
  /** Hands over one row a key. */
  end(batch: BatchWriter): Promise<void>;
}

type Value = string | number | bigint | null;

interface Sum {
  readonly values: Value[];
  readonly number: number;
}

/** Counts and amounts are added up; days, points and rates are not. */
export const isAddedUp = ({ name, kind, unit }: Column, key: readonly string[]): boolean =>
  (kind === 'decimal' || kind === 'integer') && unit !== undefined && unit !== 'days' && !key.includes(name);

export function sumOfKey({ key, columns }: TableDefinition): SumsOfKey {
  const keyPlaces = key.map((name) => columns.findIndex((column) => column.name === name));
  const added = columns.map((column) => isAddedUp(column, key));
  const currency = columns.findIndex(({ name }) => columns.some((each) => each.currencyColumn === name));
  const sums = new Map<string, Sum>();
  return {
    take(block, refuse) {
      const stores = keyPlaces.map((place) => block.stores[place] as ColumnStore);
      for (let index = 0; index < block.count; index += 1) {
        if (block.dropped[index] === 1) continue;
        const at = block.start + index;
        const values = block.stores.slice(0, columns.length).map((store) => valueAt(store, at));
        const known = sums.get(keyAt(stores, at));
        if (!known) sums.set(keyAt(stores, at), { values, number: block.numbers[index] as number });
        else if (currency >= 0 && known.values[currency] !== values[currency])
          refuse(index, columns[currency]?.name ?? '', 'is another than on the first row of the same key');
        else if (!addTo(known.values, values, added, columns))
          refuse(index, '(record)', 'makes the sum of its key too large');
        block.dropped[index] = 1;
      }
    },
    async end(batch) {
      const all = [...sums.values()];
      sums.clear();
      for (let from = 0; from < all.length; from += ROUND) {
        const round = all.slice(from, from + ROUND);
        const block = await batch.block(round.length);
        for (const [index, { values, number }] of round.entries()) {
          for (const [place, value] of values.entries())
            put(block.stores[place] as ColumnStore, block.start + index, value);
          block.numbers[index] = number;
        }
        batch.commit(block);
      }
    },
  };
}

function valueAt(store: ColumnStore, at: number): Value {
  if (store.valid[at] === 0) return null;
  if (store.halves.length > 0) return store.longs[at] as bigint;
  return store.column.kind === 'text'
    ? (store.words[store.ints[at] as number] as string)
    : (store.ints[at] as number);
}

function put(store: ColumnStore, at: number, value: Value): void {
  if (typeof value === 'string') setText(store, at, value);
  else if (typeof value === 'bigint') setLong(store, at, value);
  else if (value !== null) setInt(store, at, value);
}

/** Of what is not added up, the first value that is there stays. False where a sum does not fit; nothing is added then. */
function addTo(
  sum: Value[],
  values: readonly Value[],
  added: readonly boolean[],
  columns: readonly Column[],
): boolean {
  const next = sum.map((own, place) => {
    const other = values[place] as Value;
    if (own === null || other === null || !added[place]) return own ?? other;
    const total = BigInt(own) + BigInt(other);
    const size = total < 0n ? -total : total;
    if (columns[place]?.kind === 'integer') return size > LARGEST_INTEGER ? undefined : Number(total);
    return size >= LARGEST ? undefined : total;
  });
  if (next.includes(undefined)) return false;
  for (const [place, value] of next.entries()) sum[place] = value as Value;
  return true;
}
