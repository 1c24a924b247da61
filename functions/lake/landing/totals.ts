import { DECIMAL_SCALE } from '../tables/column.ts';
import type { TableDefinition } from '../tables/table.ts';
import { dayText } from '../values/day.ts';
import { fixedText } from '../values/decimal.ts';
import type { ColumnStore } from './columns.ts';

/** Exact sums of the decimal columns and the span of business dates, kept as rows go by. */
export interface Totals {
  add(stores: readonly ColumnStore[], start: number, rows: number): void;
  sums(): Record<string, string>;
  firstDate(): string | null;
  lastDate(): string | null;
}

export function openTotals(table: TableDefinition): Totals {
  const sums = new Map<string, bigint>();
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  return {
    add(stores, start, rows) {
      for (const store of stores) {
        const { name, kind } = store.column;
        if (kind === 'decimal') sums.set(name, (sums.get(name) ?? 0n) + sumOf(store, start, rows));
        if (name !== table.businessDate) continue;
        for (let at = start; at < start + rows; at += 1) {
          if (store.valid[at] === 0) continue;
          first = Math.min(first, store.ints[at] as number);
          last = Math.max(last, store.ints[at] as number);
        }
      }
    },
    sums: () => Object.fromEntries([...sums].map(([name, sum]) => [name, fixedText(sum, DECIMAL_SCALE)])),
    firstDate: () => (Number.isFinite(first) ? dayText(first) : null),
    lastDate: () => (Number.isFinite(last) ? dayText(last) : null),
  };
}

/** High and low halves are summed apart: each sum stays below 2^53, so no bigint is made for a row. */
function sumOf({ halves, valid }: ColumnStore, start: number, rows: number): bigint {
  let high = 0;
  let low = 0;
  for (let at = start; at < start + rows; at += 1) {
    if (valid[at] === 0) continue;
    low += (halves[2 * at] as number) >>> 0;
    high += halves[2 * at + 1] as number;
  }
  return BigInt(high) * 4_294_967_296n + BigInt(low);
}
