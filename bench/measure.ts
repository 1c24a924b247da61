/**
 * What the KPIs of a run take, as one process measures them (what several count is counted once): a day, and a year of days.
 *
 *     node --import tsx bench/measure.ts [order lines, default 1000000] [kpi …] [--small] [--eight] [--apart] [--data FILE] [--json FILE]
 *
 * Three years of made-up business that ends on 2026-11-21. Machines differ, so processor seconds are also set against two
 * calibrations in the same process: a unit is summing the amounts of all lines by day; a scan is reading once every column of
 * lines and orders that the KPIs of issue 11 need. A part that several KPIs share is in the figures of the first of them, so
 * ratios of single KPIs tell less than the sum's. `MB` is the most memory while a KPI was measured.
 *
 * --eight: the KPIs that are compared with dbt. --apart: each KPI for itself, as on Athena. --small: 100,000 lines and
 * four weeks instead of a year, in half a minute. --data: a DuckDB file that is made once and measured again and again.
 * --json: the same figures for another program.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadCatalogue } from '../functions/lake/catalogue/catalogue.ts';
import type { Kpi } from '../functions/lake/catalogue/kpi.ts';
import { companySchema } from '../functions/lake/company/company.ts';
import { readFigures, readSeries } from '../functions/lake/snapshot/store.ts';
import { datesBetween } from '../functions/lake/values/day.ts';
import { ensureTables } from '../functions/load/ensure-tables.ts';
import { emptyTables } from '../functions/measure/availability.ts';
import { measureKpi } from '../functions/measure/measure-kpi.ts';
import { askRunFacts } from '../functions/measure/run-facts.ts';
import { SharedCounts } from '../functions/measure/shared/shared-counts.ts';
import { Together } from '../functions/measure/together.ts';
import type { Bucket } from '../functions/platform/bucket.ts';
import { type Engine, queryRows } from '../functions/platform/engine.ts';
import { duckDbEngine } from '../functions/platform/local/duckdb-engine.ts';
import { fileBucket } from '../functions/platform/local/file-bucket.ts';
import { systemClock } from '../functions/platform/local/system-clock.ts';
import { silentLog } from '../functions/platform/log.ts';
import type { Platform } from '../functions/platform/platform.ts';
import { openRedactor } from '../functions/platform/redact/redactor.ts';
import { tables } from '../test/kit/tables.ts';
import { fillStatements, LAST_DAY } from './measure/made-up-business.ts';
import { peakMegabytes, type Took, timed } from './measure/meter.ts';

/** --small: order lines, and the first of the days that are a year otherwise. */
const SMALL = { lines: 100_000, from: '2026-10-24' };
const YEAR = { from: '2025-11-22', to: '2026-11-20' };
/** Those that were written for dbt as well. */
const EIGHT = [
  'orders',
  'average_order_value',
  'cart_abandonment_rate',
  'units_per_order',
  'net_revenue',
  'repurchase_rate',
  'orders_per_customer',
  'customer_lifetime_value',
];
const UNIT = 'SELECT ordered_on, sum(net_amount) FROM lake.order_lines GROUP BY ordered_on';
const SCAN = [
  'SELECT max(order_id), max(ordered_on), max(product_id), sum(quantity), sum(net_amount), max(currency) FROM lake.order_lines',
  'SELECT max(order_id), max(ordered_on), max(customer_id), max(channel), max(kind), max(status) FROM lake.orders',
];

const company = companySchema.parse({
  company: { name: 'Bench', time_zone: 'Europe/Paris', currency: 'EUR' },
  sources: [{ kind: 'files', name: 'made_up', feeds: [{ table: 'orders', path: 'none', columns: {} }] }],
});

const unused = (): never => {
  throw new Error('not part of this benchmark');
};

const platformOf = (bucket: Bucket, engine: Engine): Platform => ({
  bucket,
  engine,
  inbox: { list: unused, stream: unused },
  mailer: { idempotent: true, send: unused },
  secrets: { get: unused, put: unused },
  http: { send: unused, pause: unused },
  clock: systemClock,
  log: silentLog,
  redactor: openRedactor(),
});

type KpiTook = Took & { readonly rows: number };

/** Measures some days of all KPIs, one after the other, as a run does. */
async function measureAll(
  platform: Platform,
  kpis: readonly Kpi[],
  asOfs: readonly string[],
): Promise<Map<string, KpiTook>> {
  const together = new Together();
  const { scratch } = platform.engine;
  const input = { company, catalogue, kpis, asOfs };
  const facts = await askRunFacts(platform.engine, kpis);
  const took = new Map<string, KpiTook>();
  for (const kpi of kpis) {
    const { value: run, ...spent } = await timed(async () => {
      const shared = options.apart
        ? undefined
        : together.sharedCounts(() => scratch && new SharedCounts(platform, scratch, input));
      const one = { company, catalogue, kpi, asOfs, run: 'bench', findings: [], shared, facts };
      const run = await measureKpi(platform, one);
      await shared?.done(kpi.id);
      return run;
    });
    if (run.status !== 'ok') throw new Error(`${kpi.id}: ${run.status} ${run.problem?.message ?? ''}`);
    took.set(kpi.id, { ...spent, rows: run.rows });
  }
  return took;
}

const sumOf = (all: ReadonlyMap<string, KpiTook>): KpiTook =>
  [...all.values()].reduce((sum, each) => ({
    seconds: sum.seconds + each.seconds,
    cpu: sum.cpu + each.cpu,
    megabytes: Math.max(sum.megabytes, each.megabytes),
    rows: sum.rows + each.rows,
  }));

const print = (name: string, cells: readonly string[]): void =>
  console.log(`${name.padEnd(28)} ${cells.map((cell) => cell.padStart(9)).join(' ')}`);

function printTook(name: string, day: KpiTook, year: KpiTook, scan: number): void {
  const numbers = [day.seconds, day.cpu, day.cpu / scan, year.seconds, year.cpu, year.cpu / day.cpu];
  const counts = [year.rows, day.megabytes, year.megabytes];
  print(name, [...numbers.map((number) => number.toFixed(2)), ...counts.map(String)]);
}

async function calibrate(engine: Engine): Promise<{ unit: Took; scan: Took }> {
  const run = async (statements: readonly string[]) => {
    for (const sql of statements) await queryRows(engine, sql);
  };
  await run([UNIT, ...SCAN]);
  return { unit: await timed(() => run([UNIT])), scan: await timed(() => run(SCAN)) };
}

async function readBack(bucket: Bucket): Promise<void> {
  const kpis = catalogue.kpis.map(({ id }) => id);
  const query = { from: LAST_DAY, to: LAST_DAY, dimension: null, kpis };
  const day = await timed(() => readFigures(bucket, query));
  const to = LAST_DAY;
  const series = await timed(() =>
    Promise.all(
      catalogue.kpis.map(({ id, headline }) => readSeries(bucket, { kpi: id, period: headline, from, to })),
    ),
  );
  console.log(
    `snapshot: a day's totals of all KPIs in ${day.seconds.toFixed(2)} s, a year's series of all in ${series.seconds.toFixed(2)} s`,
  );
}

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    small: { type: 'boolean', default: false },
    eight: { type: 'boolean', default: false },
    apart: { type: 'boolean', default: false },
    data: { type: 'string' },
    json: { type: 'string' },
  },
});
const [linesArgument, ...named] = positionals;
const only = options.eight ? [...EIGHT, ...named] : named;
const lines = options.small ? SMALL.lines : Number(linesArgument ?? 1_000_000);
const from = options.small ? SMALL.from : YEAR.from;
const catalogue = loadCatalogue();
const folder = mkdtempSync(join(tmpdir(), 'vigie-bench-measure-'));
const file = options.data ?? join(folder, 'bench.duckdb');
const made = existsSync(file);
const engine = duckDbEngine({ file, bucket: fileBucket(folder) });
try {
  const platform = platformOf(fileBucket(folder), engine);
  await ensureTables(platform, tables.all);
  const filled = await timed(async () => {
    if (!made) for (const statement of fillStatements(lines)) await engine.execute(statement);
  });
  const { unit, scan } = await calibrate(engine);
  console.log(
    `${lines} order lines filled in ${filled.seconds.toFixed(1)} s; one unit (sum of all lines by day) is ${unit.seconds.toFixed(3)} s, ${unit.cpu.toFixed(3)} s of CPU; one scan (their columns and the orders') ${scan.cpu.toFixed(3)} s of CPU; ${peakMegabytes()} MB`,
  );
  const wanted: Kpi[] = [];
  const lacking: string[] = [];
  for (const kpi of catalogue.kpis.filter(({ id }) => only.length === 0 || only.includes(id)))
    if ((await emptyTables(engine, kpi)).length > 0) lacking.push(kpi.id);
    else wanted.push(kpi);
  const day = await measureAll(platform, wanted, [LAST_DAY]);
  const year = await measureAll(platform, wanted, datesBetween(from, YEAR.to));
  const long = options.small ? 'weeks' : 'year';
  const heads = ['day s', 'CPU s', 'scans', `${long} s`, 'CPU s', 'of a day', 'rows', 'MB day', `MB ${long}`];
  print('KPI', heads);
  for (const [id, took] of day) printTook(id, took, year.get(id) as KpiTook, scan.cpu);
  const [allDay, allYear] = [sumOf(day), sumOf(year)];
  printTook('together', allDay, allYear, scan.cpu);
  const said = ({ seconds, cpu }: Took) => `${seconds.toFixed(1)} s (CPU ${cpu.toFixed(1)} s)`;
  console.log(
    `all KPIs: a day ${said(allDay)}, ${(allDay.cpu / scan.cpu).toFixed(1)} scans, a ${long} ${said(allYear)}, ${(allYear.cpu / allDay.cpu).toFixed(1)} days; peak ${Math.max(allDay.megabytes, allYear.megabytes)} MB`,
  );
  if (lacking.length > 0)
    console.log(`not measured, for this business has no such rows: ${lacking.join(', ')}`);
  if (options.json !== undefined) {
    const found = { lines, unit, scan, day: Object.fromEntries(day), year: Object.fromEntries(year) };
    writeFileSync(options.json, JSON.stringify(found));
  }
  await readBack(platform.bucket);
} finally {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
}
