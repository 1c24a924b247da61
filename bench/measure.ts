/**
 * How long every KPI takes for one day and for a year of days, and how much memory.
 *
 *     node --import tsx bench/measure.ts [order lines, default 1000000] [kpi …] [--small] [--data FILE]
 *
 * Three years of made-up business that ends on 2026-11-21. Machines differ, so seconds are also given in units: a unit
 * is summing the amounts of all lines by day, by the same engine in the same process. `ratio` is the year's over the
 * day's, by the clock and by processor time; `MB peak` is the process's so far. --small: 100,000 lines and four weeks
 * instead of a year, in half a minute. --data: a DuckDB file that is made once and measured again and again.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadCatalogue } from '../functions/lake/catalogue/catalogue.ts';
import type { Kpi } from '../functions/lake/catalogue/kpi.ts';
import { companySchema } from '../functions/lake/company/company.ts';
import type { KpiRun } from '../functions/lake/run/manifest.ts';
import { readFigures, readSeries } from '../functions/lake/snapshot/store.ts';
import { datesBetween } from '../functions/lake/values/day.ts';
import { ensureTables } from '../functions/load/ensure-tables.ts';
import { emptyTables } from '../functions/measure/availability.ts';
import { measureKpi } from '../functions/measure/measure-kpi.ts';
import type { Bucket } from '../functions/platform/bucket.ts';
import { type Engine, queryRows } from '../functions/platform/engine.ts';
import { duckDbEngine } from '../functions/platform/local/duckdb-engine.ts';
import { fileBucket } from '../functions/platform/local/file-bucket.ts';
import { systemClock } from '../functions/platform/local/system-clock.ts';
import { silentLog } from '../functions/platform/log.ts';
import type { Platform } from '../functions/platform/platform.ts';
import { openRedactor } from '../functions/platform/redact/redactor.ts';
import { tables } from '../test/kit/tables.ts';

const LAST_DAY = '2026-11-21';
const DAYS = 1096;
/** --small: order lines, and the first of the days that are a year otherwise. */
const SMALL = { lines: 100_000, from: '2026-10-24' };
const YEAR_FROM = '2025-11-22';
const FIRST_DAY = '2023-11-22';

/** Rows `i` = 1 … count, spread evenly and in order over the days, as loads leave them. */
const rows = (count: number): string =>
  `(SELECT i, DATE '${FIRST_DAY}' + CAST((i - 1) * ${DAYS} // ${count} AS integer) AS day FROM generate_series(1, ${count}) AS s (i))`;

const pick = (column: string, values: readonly string[]): string =>
  `(ARRAY[${values.map((value) => `'${value}'`).join(', ')}])[CAST(1 + hash(${column}) % ${values.length} AS integer)]`;

const REGIONS = ['north', 'east', 'south', 'west', 'centre', 'overseas'];
const CHANNELS = ['web', 'sales rep', 'edi', 'phone'];
const TRAFFIC = ['organic', 'paid', 'email', 'direct'];

/** What fills the tables, for a number of order lines: four lines an order, one session in five lines … */
function fillStatements(lines: number): string[] {
  const orders = Math.ceil(lines / 4);
  const carts = Math.ceil(lines / 20);
  const customers = Math.max(200, Math.ceil(lines / 200));
  const into = (table: string, columns: string, select: string) =>
    `INSERT INTO lake.${table} (${columns}) ${select}`;
  return [
    into(
      'customers',
      'customer_id, region, industry, acquisition_channel',
      `SELECT 'c' || i, ${pick('i', REGIONS)}, 'industry ' || (hash(i + 7) % 12), ${pick('i + 1', TRAFFIC)} FROM generate_series(1, ${customers}) AS s (i)`,
    ),
    into(
      'products',
      'product_id, category, brand',
      "SELECT 'p' || i, 'category ' || (hash(i) % 20), 'brand ' || (hash(i + 3) % 60) FROM generate_series(1, 4000) AS s (i)",
    ),
    into('exchange_rates', 'currency, rated_on, rate', `SELECT 'USD', day, 0.9 FROM ${rows(DAYS)}`),
    into(
      'orders',
      'order_id, kind, status, ordered_on, customer_id, channel, booking_programme',
      `SELECT 'o' || i, CASE WHEN i % 50 = 0 THEN 'return' ELSE 'order' END, CASE WHEN i % 47 = 0 THEN 'cancelled' ELSE 'completed' END, day, 'c' || (1 + hash(i) % ${customers}), ${pick('i + 2', CHANNELS)}, CASE WHEN i % 9 = 0 THEN 'spring' END FROM ${rows(orders)}`,
    ),
    into(
      'order_lines',
      'order_id, line_id, ordered_on, product_id, quantity, net_amount, list_amount, discount_amount, freight_amount, currency',
      `SELECT 'o' || i, l, day, 'p' || (1 + hash(i * 4 + l) % 4000), 1 + hash(i + l) % 9, CASE WHEN i % 50 = 0 THEN -1 ELSE 1 END * (hash(i * 4 + l) % 100000) / 100.0, (hash(i * 4 + l) % 100000) / 90.0, 1.5, 0.5, CASE WHEN i % 20 = 0 THEN 'USD' ELSE 'EUR' END FROM ${rows(orders)} CROSS JOIN generate_series(1, 4) AS k (l)`,
    ),
    into(
      'sessions',
      'session_id, property, started_on, session_count, ordering_session_count, bounced_session_count, device, channel, landing_group',
      `SELECT 's' || i, 'shop', day, 1, CASE WHEN i % 30 = 0 THEN 1 ELSE 0 END, CASE WHEN i % 3 = 0 THEN 1 ELSE 0 END, ${pick('i', ['desktop', 'mobile', 'tablet'])}, ${pick('i + 1', TRAFFIC)}, 'group ' || (i % 8) FROM ${rows(Math.ceil(lines / 5))}`,
    ),
    into(
      'carts',
      'cart_id, session_id, last_changed_at, settles_at, settles_on, ordered_at, item_count, device, channel, region',
      `SELECT 'k' || i, 's' || i * 4, day - INTERVAL '14' HOUR, day + INTERVAL '10' HOUR, day, CASE WHEN i % 4 = 0 THEN day - INTERVAL '1' HOUR END, 2, ${pick('i', ['desktop', 'mobile'])}, ${pick('i + 1', TRAFFIC)}, ${pick('i + 5', REGIONS)} FROM ${rows(carts)}`,
    ),
    into(
      'cart_lines',
      'cart_id, line_id, settles_on, added_on, product_id, quantity, amount, currency, out_of_stock',
      `SELECT 'k' || i, l, day, day - 1, 'p' || (1 + hash(i * 2 + l) % 4000), 2, 40, 'EUR', i % 25 = 0 FROM ${rows(carts)} CROSS JOIN generate_series(1, 2) AS k (l)`,
    ),
    into(
      'page_views',
      'page_view_id, session_id, property, viewed_on, kind, product_id',
      `SELECT 'v' || i, 's' || i, 'shop', day, 'product', 'p' || (1 + hash(i) % 4000) FROM ${rows(Math.ceil(lines / 5))}`,
    ),
    into(
      'ad_spend',
      'platform, account_id, spent_on, campaign_id, channel, impressions, clicks, cost, conversions, conversion_value, currency',
      `SELECT ${pick('i', ['google', 'linkedin'])}, 'a', day, 'campaign ' || i % 30, 'paid', 100, 5, 20, 1, 90, 'EUR' FROM ${rows(DAYS * 30)}`,
    ),
    into(
      'marketing_costs',
      'cost_id, cost_on, kind, category, channel, amount, currency',
      `SELECT i, day, 'marketing', 'content', 'email', 300, 'EUR' FROM ${rows(DAYS)}`,
    ),
    into(
      'targets',
      'kpi, dimension, member, starts_on, ends_on, value',
      "SELECT 'net_revenue', 'total', 'total', DATE '2026-01-01', DATE '2026-12-31', 1000000",
    ),
  ];
}

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

/** Wall-clock seconds, and those of all processors: a busy machine disturbs the former more. */
async function timed<T>(work: () => Promise<T>): Promise<{ seconds: number; cpu: number; value: T }> {
  const started = performance.now();
  const before = process.cpuUsage();
  const value = await work();
  const { user, system } = process.cpuUsage(before);
  return { seconds: (performance.now() - started) / 1000, cpu: (user + system) / 1e6, value };
}

const peakMegabytes = (): number => Math.round(process.resourceUsage().maxRSS / 1024);

async function benchKpi(platform: Platform, kpi: Kpi, unit: number): Promise<[day: number, year: number]> {
  const measure = async (
    asOfs: readonly string[],
  ): Promise<{ seconds: number; cpu: number; run: KpiRun }> => {
    const input = { company, catalogue, kpi, asOfs, run: 'bench', findings: [] };
    const { value: run, ...spent } = await timed(() => measureKpi(platform, input));
    if (run.status !== 'ok') throw new Error(`${kpi.id}: ${run.status} ${run.problem?.message ?? ''}`);
    return { ...spent, run };
  };
  const day = await measure([LAST_DAY]);
  const year = await measure(datesBetween(from, '2026-11-20'));
  const ratios = [year.seconds / day.seconds, year.cpu / day.cpu].map((ratio) => ratio.toFixed(2));
  const cells = [day.seconds, day.cpu, day.seconds / unit, year.seconds, year.cpu].map((n) => n.toFixed(2));
  print(kpi.id, [...cells, ...ratios, String(year.run.rows), String(peakMegabytes())]);
  return [day.seconds, year.seconds];
}

const print = (name: string, cells: readonly string[]): void =>
  console.log(`${name.padEnd(28)} ${cells.map((cell) => cell.padStart(9)).join(' ')}`);

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { small: { type: 'boolean', default: false }, data: { type: 'string' } },
});
const [linesArgument, ...only] = positionals;
const lines = options.small ? SMALL.lines : Number(linesArgument ?? 1_000_000);
const from = options.small ? SMALL.from : YEAR_FROM;
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
  const sum = () =>
    queryRows(engine, 'SELECT ordered_on, sum(net_amount) FROM lake.order_lines GROUP BY ordered_on');
  await sum();
  const { seconds: unit, cpu: unitCpu } = await timed(sum);
  console.log(
    `${lines} order lines filled in ${filled.seconds.toFixed(1)} s; one unit (sum of all lines by day) is ${unit.toFixed(3)} s, ${unitCpu.toFixed(3)} s of CPU; ${peakMegabytes()} MB`,
  );
  print('KPI', [
    'day s',
    'CPU s',
    'units',
    options.small ? 'weeks s' : 'year s',
    'CPU s',
    'ratio',
    'of CPU',
    'rows',
    'MB peak',
  ]);
  const totals = [0, 0];
  const wanted = catalogue.kpis.filter(({ id }) => only.length === 0 || only.includes(id));
  const lacking: string[] = [];
  for (const kpi of wanted) {
    if ((await emptyTables(engine, kpi)).length > 0) {
      lacking.push(kpi.id);
      continue;
    }
    const [day, year] = await benchKpi(platform, kpi, unit);
    totals[0] = (totals[0] ?? 0) + day;
    totals[1] = (totals[1] ?? 0) + year;
  }
  console.log(`all KPIs: a day ${totals[0]?.toFixed(1)} s, a year ${totals[1]?.toFixed(1)} s`);
  if (lacking.length > 0)
    console.log(`not measured, for this business has no such rows: ${lacking.join(', ')}`);
  const kpis = catalogue.kpis.map(({ id }) => id);
  const oneDay = await timed(() =>
    readFigures(platform.bucket, { from: LAST_DAY, to: LAST_DAY, dimension: null, kpis }),
  );
  const series = await timed(() =>
    Promise.all(
      catalogue.kpis.map(({ id, headline }) =>
        readSeries(platform.bucket, { kpi: id, period: headline, from, to: LAST_DAY }),
      ),
    ),
  );
  console.log(
    `snapshot: a day's totals of all KPIs in ${oneDay.seconds.toFixed(2)} s, a year's series of all in ${series.seconds.toFixed(2)} s`,
  );
} finally {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
}
