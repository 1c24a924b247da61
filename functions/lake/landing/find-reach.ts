import { type Engine, queryRows } from '../../platform/engine.ts';
import type { MergeInput, Superseding } from './merge.ts';
import type { Reach } from './months.ts';
import { type BatchMonth, batchMonth, batchMonths, heldMonths, isDated, monthsOf } from './reach.ts';

/**
 * Looks up which months of its table a batch concerns. Those that the batch names are always among them, also where
 * nothing of it is there yet: a MERGE of before that was given up, and goes on all the same, must be met. Undefined, without a
 * statement: the table has no business date, is not cut by month and read whole.
 */
export async function findReach(
  engine: Engine,
  merge: MergeInput,
  superseding: Superseding,
  label: string,
): Promise<Reach | undefined> {
  if (!isDated(merge)) return undefined;
  const own = (await queryRows(engine, batchMonths(merge, superseding), { label })).map((row) =>
    batchMonth(merge, superseding, row),
  );
  return reachOf(own, await queryRows(engine, heldMonths(merge, superseding, own), { label }));
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
