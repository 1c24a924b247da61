import type { Column, TableDefinition } from '../../functions/lake/tables/table.ts';
import type { Tables } from '../../functions/lake/tables/tables.ts';
import { sqlText } from '../../functions/lake/values/sql-text.ts';
import type { Engine } from '../../functions/platform/engine.ts';

const SQL_TYPES: Record<Column['kind'], string> = {
  text: 'varchar',
  integer: 'integer',
  decimal: 'decimal(18,4)',
  rate: 'decimal(18,12)',
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
  rows: ReadonlyMap<string, readonly Record<string, unknown>[]>,
  tables: Tables,
): Engine {
  const table = (name: string) => inlineTable(tables.table(name), rows.get(name) ?? []);
  return { ...engine, dialect: { ...engine.dialect, table } };
}

/** The rows as a relation, each column of its type. */
export function inlineTable({ columns }: TableDefinition, rows: readonly Record<string, unknown>[]): string {
  const names = columns.map((column) => column.name);
  // One list of values: a UNION ALL of rows takes Trino seconds to plan.
  const shown = rows.length === 0 ? [{}] : rows;
  const values = shown.map(
    (row) =>
      `(${columns.map((column) => literal((row as Record<string, unknown>)[column.name], column)).join(', ')})`,
  );
  const casts = columns.map(
    (column) => `CAST(${column.name} AS ${SQL_TYPES[column.kind]}) AS ${column.name}`,
  );
  const nothing = rows.length === 0 ? ' WHERE false' : '';
  return `(SELECT ${casts.join(', ')} FROM (VALUES ${values.join(', ')}) AS v (${names.join(', ')})${nothing})`;
}

function literal(value: unknown, column: Column): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'boolean') return String(value);
  if (column.kind === 'timestamp') return `'${String(value).replace('T', ' ').replace('Z', '')}'`;
  return sqlText(String(value));
}
