import type { Kpi } from '../lake/catalogue/kpi.ts';
import { lackingTables } from '../lake/catalogue/kpi-needs.ts';
import { type Engine, queryRows } from '../platform/engine.ts';

/** Tables seen with rows, by engine: a table that was loaded once stays loaded, and looking costs a query. */
const seenFilled = new WeakMap<Engine, Set<string>>();

/** The tables that a KPI lacks, for they hold no row at all: it cannot be measured yet. */
export async function emptyTables(engine: Engine, kpi: Kpi): Promise<string[]> {
  const filled = seenFilled.get(engine) ?? new Set<string>();
  seenFilled.set(engine, filled);
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
