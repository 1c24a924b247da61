import { isRequired, type TableDefinition } from '../tables/table.ts';
import { zoneClock } from '../values/zone.ts';
import { LARGEST } from './codec.ts';
import { type ColumnStore, copyCell } from './columns.ts';
import { applyDerivation, type Delivery, type Derivation, derivationsOf, type Span } from './derive.ts';

/**
 * Some rows on their way into the open row group: places [start, start + count) of every store. Whoever fills it
 * sets every cell of the columns it has, marks rows to leave out in `dropped`, and numbers the rows.
 */
export interface RowBlock {
  /** In the order of the table's columns. */
  readonly stores: readonly ColumnStore[];
  readonly start: number;
  readonly count: number;
  /** 1: the row is left out (refused, or a repetition). */
  readonly dropped: Uint8Array;
  /** Row numbers for the landing column `_row`. */
  readonly numbers: Int32Array;
}

/** Told of a row (place in the block) that a column refuses. */
export type Refuse = (index: number, column: string, reason: string) => void;

/** What holds for every row of a table, whatever it came from. */
export interface BlockRules {
  /** Fills derived columns; refuses rows in which a required column is empty. */
  check(block: RowBlock, refuse: Refuse): void;
  /** Closes the gaps that dropped rows leave; the number of rows kept. */
  compact(block: RowBlock): number;
}

export function blockRules(table: TableDefinition, timeZone: string, source: string): BlockRules {
  const { columns } = table;
  const delivery = { clock: zoneClock(timeZone), source };
  const place = (name: string): number => columns.findIndex((column) => column.name === name);
  const derived = derivationsOf(table).map((derivation) => ({
    derivation,
    target: place(derivation.column),
    sources: derivation.from.map(place),
  }));
  const required = columns.flatMap((column, index) =>
    isRequired(table, column) ? [{ name: column.name, index }] : [],
  );
  return {
    check(block, refuse) {
      const span = { start: block.start, end: block.start + block.count };
      for (const { derivation, target, sources } of derived) {
        const store = block.stores[target] as ColumnStore;
        derive(
          derivation,
          store,
          sources.map((source) => block.stores[source] as ColumnStore),
          span,
          delivery,
        );
      }
      for (const { name, index } of required)
        refuseEmpty(block, block.stores[index] as ColumnStore, name, refuse);
    },
    compact,
  };
}

function derive(
  derivation: Derivation,
  store: ColumnStore,
  sources: ColumnStore[],
  span: Span,
  delivery: Delivery,
): void {
  applyDerivation(derivation, store, sources, span, delivery);
  if (store.column.kind !== 'decimal') return;
  // A difference of two amounts at the edge of DECIMAL(18) may not fit; better none than a wrong one.
  for (let at = span.start; at < span.end; at += 1) {
    const value = store.longs[at] as bigint;
    if (store.valid[at] === 1 && (value >= LARGEST || value <= -LARGEST)) store.valid[at] = 0;
  }
}

function refuseEmpty(block: RowBlock, store: ColumnStore, name: string, refuse: Refuse): void {
  const { valid } = store;
  for (let index = 0; index < block.count; index += 1) {
    if (valid[block.start + index] === 0 && block.dropped[index] === 0)
      refuse(index, name, 'is empty, but required');
  }
}

function compact(block: RowBlock): number {
  const { dropped, count, start, stores, numbers } = block;
  let kept = 0;
  for (let index = 0; index < count; index += 1) {
    if (dropped[index] === 1) continue;
    if (kept !== index) {
      for (const store of stores) copyCell(store, start + index, start + kept);
      numbers[kept] = numbers[index] as number;
    }
    kept += 1;
  }
  return kept;
}
