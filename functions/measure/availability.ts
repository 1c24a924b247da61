import type { Kpi } from '../lake/catalogue/kpi.ts';
import { lackingTables } from '../lake/catalogue/kpi-needs.ts';
import { type Engine, queryRows } from '../platform/engine.ts';

/** The tables among some that hold a row, by one statement. */
export async function filledOf(engine: Engine, tables: readonly string[], label: string): Promise<string[]> {
  if (tables.length === 0) return [];
  const probes = tables.map(
    (table) => `(SELECT '${table}' AS name FROM ${engine.dialect.table(table)} LIMIT 1)`,
  );
  const rows = await queryRows(engine, probes.join(' UNION ALL '), { label });
  return rows.map(({ name }) => String(name));
}

/** What is known already of tables: those that were looked into, and those of them that hold a row. */
export interface KnownTables {
  readonly asked: readonly string[];
  readonly filled: readonly string[];
}

/** The tables that a KPI lacks, for they hold no row at all: it cannot be measured yet. What is known is not asked. */
export async function emptyTables(
  engine: Engine,
  kpi: Kpi,
  known: KnownTables = { asked: [], filled: [] },
): Promise<string[]> {
  const unknown = kpi.counts.filter((table) => !known.asked.includes(table));
  const found = await filledOf(engine, unknown, `kpi ${kpi.id}: are its tables loaded`);
  const filled = new Set([...known.filled, ...found]);
  return lackingTables(kpi, (table) => filled.has(table));
}
