import type { Column, TableDefinition } from '../tables/table.ts';
import { type Derive, derivedFrom } from '../tables/table.ts';
import { DAY_MS } from '../values/day.ts';
import type { ZoneClock } from '../values/zone.ts';
import { type ColumnStore, numberAt, setInt, setLong, setText } from './columns.ts';

/** A column that is worked out where the source leaves it empty. */
export interface Derivation {
  readonly column: string;
  readonly from: readonly string[];
  /** Fills `target` at a place whose `sources` all have a value. */
  fill(target: ColumnStore, sources: readonly ColumnStore[], at: number, delivery: Delivery): void;
}

/** What is known of a row beside its columns. */
export interface Delivery {
  /** The company's. */
  readonly clock: ZoneClock;
  /** The name of the source that brings it. */
  readonly source: string;
}

/** The derivations of a table, in order: one may build on another before it. */
export const derivationsOf = ({ columns }: Pick<TableDefinition, 'columns'>): Derivation[] =>
  columns.flatMap(({ name, derive }: Column) =>
    derive ? [{ column: name, from: derivedFrom(derive), fill: filling(derive) }] : [],
  );

const HOUR_MS = DAY_MS / 24;

function filling(derive: Derive): Derivation['fill'] {
  if ('day_of' in derive)
    return (target, [instant], at, { clock }) =>
      setInt(target, at, clock.dayOf(numberAt(instant as ColumnStore, at)));
  if ('source' in derive) return (target, _, at, { source }) => setText(target, at, source);
  if ('after' in derive)
    return (target, [instant], at) =>
      setLong(target, at, numberAt(instant as ColumnStore, at) + derive.hours * HOUR_MS);
  return (target, [whole, part], at) =>
    setLong(
      target,
      at,
      ((whole as ColumnStore).longs[at] as bigint) - ((part as ColumnStore).longs[at] as bigint),
    );
}

/** A derivation bound to the stores of a row group. */
export function applyDerivation(
  derivation: Derivation,
  target: ColumnStore,
  sources: readonly ColumnStore[],
  span: Span,
  delivery: Delivery,
): void {
  for (let at = span.start; at < span.end; at += 1) {
    if (target.valid[at] === 1 || sources.some((source) => source.valid[at] === 0)) continue;
    derivation.fill(target, sources, at, delivery);
  }
}

/** Places [start, end) of a row group. */
export interface Span {
  readonly start: number;
  readonly end: number;
}
