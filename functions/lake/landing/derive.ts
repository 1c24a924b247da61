import type { TableName } from '../tables/tables.ts';
import { DAY_MS } from './codec.ts';
import { type ColumnStore, numberAt, setInt, setLong } from './columns.ts';
import type { ZoneClock } from './zone.ts';

/** A column that is worked out where the source leaves it empty. */
export interface Derivation {
  readonly column: string;
  readonly from: readonly string[];
  /** Fills `target` at a place whose `sources` all have a value. */
  fill(target: ColumnStore, sources: readonly ColumnStore[], at: number, clock: ZoneClock): void;
}

/** A cart is judged 24 hours after its last change. */
const SETTLES_AFTER = DAY_MS;

const businessDate = (column: string, instant: string): Derivation => ({
  column,
  from: [instant],
  fill: (target, sources, at, clock) =>
    setInt(target, at, clock.dayOf(numberAt(sources[0] as ColumnStore, at))),
});

/** In order: a derivation may build on one before it. */
const derivations: Partial<Record<TableName, readonly Derivation[]>> = {
  carts: [
    {
      column: 'settles_at',
      from: ['last_changed_at'],
      fill: (target, sources, at) =>
        setLong(target, at, numberAt(sources[0] as ColumnStore, at) + SETTLES_AFTER),
    },
    businessDate('settles_on', 'settles_at'),
  ],
  orders: [businessDate('ordered_on', 'ordered_at')],
  sessions: [businessDate('started_on', 'started_at')],
  page_views: [businessDate('viewed_on', 'viewed_at')],
  order_lines: [
    {
      column: 'discount_amount',
      from: ['list_amount', 'net_amount'],
      fill(target, [list, net], at) {
        setLong(
          target,
          at,
          ((list as ColumnStore).longs[at] as bigint) - ((net as ColumnStore).longs[at] as bigint),
        );
      },
    },
  ],
};

export const derivationsOf = (table: TableName): readonly Derivation[] => derivations[table] ?? [];

/** A derivation bound to the stores of a row group. */
export function applyDerivation(
  derivation: Derivation,
  target: ColumnStore,
  sources: readonly ColumnStore[],
  span: Span,
  clock: ZoneClock,
): void {
  for (let at = span.start; at < span.end; at += 1) {
    if (target.valid[at] === 1 || sources.some((source) => source.valid[at] === 0)) continue;
    derivation.fill(target, sources, at, clock);
  }
}

/** Places [start, end) of a row group. */
export interface Span {
  readonly start: number;
  readonly end: number;
}
