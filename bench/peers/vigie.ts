/**
 * What Vigie does beside its peers, in a process of its own.
 *
 *     vigie.ts periods AS_OF OUT      the windows of a day, as CSV: the calendar that the peers are given
 *     vigie.ts day LAKE AS_OF OUT     measures the KPIs of the comparison as a run does; the recorded figures as CSV
 *     vigie.ts file CSV FOLDER        pull and load of examples/online-retail
 *
 * Prints processor seconds of the work itself, without the start of the process, then what it did.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { comparisonNames, periodNames } from '../../functions/lake/catalogue/kpi.ts';
import { periodsFor } from '../../functions/lake/company/calendar.ts';
import { companySchema } from '../../functions/lake/company/company.ts';
import { readCompany } from '../../functions/lake/company/file.ts';
import { readFigures } from '../../functions/lake/snapshot/store.ts';
import { ensureTables } from '../../functions/load/ensure-tables.ts';
import { loadBatch } from '../../functions/load/load-batch.ts';
import { measureKpi } from '../../functions/measure/measure-kpi.ts';
import { askRunFacts } from '../../functions/measure/run-facts.ts';
import { SharedCounts } from '../../functions/measure/shared/shared-counts.ts';
import { queryRows } from '../../functions/platform/engine.ts';
import { duckDbEngine } from '../../functions/platform/local/duckdb-engine.ts';
import { fileBucket } from '../../functions/platform/local/file-bucket.ts';
import { folderInbox } from '../../functions/platform/local/folder-inbox.ts';
import { systemClock } from '../../functions/platform/local/system-clock.ts';
import { silentLog } from '../../functions/platform/log.ts';
import type { Platform } from '../../functions/platform/platform.ts';
import { vigieFolder } from '../../functions/platform/vigie-folder.ts';
import { pullSource } from '../../functions/pull/pull-source.ts';
import { tables } from '../../test/kit/tables.ts';
import { PEER_KPIS } from './figures.ts';

const company = companySchema.parse({
  company: { name: 'Bench', time_zone: 'Europe/Paris', currency: 'EUR' },
  sources: [{ kind: 'files', name: 'made_up', feeds: [{ table: 'orders', path: 'none', columns: {} }] }],
});

/** What a piece of work took of the processor, as a line that bench/peers.ts reads. */
async function timed<T>(work: () => Promise<T>): Promise<T> {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  console.log(`work ${((user + system) / 1e6).toFixed(3)}`);
  return result;
}

/** Targets are nobody's but Vigie's. */
const isComparison = (kind: string): boolean => comparisonNames.some((name) => name === kind);

const csv = (rows: readonly (readonly (string | null)[])[]): string =>
  `${rows.map((cells) => cells.map((cell) => cell ?? '').join(',')).join('\n')}\n`;

function periods(asOf: string, out: string): void {
  const rows = periodsFor(company.company, [asOf], periodNames).map((each) => [
    each.asOf,
    each.period,
    each.comparison,
    each.startsOn,
    each.endsOn,
  ]);
  writeFileSync(out, csv([['as_of', 'period', 'comparison', 'starts_on', 'ends_on'], ...rows]));
}

async function day(lake: string, asOf: string, out: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-peers-'));
  const bucket = fileBucket(folder);
  const engine = duckDbEngine({ file: lake, bucket });
  const platform = { bucket, engine, clock: systemClock, log: silentLog };
  const catalogue = loadCatalogue();
  const kpis = catalogue.kpis.filter(({ id }) => PEER_KPIS.includes(id));
  const asOfs = [asOf];
  try {
    await timed(async () => {
      const facts = await askRunFacts(engine, kpis);
      const shared =
        engine.scratch && new SharedCounts(platform, engine.scratch, { company, catalogue, kpis, asOfs });
      for (const kpi of kpis) {
        const input = { company, catalogue, kpi, asOfs, run: 'bench', findings: [], shared, facts };
        const run = await measureKpi(platform, input);
        await shared?.done(kpi.id);
        if (run.status !== 'ok') throw new Error(`${kpi.id}: ${run.status} ${run.problem?.message ?? ''}`);
      }
    });
    const rows = await readFigures(bucket, { kpis: PEER_KPIS, from: asOf, to: asOf });
    const lines = rows
      .filter(({ comparison }) => isComparison(comparison))
      .map((row) => [
        row.kpi,
        row.period,
        row.comparison,
        row.dimension ?? 'total',
        row.member,
        row.numerator,
        row.denominator,
      ]);
    writeFileSync(
      out,
      csv([['kpi', 'period', 'comparison', 'dimension', 'member', 'numerator', 'denominator'], ...lines]),
    );
  } finally {
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const TOLD = `SELECT
  (SELECT count(*) FROM lake.order_lines) || ' lines, ' || (SELECT count(*) FROM lake.orders) || ' orders, '
  || (SELECT count(*) FROM lake.customers) || ' customers, ' || (SELECT count(*) FROM lake.products) || ' products, '
  || (SELECT CAST(sum(quantity) AS bigint) FROM lake.order_lines) || ' units, '
  || (SELECT CAST(sum(net_amount) AS decimal(18, 2)) FROM lake.order_lines) || ' in all' AS told`;

async function file(path: string, folder: string): Promise<void> {
  const bucket = fileBucket(join(folder, 'state'));
  const engine = duckDbEngine({ file: join(folder, 'vigie.duckdb'), bucket });
  const inbox = folderInbox(folder, { ONLINE_RETAIL: path });
  const partial: Partial<Platform> = { bucket, engine, inbox, log: silentLog, clock: systemClock };
  const platform = partial as Platform;
  const example = join(vigieFolder(), 'examples/online-retail/vigie.yaml');
  const retail = await readCompany(example, { tables });
  const [source] = retail.sources;
  if (!source) throw new Error('the example has a source');
  try {
    await timed(async () => {
      await ensureTables(platform, tables.all);
      const of = { tables, company: retail, source, asOf: '2011-12-09', run: 'bench' };
      const report = await pullSource(platform, of);
      if (report.problem) throw new Error(report.problem.message);
      for (const batch of report.batches) await loadBatch(platform, batch, tables);
    });
    const [row] = await queryRows(engine, TOLD, { label: 'told' });
    console.log(row?.['told']);
  } finally {
    await engine.close();
  }
}

const [what, ...given] = process.argv.slice(2) as [string, string, string, string];
if (what === 'periods') periods(given[0], given[1]);
else if (what === 'day') await day(...given);
else await file(given[0], given[1]);
