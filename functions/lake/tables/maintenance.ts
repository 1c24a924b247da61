import type { Dialect } from '../../platform/engine.ts';
import { ddlTable } from './ddl.ts';
import type { TableDefinition } from './table.ts';

/** A statement that tidies a table's files without changing a row. */
export interface Maintenance {
  readonly does: 'compact' | 'expire';
  readonly sql: string;
}

/**
 * What keeps an Iceberg table fast and small: small files and delete files are rewritten into larger ones, then
 * snapshots that are past their time are dropped with the files that only they needed. Nothing where the engine keeps
 * its own files (DuckDB). Athena's VACUUM goes by the table's properties: five days, its default.
 */
export function maintenanceOf(dialect: Dialect, table: TableDefinition): readonly Maintenance[] {
  const name = ddlTable(dialect, table);
  if (dialect.name === 'duckdb') return [];
  if (dialect.name === 'athena') {
    return [
      { does: 'compact', sql: `OPTIMIZE ${name} REWRITE DATA USING BIN_PACK` },
      { does: 'expire', sql: `VACUUM ${name}` },
    ];
  }
  return [
    { does: 'compact', sql: `ALTER TABLE ${name} EXECUTE optimize` },
    { does: 'expire', sql: `ALTER TABLE ${name} EXECUTE expire_snapshots(retention_threshold => '7d')` },
  ];
}
