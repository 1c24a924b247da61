import type { Catalogue } from '../../functions/lake/catalogue/catalogue.ts';
import type { Kpi } from '../../functions/lake/catalogue/kpi.ts';
import { companySchema } from '../../functions/lake/company/company.ts';
import { SharedCounts } from '../../functions/measure/shared/shared-counts.ts';
import { kpiStatements } from '../../functions/measure/statement.ts';
import type { Engine, Scratch } from '../../functions/platform/engine.ts';
import { silentLog } from '../../functions/platform/log.ts';
import { readBy } from './day-on-athena.ts';

const company = companySchema.parse({
  company: { name: 'Bytes', time_zone: 'UTC', currency: 'EUR' },
  sources: [{ kind: 'files', name: 'none', feeds: [{ table: 'orders', path: 'none', columns: {} }] }],
});

/** A day of some KPIs where what several count is counted once, into a table that is dropped after. */
export interface SharedStatements {
  /** Tables of what several KPIs count, in the order they are made, and how. */
  readonly tables: readonly string[];
  readonly makes: readonly string[];
  /** The statements of the KPIs that take something from a table, by KPI. */
  readonly takes: ReadonlyMap<string, string>;
}

/** Weighs one relation a run instead of one a KPI: docs/decisions/0014 and 0033. Asks the engine for nothing. */
export async function statementsOfShared(
  engine: Engine,
  catalogue: Catalogue,
  kpis: readonly Kpi[],
  asOf: string,
): Promise<SharedStatements> {
  const tables: string[] = [];
  const makes: string[] = [];
  const scratch: Scratch = {
    async keep(select) {
      const name = engine.dialect.table(`shared_${tables.length}`);
      tables.push(name);
      makes.push(`CREATE TABLE ${name} AS ${select}`);
      return name;
    },
    drop: async () => undefined,
  };
  const asOfs = [asOf];
  const shared = new SharedCounts({ engine, log: silentLog }, scratch, { company, catalogue, kpis, asOfs });
  const takes = new Map<string, string>();
  for (const kpi of kpis) {
    const counted = await shared.of(kpi, asOfs);
    const input = { dialect: engine.dialect, catalogue, kpi, asOfs, company: company.company, counted };
    for (const { sql } of kpiStatements(input))
      if (tables.some((name) => sql.includes(`FROM ${name} `))) takes.set(kpi.id, sql);
  }
  return { tables, makes, takes };
}

/** Bytes that are read to make the tables, and by the KPIs that take their figures from them. */
export async function readByShared(
  engine: Engine,
  { tables, makes, takes }: SharedStatements,
): Promise<{ readonly made: number; readonly taken: number }> {
  let [made, taken] = [0, 0];
  for (const sql of makes) made += (await engine.execute(sql)).bytesScanned ?? Number.NaN;
  for (const sql of takes.values()) taken += (await readBy(engine, sql)).bytes;
  for (const name of tables) await engine.execute(`DROP TABLE ${name}`);
  return { made, taken };
}
