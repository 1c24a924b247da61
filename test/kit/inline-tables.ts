import { type Column, columnsOf } from '../../functions/lake/schema/table.ts';
import { type TableName, tableOf } from '../../functions/lake/schema/tables.ts';
import type { Engine } from '../../functions/platform/engine.ts';

const SQL_TYPES: Record<Column['kind'], string> = {
  text: 'varchar',
  integer: 'integer',
  decimal: 'decimal(18,4)',
  rate: 'decimal(18,8)',
  date: 'date',
  timestamp: 'timestamp',
  boolean: 'boolean',
};

/**
 * An engine whose lake tables hold just these rows, written into the statement itself: no table is made, so cases can
 * run side by side and on any engine. A table without rows is empty.
 */
export function withInlineTables(
  engine: Engine,
  rows: ReadonlyMap<TableName, readonly Record<string, unknown>[]>,
): Engine {
  const table = (name: string) => inlineTable(name as TableName, rows.get(name as TableName) ?? []);
  return { ...engine, dialect: { ...engine.dialect, table } };
}

function inlineTable(name: TableName, rows: readonly Record<string, unknown>[]): string {
  const columns = columnsOf(tableOf(name));
  const line = (row: Record<string, unknown>) =>
    `SELECT ${columns.map((column) => `CAST(${literal(row[column.name], column)} AS ${SQL_TYPES[column.kind]}) AS ${column.name}`).join(', ')}`;
  if (rows.length === 0) return `(SELECT * FROM (${line({})}) nothing WHERE 1 = 0)`;
  return `(${rows.map(line).join(' UNION ALL ')})`;
}

function literal(value: unknown, column: Column): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'boolean') return String(value);
  if (column.kind === 'timestamp') return `'${String(value).replace('T', ' ').replace('Z', '')}'`;
  return `'${String(value).replaceAll("'", "''")}'`;
}
