import type { Catalogue } from '../../functions/lake/catalogue/catalogue.ts';
import type { Kpi } from '../../functions/lake/catalogue/kpi.ts';
import { companySchema } from '../../functions/lake/company/company.ts';
import { SharedCounts } from '../../functions/measure/shared/shared-counts.ts';
import { kpiStatements } from '../../functions/measure/statement.ts';
import type { Engine, Scratch } from '../../functions/platform/engine.ts';
import { silentLog } from '../../functions/platform/log.ts';
import type { TrinoStats } from '../kit/trino-engine.ts';

const company = companySchema.parse({
  company: { name: 'Bytes', time_zone: 'UTC', currency: 'EUR' },
  sources: [{ kind: 'files', name: 'none', feeds: [{ table: 'orders', path: 'none', columns: {} }] }],
});

/** What a statement takes of Trino. */
export interface Taken {
  /** Read from storage. */
  readonly bytes: number;
  readonly rows: number;
  readonly stages: number;
}

/** Runs a statement of a day, and tells what it took. */
export async function readBy(engine: Engine, sql: string): Promise<Taken> {
  const result = await engine.query(sql, { label: 'a day on Athena' });
  let rows = 0;
  for await (const chunk of result.chunks) rows += chunk.length;
  const { bytesScanned = Number.NaN, stages = Number.NaN } = result.stats() as Partial<TrinoStats>;
  return { bytes: bytesScanned, rows, stages };
}

/** What a day of some KPIs takes where what several count is counted once, into a table that is dropped after. */
export interface SharedDay {
  /** Parts that several KPIs share. */
  readonly tables: number;
  /** Bytes read to make them, and by the KPIs that take their figures from them. */
  readonly made: number;
  readonly taken: number;
  /** KPIs that take something from a table, and what these read each for itself. */
  readonly kpis: readonly string[];
}

/** Weighs one relation a run instead of one a KPI: docs/decisions/0014 and 0033. */
export async function sharedDay(
  engine: Engine,
  catalogue: Catalogue,
  kpis: readonly Kpi[],
  asOf: string,
): Promise<SharedDay> {
  const names = new Set<string>();
  let made = 0;
  const scratch: Scratch = {
    async keep(select) {
      const name = engine.dialect.table(`shared_${names.size}`);
      names.add(name);
      made += (await engine.execute(`CREATE TABLE ${name} AS ${select}`)).bytesScanned ?? Number.NaN;
      return name;
    },
    drop: async () => undefined,
  };
  const asOfs = [asOf];
  const shared = new SharedCounts({ engine, log: silentLog }, scratch, { company, catalogue, kpis, asOfs });
  const takers: string[] = [];
  let taken = 0;
  for (const kpi of kpis) {
    const counted = await shared.of(kpi, asOfs);
    const input = { dialect: engine.dialect, catalogue, kpi, asOfs, company: company.company, counted };
    const [statement] = kpiStatements(input);
    if (statement === undefined || ![...names].some((name) => statement.sql.includes(`FROM ${name} `)))
      continue;
    takers.push(kpi.id);
    taken += (await readBy(engine, statement.sql)).bytes;
  }
  for (const name of names) await engine.execute(`DROP TABLE ${name}`);
  return { tables: names.size, made, taken, kpis: takers };
}
