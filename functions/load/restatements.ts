import type { Batch, LoadedState } from '../lake/landing/batch.ts';
import {
  equal,
  kept,
  landed,
  list,
  type MergeInput,
  reachedRows,
  type Superseding,
  unique,
} from '../lake/landing/merge.ts';
import { fallen, type Restatement } from '../lake/landing/restatement.ts';
import { type Cell, type Engine, queryRows } from '../platform/engine.ts';

/** Beyond these the largest say enough. */
const MOST = 500;

/**
 * The scopes that this batch is about to make smaller, with those that deliveries of the same day made smaller before:
 * what the lake had before that day stays known, so that a load that is repeated says the same. A mapping that changed
 * changes figures on purpose.
 */
export async function findRestatements(
  engine: Engine,
  merge: MergeInput,
  superseding: Superseding,
  batch: Batch,
  earlier: LoadedState | undefined,
): Promise<Restatement[]> {
  const measures = merge.table.restatedSums ?? [];
  if (earlier === undefined || earlier.mappingHash !== batch.mappingHash || measures.length === 0) return [];
  const label = `what ${batch.table} from ${batch.source} restates`;
  const rows = merge.reach?.isNew
    ? []
    : await queryRows(engine, sumsBeforeAndAfter(merge, superseding, measures), { label });
  const known = new Map(
    (earlier.restatements ?? [])
      .filter(({ asOf }) => asOf === batch.asOf)
      .map((restatement) => [restatement.scope.join('\u0000'), restatement]),
  );
  for (const row of rows) {
    const scope = merge.table.scope.map((name) => String(row[name]));
    const key = scope.join('\u0000');
    const before = known.get(key)?.before ?? sumsOf(row, measures, 'before');
    const found = { asOf: batch.asOf, scope, before, after: sumsOf(row, measures, 'after') };
    if (fallen(found, 0).length > 0) known.set(key, found);
    else known.delete(key);
  }
  return [...known.values()].slice(0, MOST);
}

const sumsOf = (
  row: Readonly<Record<string, Cell>>,
  measures: readonly string[],
  when: 'before' | 'after',
): Record<string, string> =>
  Object.fromEntries(measures.map((name) => [name, String(row[`${when}_${name}`] ?? '0')]));

/** One row for each scope of the batch that the lake knows. */
function sumsBeforeAndAfter(
  merge: MergeInput,
  superseding: Superseding,
  measures: readonly string[],
): string {
  const { table } = merge;
  const { scope, key } = table;
  const sums = measures.map((name) => `sum(${name}) AS ${name}`).join(', ');
  const had = `SELECT ${list(scope)}, ${sums} FROM ${reachedRows(merge)} AS r GROUP BY ${list(scope)}`;
  const has = `SELECT ${list(scope)}, ${sums} FROM (${kept(merge, superseding, unique(key, scope, measures))}) AS k GROUP BY ${list(scope)}`;
  const columns = measures.flatMap((name) => [`o.${name} AS before_${name}`, `n.${name} AS after_${name}`]);
  const names = scope.map((name) => `CAST(b.${name} AS varchar) AS ${name}`);
  return `SELECT ${[...names, ...columns].join(', ')}
FROM (SELECT DISTINCT ${list(scope)} FROM (${landed(merge, scope)}) AS l) AS b
JOIN (${had}) AS o ON ${equal(scope, 'o', 'b')}
LEFT JOIN (${has}) AS n ON ${equal(scope, 'n', 'b')}
ORDER BY ${list(scope, 'b.')}`;
}
