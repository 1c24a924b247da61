import { DECIMAL_SCALE, RATE_SCALE } from '../tables/column.ts';
import type { Column } from '../tables/table.ts';
import { dayText } from '../values/day.ts';
import { fixedText } from '../values/decimal.ts';
import type { RowBlock } from './block.ts';
import { type ColumnStore, numberAt } from './columns.ts';
import type { CanonicalRow } from './writer.ts';

/** A row of a block in canonical values, for people to look at; empty columns are left out. */
export function rowAt(block: RowBlock, index: number, columns: readonly Column[]): CanonicalRow {
  const at = block.start + index;
  return Object.fromEntries(
    columns.flatMap((column, place) => {
      const store = block.stores[place] as ColumnStore;
      return store.valid[at] === 1 ? [[column.name, valueAt(column, store, at)]] : [];
    }),
  );
}

function valueAt({ kind }: Column, store: ColumnStore, at: number): string | number | boolean {
  switch (kind) {
    case 'text':
      return store.words[store.ints[at] as number] as string;
    case 'integer':
      return store.ints[at] as number;
    case 'boolean':
      return store.ints[at] === 1;
    case 'date':
      return dayText(store.ints[at] as number);
    case 'timestamp':
      return new Date(numberAt(store, at)).toISOString();
    default:
      return fixedText(store.longs[at] as bigint, kind === 'rate' ? RATE_SCALE : DECIMAL_SCALE);
  }
}
