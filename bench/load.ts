/**
 * Landing files into the lake: the first load, the same batch again, a day's batch into a full table; and the checks.
 *
 *     node --import tsx bench/load.ts [order lines …, default 541909 10000000]
 *
 * Machines differ, so times are also given as a ratio to copying the landed rows into a table as they are. Seconds of
 * processor time stand beside those of the clock: they tell when something else was running. Each size runs in a
 * process of its own, for its peak of memory. VIGIE_MEMORY is the engine's limit (default 600MB).
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runChecks } from '../functions/check/run-checks.ts';
import { loadCatalogue } from '../functions/lake/catalogue/catalogue.ts';
import { companySchema } from '../functions/lake/company/company.ts';
import { type Batch, landingPrefix } from '../functions/lake/landing/batch.ts';
import { ensureTables } from '../functions/load/ensure-tables.ts';
import { loadBatch } from '../functions/load/load-batch.ts';
import { duckDbEngine } from '../functions/platform/local/duckdb-engine.ts';
import { fileBucket } from '../functions/platform/local/file-bucket.ts';
import { systemClock } from '../functions/platform/local/system-clock.ts';
import { silentLog } from '../functions/platform/log.ts';
import { tableOf, tables } from '../test/kit/tables.ts';

const { checks } = loadCatalogue();
const LAST_DAY = '2026-11-20';
const DAYS = 1096;
const MEMORY = process.env['VIGIE_MEMORY'] ?? '600MB';

/** Rows `from` < i <= `to` of order lines: eight an order, in the order of their dates, a tenth in another currency. */
const lines = (from: number, to: number, total: number, extra: string): string => `SELECT
  CAST(1000000000 + i // 8 AS varchar) AS order_id, CAST((i % 8 + 1) * 10 AS varchar) AS line_id,
  DATE '${LAST_DAY}' - CAST((${total} - i) * ${DAYS} // ${total} AS integer) AS ordered_on,
  'P' || (hash(i) % 5000) AS product_id, CAST(1 + hash(i) % 20 AS decimal(18,4)) AS quantity,
  CAST((hash(i) % 100000) / 100 ${extra} AS decimal(18,4)) AS net_amount, NULL::decimal(18,4) AS list_amount,
  NULL::decimal(18,4) AS discount_amount, NULL::decimal(18,4) AS freight_amount, NULL::decimal(18,4) AS margin_amount,
  'EUR' AS currency, NULL::varchar AS booking_programme, NULL::integer AS booking_lead_days,
  0::integer AS _input, CAST(i + 1 AS integer) AS _row, false AS _empty
FROM range(${from}, ${to}) AS r(i)`;

async function measureSize(total: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-bench-'));
  const bucket = fileBucket(folder);
  const engine = duckDbEngine({ file: join(folder, 'lake.duckdb'), bucket, memoryLimit: MEMORY });
  const platform = { engine, bucket, clock: systemClock, log: silentLog };
  const land = async (run: string, select: string, rows: number): Promise<Batch> => {
    const file = `${landingPrefix('order_lines', 'erp', run)}part-00001.parquet`;
    mkdirSync(dirname(bucket.locate(file)), { recursive: true });
    await engine.execute(
      `COPY (${select}) TO '${bucket.locate(file)}' (FORMAT parquet, ROW_GROUP_SIZE 32768)`,
    );
    const inputs = [{ name: run, fingerprint: run, date: LAST_DAY, rows, rejected: 0 }];
    const facts = {
      asOf: LAST_DAY,
      files: [file],
      columns: tableOf('order_lines').columns.map(({ name }) => name),
      inputs,
      mappingHash: 'm',
      rejected: 0,
      totals: {},
      firstDate: null,
      lastDate: LAST_DAY,
    };
    return { table: 'order_lines', source: 'erp', run, rows, ...facts };
  };
  const feeds = [{ table: 'order_lines', path: '{date}.csv', columns: {} }];
  const company = companySchema.parse({
    company: { name: 'Bench', time_zone: 'UTC', currency: 'EUR' },
    sources: [{ kind: 'files', name: 'erp', feeds }],
  });
  const check = (batch: Batch) =>
    runChecks(platform, {
      tables,
      company,
      asOf: LAST_DAY,
      run: batch.run,
      kpis: [],
      checks,
      pulls: [{ source: 'erp', status: 'ok', batches: [batch] }],
    });
  try {
    await ensureTables(platform, [tableOf('order_lines')]);
    const full = await land('r1', lines(0, total, total, ''), total);
    const dayRows = Math.min(10_000, total);
    const day = await land('r2', lines(total - dayRows, total, total, '+ 1'), dayRows);
    const copy = `CREATE TABLE lake.copied AS SELECT * FROM ${engine.dialect.landed(full)}`;
    const calibration = await timed(() => engine.execute(copy));
    console.log(
      `\n${total.toLocaleString('en')} lines, ${MEMORY}; calibration (CREATE TABLE AS of the same files): ${calibration.seconds.toFixed(2)} s`,
    );
    const report = async (name: string, rows: number, work: () => Promise<unknown>): Promise<void> => {
      const { seconds, cpu } = await timed(work);
      const rate = Math.round(rows / seconds).toLocaleString('en');
      const peak = Math.round(process.resourceUsage().maxRSS / 1024);
      const figures = [
        `${seconds.toFixed(2)} s`,
        `${cpu.toFixed(2)} s cpu`,
        `${rate} rows/s`,
        `${(seconds / calibration.seconds).toFixed(1)} × calibration`,
        `peak ${peak} MB`,
      ];
      console.log(`  ${name.padEnd(26)} ${figures.map((figure) => figure.padStart(16)).join('  ')}`);
    };
    await report('first load', total, () => loadBatch(platform, full, tables));
    await report('checks after it', total, () => check(full));
    await report('the same again', total, () => loadBatch(platform, full, tables));
    await report('a day restated (10,000)', dayRows, () => loadBatch(platform, day, tables));
    await report('checks of a day', dayRows, () => check(day));
  } finally {
    await engine.close();
    rmSync(folder, { recursive: true });
  }
}

async function timed(work: () => Promise<unknown>): Promise<{ seconds: number; cpu: number }> {
  const started = performance.now();
  const before = process.cpuUsage();
  await work();
  const used = process.cpuUsage(before);
  return { seconds: (performance.now() - started) / 1000, cpu: (used.user + used.system) / 1e6 };
}

const sizes = process.argv.slice(2).map(Number);
if (sizes.length === 1) await measureSize(sizes[0] as number);
else {
  for (const size of sizes.length === 0 ? [541_909, 10_000_000] : sizes) {
    const { status } = spawnSync(process.execPath, ['--import', 'tsx', import.meta.filename, String(size)], {
      stdio: 'inherit',
    });
    if (status !== 0) process.exit(status ?? 1);
  }
}
