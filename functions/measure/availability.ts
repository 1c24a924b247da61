import type { Kpi } from '../lake/catalogue/kpi.ts';
import { lackingTables } from '../lake/catalogue/kpi-needs.ts';
import { type Engine, queryRows } from '../platform/engine.ts';

/**
 * The tables that a KPI lacks, for they hold no row at all: it cannot be measured yet. `filled`: tables seen with rows, to
 * which those found now are added. What has rows keeps them for the length of a run, and looking costs a query.
 */
export async function emptyTables(
  engine: Engine,
  kpi: Kpi,
  filled: Set<string> = new Set(),
): Promise<string[]> {
  const asked = kpi.counts.filter((table) => !filled.has(table));
  if (asked.length > 0) {
    const probes = asked.map(
      (table) => `(SELECT '${table}' AS name FROM ${engine.dialect.table(table)} LIMIT 1)`,
    );
    const rows = await queryRows(engine, probes.join(' UNION ALL '), {
      label: `kpi ${kpi.id}: are its tables loaded`,
    });
    for (const { name } of rows) filled.add(String(name));
  }
  return lackingTables(kpi, (table) => filled.has(table));
}
