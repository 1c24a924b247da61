import type { Dialect } from '../../platform/engine.ts';
import { inheritedColumn, lineageColumns } from '../tables/lineage.ts';
import type { Inheritance, TableDefinition } from '../tables/table.ts';
import { sqlText } from '../values/sql-text.ts';
import { equal, list } from './merge.ts';

/** A table that inherits a column, and how. */
export interface Heir {
  readonly table: TableDefinition;
  readonly inherits: Inheritance;
}

/** Whether any row inherits: one row, or none. */
export const anyInherited = (dialect: Dialect, { table }: Heir): string =>
  `SELECT 1 AS found FROM ${dialect.table(table.name)} WHERE ${inheritedColumn} LIMIT 1`;

/** Rows that have their inherited column not, or not any more, as the row they are a part of has it. */
function unsettled(dialect: Dialect, { table, inherits }: Heir): string {
  const { column, from, by } = inherits;
  return `SELECT ${list(table.key, 'l.')}, p.${column} AS ${column}
  FROM ${dialect.table(table.name)} AS l
  JOIN ${dialect.table(from)} AS p ON p.${by} = l.${by}
  WHERE l.${inheritedColumn} AND l.${column} IS DISTINCT FROM p.${column}`;
}

/** How many: `unsettled`. */
export const countUnsettled = (dialect: Dialect, heir: Heir): string =>
  `SELECT count(*) AS unsettled FROM (${unsettled(dialect, heir)}) AS u`;

/** The MERGE that settles them; one MERGE, so all or none. */
export function settleStatement(dialect: Dialect, heir: Heir, run: string): string {
  const { table, inherits } = heir;
  return `MERGE INTO ${dialect.table(table.name)} AS t
USING (${unsettled(dialect, heir)}) AS s
ON ${equal(table.key, 't', 's')}
WHEN MATCHED THEN UPDATE SET ${inherits.column} = s.${inherits.column}, ${lineageColumns.run} = ${sqlText(run)}`;
}

/** One row: `first_on`, `last_on` of what a source has in the table. */
export const spanStatement = (dialect: Dialect, table: TableDefinition, source: string): string =>
  `SELECT min(${table.businessDate}) AS first_on, max(${table.businessDate}) AS last_on FROM ${dialect.table(table.name)} WHERE ${lineageColumns.source} = ${sqlText(source)}`;
