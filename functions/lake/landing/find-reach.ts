import { type Cell, type Engine, queryRows } from '../../platform/engine.ts';
import { probe, type Superseding } from './merge.ts';
import type { Reach } from './months.ts';
import {
  type BatchMonth,
  batchMonth,
  batchMonths,
  type DatedMerge,
  EVERYTHING,
  heldMonths,
  monthsOf,
} from './reach.ts';

type Row = Readonly<Record<string, Cell>>;

/**
 * What `probe` finds and the months of the batch in one statement, since on Athena each has its price and its wait. A row a month, with
 * the same findings in each; one row without a month where the batch has none. Spans are of all columns that may be needed.
 */
export const probeWithMonths = (merge: DatedMerge, inputs: number): string =>
  `SELECT p.*, m.* FROM (
${probe(merge, inputs)}
) AS p LEFT JOIN (
${batchMonths(merge, EVERYTHING)}
) AS m ON true`;

/** The months in what `probeWithMonths` returned. */
export const probedMonths = (merge: DatedMerge, rows: readonly Row[]): BatchMonth[] =>
  rows.map(({ landed_rows, restated_scopes, inheriting, repeated_keys, ...month }) =>
    batchMonth(merge, EVERYTHING, month),
  );

/**
 * Looks up which months of its table a batch concerns. Those that the batch names are always among them, also where
 * nothing of it is there yet: a MERGE of before that was given up, and goes on all the same, must be met.
 */
export async function findReach(
  engine: Engine,
  merge: DatedMerge,
  { superseding, months }: { readonly superseding: Superseding; readonly months: readonly BatchMonth[] },
  label: string,
): Promise<Reach> {
  return reachOf(months, await queryRows(engine, heldMonths(merge, superseding, months), { label }));
}

/** Of the months that a batch names, and what `heldMonths` found. */
export function reachOf(
  own: readonly BatchMonth[],
  held: readonly Readonly<Record<string, unknown>>[],
): Reach {
  const found = held.flatMap(({ month }) => (month === null ? [] : [String(month)]));
  return {
    months: [...new Set([...monthsOf(own), ...found])].sort(),
    isNew: held.every((row) => Number(row['held']) === 0),
  };
}
