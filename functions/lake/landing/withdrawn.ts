import type { Dialect } from '../../platform/engine.ts';
import { lineageColumns } from '../tables/lineage.ts';
import type { TableDefinition, Withdrawal } from '../tables/table.ts';
import { sqlText } from '../values/sql-text.ts';
import type { Batch } from './batch.ts';
import { equal, list } from './merge.ts';

/**
 * Statements that were taken back, or that a newer one has replaced, lose what finds the person elsewhere. The statement
 * stays: that somebody said no has to be known when an older yes is delivered again.
 */
export interface Withdrawing {
  readonly table: TableDefinition;
  readonly withdrawal: Withdrawal;
}

/** The keys of statements that still hold what they must not. A withdrawal wins at the instant of a grant. */
function withdrawn(dialect: Dialect, { table, withdrawal }: Withdrawing): string {
  const { by, granted, said_at: saidAt, empties } = withdrawal;
  const holds = empties.map((name) => `${name} IS NOT NULL`).join(' OR ');
  return `SELECT ${list(table.key)} FROM (
  SELECT ${list(table.key)}, ${granted} AS _granted, ${holds} AS _holds,
    row_number() OVER (PARTITION BY ${list(by)} ORDER BY ${saidAt} DESC, CASE WHEN ${granted} THEN 1 ELSE 0 END) AS _place
  FROM ${dialect.table(table.name)}) AS l
WHERE l._holds AND (l._place > 1 OR NOT l._granted)`;
}

/** One row: `withdrawn`, how many statements would lose something. */
export const countWithdrawn = (dialect: Dialect, of: Withdrawing): string =>
  `SELECT count(*) AS withdrawn FROM (${withdrawn(dialect, of)}) AS w`;

/** The MERGE that empties them; one, so all or none. */
export const withdrawStatement = (dialect: Dialect, of: Withdrawing, batch: Pick<Batch, 'run'>): string => {
  const sets = of.withdrawal.empties.map((name) => `${name} = NULL`);
  return `MERGE INTO ${dialect.table(of.table.name)} AS t
USING (${withdrawn(dialect, of)}) AS s
ON ${equal(of.table.key, 't', 's')}
WHEN MATCHED THEN UPDATE SET ${[...sets, `${lineageColumns.run} = ${sqlText(batch.run)}`].join(', ')}`;
};
