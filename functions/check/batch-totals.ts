import { type Batch, placesOf } from '../lake/landing/batch.ts';
import { kept, landed, type MergeInput, reachedRows } from '../lake/landing/merge.ts';
import type { TableDefinition } from '../lake/tables/table.ts';
import type { CheckContext } from './context.ts';
import type { Relation } from './relations.ts';

/** Room for the sum of any number of amounts. */
const SUM_TYPE = 'decimal(38,4)';
const ROWS = 'rows';

/** Where the sums of each column of `batch_totals` come from; `in_batch` is known. */
const SUMS = { landed: 'landed_sums', kept: 'kept_sums', in_lake: 'lake_sums' } as const;
type Column = keyof typeof SUMS;

/**
 * `batch_totals(measure, in_batch, landed, kept, in_lake)`: the number of rows and the exact sum of each decimal
 * column, as pull counted them, as the landing files hold them, less what the batch itself supersedes, and as the
 * lake holds them in the batch's scopes. The last two are equal by the MERGE's own rule, however often a scope is
 * restated, because a batch replaces its scopes as a whole. What a later batch of the same run holds too (by scope or
 * by key) is left out on both sides: that batch had the last word. What `sql` does not name is not added up, and is null:
 * not every engine finds out by itself.
 */
export function batchTotals(context: CheckContext, batch: Batch, sql: string): Relation[] {
  const table = context.tables.table(batch.table);
  const measured = table.columns.filter((column) => column.kind === 'decimal').map((column) => column.name);
  const selects = selectsOf(context, batch, measured);
  const used = (Object.keys(SUMS) as Column[]).filter((column) => names(sql, column));
  return [
    ...used.map((column) => ({ name: SUMS[column], select: selects[column] })),
    { name: 'batch_totals', select: byMeasure(measured, batch, used) },
  ];
}

/** Whether a SELECT may read a column: it has its name somewhere, or takes all there are. */
const names = (sql: string, column: string): boolean =>
  sql.includes('*') || new RegExp(`\\b${column}\\b`, 'i').test(sql);

function selectsOf(
  context: CheckContext,
  batch: Batch,
  measured: readonly string[],
): Readonly<Record<Column, string>> {
  const table = context.tables.table(batch.table);
  const merge: MergeInput = { dialect: context.dialect, table, batch };
  const reach = context.reaches.get(batch);
  const rows = kept(merge, { scopes: placesOf(batch) > 1, keys: true }, [
    ...new Set([...table.key, ...table.scope, ...measured]),
  ]);
  const later = laterBatches(context, batch).flatMap((other) => overruled(table, { ...merge, batch: other }));
  const scopes = `EXISTS (SELECT 1 FROM (${landed(merge, table.scope)}) AS b WHERE ${equal(table.scope, 'b')})`;
  return {
    landed: `SELECT ${sums(measured)} FROM (${landed(merge, measured)}) AS t WHERE NOT t._empty`,
    kept: `SELECT ${sums(measured)} FROM (${rows}) AS t${later.length === 0 ? '' : ` WHERE ${later.join(' AND ')}`}`,
    in_lake: `SELECT ${sums(measured)} FROM ${reachedRows(reach === undefined ? merge : { ...merge, reach })} AS t WHERE ${[scopes, ...later].join(' AND ')}`,
  };
}

const laterBatches = ({ batches }: CheckContext, batch: Batch): Batch[] =>
  batches
    .slice(batches.indexOf(batch) + 1)
    .filter((other) => other.table === batch.table && other.files.length > 0);

/** Conditions that leave out what a later batch holds. */
const overruled = (table: TableDefinition, merge: MergeInput): string[] =>
  [table.scope, table.key].map(
    (names) => `NOT EXISTS (SELECT 1 FROM (${landed(merge, names)}) AS b WHERE ${equal(names, 'b')})`,
  );

const equal = (names: readonly string[], alias: string): string =>
  names.map((name) => `${alias}.${name} = t.${name}`).join(' AND ');

const sums = (measured: readonly string[]): string =>
  [
    `CAST(count(*) AS ${SUM_TYPE}) AS ${ROWS}_sum`,
    ...measured.map((name) => `CAST(coalesce(sum(t.${name}), 0) AS ${SUM_TYPE}) AS ${name}_sum`),
  ].join(', ');

/** Turns the rows of sums into one row a measure. A batch without a total for a column has nothing to compare. */
function byMeasure(measured: readonly string[], batch: Batch, used: readonly Column[]): string {
  const measures = [
    [ROWS, String(batch.rows)] as const,
    ...measured.map((name) => [name, batch.totals[name]] as const),
  ];
  const of = (column: Column): string =>
    used.includes(column)
      ? `CASE m.measure ${measures.map(([name]) => `WHEN '${name}' THEN ${SUMS[column]}.${name}_sum`).join(' ')} END`
      : `CAST(NULL AS ${SUM_TYPE})`;
  const values = measures.map(
    ([name, total]) => `('${name}', CAST(${total === undefined ? 'NULL' : `'${total}'`} AS ${SUM_TYPE}))`,
  );
  const columns = (Object.keys(SUMS) as Column[]).map((column) => `${of(column)} AS ${column}`);
  return `SELECT m.measure, m.in_batch, ${columns.join(', ')}
  FROM (VALUES ${values.join(', ')}) AS m (measure, in_batch)${used.map((column) => ` CROSS JOIN ${SUMS[column]}`).join('')}`;
}
