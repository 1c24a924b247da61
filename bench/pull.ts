/**
 * How fast files become landing Parquet, and how much memory that takes.
 *
 *     node --import tsx bench/pull.ts [lines]                a made-up export, default 500000 lines
 *     node --import tsx bench/pull.ts <file> [times]         the UCI Online Retail file, repeated
 *
 * Machines differ, so the rate is also given as a ratio to papaparse alone, reading the same file in the same process.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import Papa from 'papaparse';
import { companySchema } from '../functions/lake/company/company.ts';
import { fileBucket } from '../functions/platform/local/file-bucket.ts';
import { folderInbox } from '../functions/platform/local/folder-inbox.ts';
import { silentLog } from '../functions/platform/log.ts';
import type { Platform } from '../functions/platform/platform.ts';
import { pullSource } from '../functions/pull/pull-source.ts';
import { tables } from '../test/kit/tables.ts';

const HEADER = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n';
const MADE_UP_LINES = 500_000;

const feed = {
  table: 'order_lines',
  path: '*',
  columns: {
    order_id: 'InvoiceNo',
    line_id: { row_number: true },
    ordered_on: 'InvoiceDate',
    product_id: 'StockCode',
    quantity: 'Quantity',
    net_amount: { product: ['Quantity', 'UnitPrice'] },
    currency: { constant: 'GBP' },
  },
};

function* madeUpLines(lines: number): Iterable<string> {
  yield HEADER;
  for (let line = 0; line < lines; line += 1) {
    const invoice = 536_365 + Math.floor(line / 21);
    const minute = String(Math.floor(line / 210) % 60).padStart(2, '0');
    const day = String((Math.floor(line / 5000) % 28) + 1).padStart(2, '0');
    yield `${invoice},${(line * 7919) % 4070},"PRODUCT, NUMBER ${line % 4070}",${(line % 12) + 1},2010-12-${day} 08:${minute}:00,${(line % 900) / 100},${12_000 + (invoice % 4372)},United Kingdom\n`;
  }
}

async function prepare(folder: string): Promise<string> {
  const [given, lines] = /^\d+$/.test(process.argv[2] ?? '')
    ? [undefined, Number(process.argv[2])]
    : [process.argv[2], MADE_UP_LINES];
  const times = Number(process.argv[3] ?? 1);
  if (given !== undefined && times === 1) return resolve(given);
  const target = join(folder, 'lines.csv');
  const source =
    given === undefined ? Readable.from(madeUpLines(lines)) : Readable.from(repeat(resolve(given), times));
  await pipeline(source, createWriteStream(target));
  return target;
}

async function* repeat(file: string, times: number): AsyncIterable<Buffer> {
  for (let round = 0; round < times; round += 1) {
    const bytes = createReadStream(file);
    yield* file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes;
  }
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

function platformOver(inboxFolder: string, state: string): Platform {
  const partial: Partial<Platform> = {
    bucket: fileBucket(state),
    inbox: folderInbox(inboxFolder, {}),
    log: silentLog,
  };
  return partial as Platform;
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-bench-'));
  try {
    const file = await prepare(folder);
    const company = companySchema.parse({
      company: { name: 'Bench', time_zone: 'Europe/London', currency: 'GBP' },
      sources: [{ kind: 'files', name: 'shop', feeds: [{ ...feed, path: basename(file) }] }],
    });
    const [source] = company.sources;
    if (!source) throw new Error('no source');
    let peak = 0;
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 50);
    const cpuBefore = process.cpuUsage();
    const started = performance.now();
    const report = await pullSource(platformOver(dirname(file), join(folder, 'state')), {
      tables,
      company,
      source,
      asOf: '2011-12-09',
      run: 'bench',
    });
    const seconds = (performance.now() - started) / 1000;
    const cpu = process.cpuUsage(cpuBefore);
    clearInterval(watch);
    if (report.problem) throw new Error(report.problem.message);
    const [batch] = report.batches;
    if (!batch) throw new Error('nothing was landed');
    const rate = batch.rows / seconds;
    const alone = await calibrate(file);
    console.log(`rows ${batch.rows}, files ${batch.files.length}, net_amount ${batch.totals['net_amount']}`);
    console.log(
      `pull ${Math.round(rate)} rows/s in ${seconds.toFixed(2)} s; papaparse alone ${Math.round(alone)} rows/s; ratio ${(rate / alone).toFixed(2)}`,
    );
    console.log(
      `processor time ${((cpu.user + cpu.system) / 1e6).toFixed(2)} s, all threads (wall-clock rates mean little on a busy machine)`,
    );
    console.log(`peak memory ${Math.round(peak / 2 ** 20)} MB`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

await main();
