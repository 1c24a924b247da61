import type { Kpi } from '../lake/kpis/kpi.ts';
import type { TableName } from '../lake/schema/tables.ts';
import { type Engine, queryRows } from '../platform/engine.ts';

/** Tables that only describe what other tables count: without them members are unknown, but figures are right. */
const DESCRIBING: readonly string[] = ['customers', 'products', 'exchange_rates'] satisfies TableName[];

/** Tables seen with rows, by engine: a table that was loaded once stays loaded, and looking costs a query. */
const seenFilled = new WeakMap<Engine, Set<string>>();

/** The tables whose rows a KPI counts and that hold none at all: it cannot be measured yet. */
export async function emptyTables(engine: Engine, kpi: Kpi): Promise<string[]> {
  const filled = seenFilled.get(engine) ?? new Set<string>();
  seenFilled.set(engine, filled);
  const asked = Object.keys(kpi.reads).filter((table) => !DESCRIBING.includes(table) && !filled.has(table));
  if (asked.length === 0) return [];
  const probes = asked.map(
    (table) => `(SELECT '${table}' AS name FROM ${engine.dialect.table(table)} LIMIT 1)`,
  );
  const rows = await queryRows(engine, probes.join(' UNION ALL '), {
    label: `kpi ${kpi.id}: are its tables loaded`,
  });
  for (const { name } of rows) filled.add(String(name));
  return asked.filter((table) => !filled.has(table));
}
