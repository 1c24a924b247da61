/**
 * The whole way from a file to the lake: pull and load of examples/online-retail, which makes four tables of one file.
 *
 *     node --import tsx bench/file-to-lake.ts [lines …]     made-up invoice lines, default 1000000
 *     node --import tsx bench/file-to-lake.ts --small       100000 of them
 *
 * With ONLINE_RETAIL set, the real file (541,909 lines) comes first. A rate is lines of the file in a second, with all
 * tables made of them. Machines differ, so it is also given as a ratio to papaparse alone, reading the same file in
 * the same process. Each size runs in a process of its own, for its peak of memory, which must not grow with it.
 */
import { spawnSync } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import Papa from 'papaparse';
import { readCompany } from '../functions/lake/company/file.ts';
import type { Batch } from '../functions/lake/landing/batch.ts';
import { DAY_MS } from '../functions/lake/values/day.ts';
import { ensureTables } from '../functions/load/ensure-tables.ts';
import { loadBatch } from '../functions/load/load-batch.ts';
import { duckDbEngine } from '../functions/platform/local/duckdb-engine.ts';
import { fileBucket } from '../functions/platform/local/file-bucket.ts';
import { folderInbox } from '../functions/platform/local/folder-inbox.ts';
import { systemClock } from '../functions/platform/local/system-clock.ts';
import { silentLog } from '../functions/platform/log.ts';
import type { Platform } from '../functions/platform/platform.ts';
import { pullSource } from '../functions/pull/pull-source.ts';
import { tables } from '../test/kit/tables.ts';

const EXAMPLE = resolve(import.meta.dirname, '../examples/online-retail/vigie.yaml');
const HEADER = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n';
/** As in the real file. */
const LINES_AN_INVOICE = 21;
const PRODUCTS = 4070;
const CUSTOMERS = 4372;
const START = Date.UTC(2010, 11, 1, 8);
const YEAR_MS = 373 * DAY_MS;

/** Invoice lines in the order of their dates, spread over a year; a stretch of them at a time. */
function* madeUpLines(lines: number): Iterable<string> {
  yield HEADER;
  let text = '';
  for (let line = 0; line < lines; line += 1) {
    const invoice = Math.floor(line / LINES_AN_INVOICE);
    const product = (line * 7919) % PRODUCTS;
    const at = new Date(START + Math.floor((YEAR_MS / lines) * invoice * LINES_AN_INVOICE));
    const time = `${at.toISOString().slice(0, 16).replace('T', ' ')}:00`;
    const customer = invoice % 5 === 0 ? '' : 12_000 + ((invoice * 31) % CUSTOMERS);
    text += `${100_000_000 + invoice},P${product},"PRODUCT, NUMBER ${product}",${(line % 12) + 1},${time},${(line % 900) / 100},${customer},United Kingdom\n`;
    if (line % 1000 !== 999) continue;
    yield text;
    text = '';
  }
  yield text;
}

/** Rows per second of papaparse alone: what this machine can do. */
async function calibrate(file: string): Promise<number> {
  const bytes = createReadStream(file, { highWaterMark: 1 << 18 });
  const text = file.endsWith('.gz') ? bytes.pipe(createGunzip({ chunkSize: 1 << 18 })) : bytes;
  let rows = 0;
  const started = performance.now();
  const parser = Papa.parse(Papa.NODE_STREAM_INPUT, { header: false });
  parser.on('data', () => (rows += 1));
  await pipeline(text, parser);
  return rows / ((performance.now() - started) / 1000);
}

interface Timing {
  readonly seconds: number;
  /** Of all threads: wall-clock times mean little on a busy machine. */
  readonly cpu: number;
  /** The process's peak of memory so far, in MB. */
  readonly peak: number;
}

const peakMegabytes = (): number => process.resourceUsage().maxRSS / 1024;

async function timed<T>(work: () => Promise<T>): Promise<Timing & { result: T }> {
  const started = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  const seconds = (performance.now() - started) / 1000;
  return { result, seconds, cpu: (user + system) / 1e6, peak: peakMegabytes() };
}

async function fileToLake(file: string, state: string) {
  const bucket = fileBucket(state);
  const engine = duckDbEngine({ file: join(state, 'lake.duckdb'), bucket });
  const inbox = folderInbox(state, { ONLINE_RETAIL: file });
  const partial: Partial<Platform> = { bucket, engine, inbox, log: silentLog, clock: systemClock };
  const platform = partial as Platform;
  const company = await readCompany(EXAMPLE, { tables });
  const [source] = company.sources;
  if (!source) throw new Error('the example has a source');
  try {
    await ensureTables(platform, tables.all);
    const pulled = await timed(async () => {
      const report = await pullSource(platform, {
        tables,
        company,
        source,
        asOf: '2011-12-09',
        run: 'bench',
      });
      if (report.problem) throw new Error(report.problem.message);
      return report.batches;
    });
    const loaded = await timed(async () => {
      for (const batch of pulled.result) await loadBatch(platform, batch, tables);
    });
    return { batches: pulled.result, pulled, loaded };
  } finally {
    await engine.close();
  }
}

const show = (value: number): string => Math.round(value).toLocaleString('en');
const span = ({ seconds, cpu, peak }: Timing): string =>
  `${seconds.toFixed(2)} s (cpu ${cpu.toFixed(2)}, peak so far ${show(peak)} MB)`;
const linesOf = (batches: readonly Batch[]): number =>
  batches.find(({ table }) => table === 'order_lines')?.rows ?? 0;

/** One size, in this process. */
async function measure(what: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-bench-'));
  try {
    const made = join(folder, 'lines.csv');
    const file = /^\d+$/.test(what) ? made : resolve(what);
    if (file === made) await pipeline(Readable.from(madeUpLines(Number(what))), createWriteStream(made));
    const { batches, pulled, loaded } = await fileToLake(file, join(folder, 'state'));
    const peak = peakMegabytes();
    const lines = linesOf(batches);
    const rate = lines / (pulled.seconds + loaded.seconds);
    const alone = await calibrate(file);
    const rows = batches.map((batch) => `${batch.table} ${show(batch.rows)}`).join(', ');
    console.log(`${file === made ? 'made up' : 'Online Retail'}: ${rows}`);
    console.log(
      `  file to lake ${show(rate)} lines/s; papaparse alone ${show(alone)} lines/s; ratio ${(rate / alone).toFixed(2)}; peak ${show(peak)} MB`,
    );
    console.log(`  pull ${span(pulled)}, load ${span(loaded)}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Each in a process of its own. */
function measureApart(sizes: readonly string[]): void {
  for (const size of sizes) {
    const argv = ['--import', 'tsx', import.meta.filename, '--one', size];
    const { status } = spawnSync(process.execPath, argv, { stdio: 'inherit' });
    if (status !== 0) process.exit(status ?? 1);
  }
}

const given = process.argv.slice(2);
const real = process.env['ONLINE_RETAIL'];
if (given[0] === '--one') await measure(given[1] as string);
else if (given[0] === '--small') measureApart(['100000']);
else measureApart([...(real ? [real] : []), ...(given.length > 0 ? given : ['1000000'])]);
