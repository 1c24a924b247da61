/**
 * From a vendor's API to the lake: paged JSON of sales orders with their lines over loopback, through the whole
 * machinery (fetch, scan for addresses, raw archive, mapping, landing) and DuckDB's MERGE. The vendor is a process of
 * its own. Then dlt (PyPI) does the same job, with merge, where Python is there.
 *
 *     node --import tsx bench/api-pull.ts [lines …]        default 500000
 *     node --import tsx bench/api-pull.ts --memory         100 thousand to 3 million lines: the peak must not grow
 *     node --import tsx bench/api-pull.ts --small          50000, without dlt
 *
 * Machines differ: dlt on the same machine, in the same minute, is the measure.
 */
import { type ChildProcess, execFile, fork, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { companySchema } from '../functions/lake/company/company.ts';
import { ensureTables } from '../functions/load/ensure-tables.ts';
import { loadBatch } from '../functions/load/load-batch.ts';
import { queryRows } from '../functions/platform/engine.ts';
import { fetchHttp } from '../functions/platform/fetch-http.ts';
import { duckDbEngine } from '../functions/platform/local/duckdb-engine.ts';
import { fileBucket } from '../functions/platform/local/file-bucket.ts';
import { systemClock } from '../functions/platform/local/system-clock.ts';
import { silentLog } from '../functions/platform/log.ts';
import { pullDefined } from '../functions/pull/api/pull-api.ts';
import { pythonTools } from '../test/kit/loopback-tools.ts';
import { tables } from '../test/kit/tables.ts';
import { benchSource } from './api-pull/source.ts';

const DLT = 'dlt[duckdb]==1.31.0';
const show = (value: number): string => Math.round(value).toLocaleString('en');

const company = companySchema.parse({
  company: { name: 'Bench', time_zone: 'UTC', currency: 'EUR' },
  sources: [{ kind: 'files', name: 'none', feeds: [{ table: 'orders', path: 'none', columns: {} }] }],
});

interface Served {
  readonly child: ChildProcess;
  readonly origin: string;
  readonly bytes: number;
}

function serve(lines: number): Promise<Served> {
  const child = fork(resolve(import.meta.dirname, 'api-pull/server.ts'), [String(lines)]);
  return new Promise((give, fail) => {
    child.once('message', (told: { port: number; bytes: number }) =>
      give({ child, origin: `http://127.0.0.1:${told.port}`, bytes: told.bytes }),
    );
    child.once('error', fail);
  });
}

interface Timing {
  readonly seconds: number;
  /** Of all threads: wall-clock times mean little on a busy machine. */
  readonly cpu: number;
  /** The process's peak of memory so far, in MB. */
  readonly peak: number;
}

const peakMegabytes = (): number => process.resourceUsage().maxRSS / 1024;

async function timed<T>(work: () => Promise<T>): Promise<Timing & { readonly result: T }> {
  const started = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return {
    result,
    seconds: (performance.now() - started) / 1000,
    cpu: (user + system) / 1e6,
    peak: peakMegabytes(),
  };
}

async function ours(origin: string, folder: string) {
  const bucket = fileBucket(join(folder, 'state'));
  const engine = duckDbEngine({ file: join(folder, 'lake.duckdb'), bucket });
  const secrets = { get: async () => '{"token":"bench-token"}', put: async () => undefined };
  const platform = { bucket, engine, secrets, http: fetchHttp(), clock: systemClock, log: silentLog };
  const source = {
    ...{
      kind: 'bench',
      name: 'bench',
      max_rejected_share: 0,
      max_minutes: 60,
      max_pages: 10_000,
      starts_on: '2020-01-01',
    },
    settings: { base_url: origin, secret: '${secret:bench}' },
    delivers: [],
  };
  try {
    await ensureTables(platform, tables.all);
    const pulled = await timed(async () => {
      const report = await pullDefined(
        platform,
        { company, tables, source, asOf: '2026-11-21', run: 'bench' },
        benchSource,
      );
      if (report.problem) throw new Error(report.problem.message);
      return report.batches;
    });
    const loaded = await timed(async () => {
      for (const batch of pulled.result) await loadBatch(platform, batch, tables);
    });
    const [row] = await queryRows(
      engine,
      `SELECT count(*) AS found, CAST(sum(net_amount) AS varchar) AS total FROM ${engine.dialect.table('order_lines')}`,
      { label: 'bench' },
    );
    return { pulled, loaded, lines: Number(row?.['found']), total: String(row?.['total']) };
  } finally {
    await engine.close();
  }
}

interface Theirs {
  readonly seconds: number;
  readonly lines: number;
  readonly total: string;
}

async function dlt(origin: string, folder: string): Promise<Theirs | undefined> {
  try {
    const bin = await pythonTools('dlt', [DLT]);
    const script = resolve(import.meta.dirname, 'api-pull/dlt_pull.py');
    const environment = { ...process.env, RUNTIME__DLTHUB_TELEMETRY: 'false' };
    const { stdout } = await promisify(execFile)(join(bin, 'python'), [script, origin, folder], {
      env: environment,
    });
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Theirs;
  } catch (error) {
    console.warn(
      `dlt could not be run, so there is nothing to compare with: ${error instanceof Error ? error.message.slice(0, 300) : error}`,
    );
    return undefined;
  }
}

/** One size, in this process. */
async function measure(lines: number, compare: boolean): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-bench-'));
  const { child, origin, bytes } = await serve(lines);
  try {
    const { pulled, loaded, ...found } = await ours(origin, folder);
    const rate = found.lines / (pulled.seconds + loaded.seconds);
    const byCpu = found.lines / ((pulled.cpu + loaded.cpu) / 2);
    console.log(
      `${show(found.lines)} lines, ${show(bytes / 1e6)} MB of JSON: ${show(rate)} lines/s (${show(byCpu)} by the cpu it took, on two cores)`,
    );
    console.log(
      `  pull ${pulled.seconds.toFixed(2)} s (cpu ${pulled.cpu.toFixed(2)}, peak so far ${show(pulled.peak)} MB), load ${loaded.seconds.toFixed(2)} s (cpu ${loaded.cpu.toFixed(2)}, peak ${show(loaded.peak)} MB)`,
    );
    const theirs = compare ? await dlt(origin, folder) : undefined;
    if (!theirs) return;
    const same = theirs.lines === found.lines && Number(theirs.total) === Number(found.total);
    console.log(
      `  dlt ${show(theirs.lines / theirs.seconds)} lines/s (${theirs.seconds.toFixed(1)} s), ${same ? 'the same lines and total' : `ANOTHER RESULT: ${theirs.lines} lines, ${theirs.total}`}; ratio ${(rate / (theirs.lines / theirs.seconds)).toFixed(1)}`,
    );
  } finally {
    child.disconnect();
    await rm(folder, { recursive: true, force: true });
  }
}

const [mode, ...rest] = process.argv.slice(2);
if (mode === '--one') await measure(Number(rest[0]), rest[1] === 'compare');
else {
  // Small: that it works, without a download of dlt.
  const alone = mode === '--memory' || mode === '--small';
  for (const size of sizesOf(mode, process.argv.slice(2))) {
    const script = resolve(import.meta.dirname, 'api-pull.ts');
    const args = ['--import', 'tsx', script, '--one', String(size), alone ? 'alone' : 'compare'];
    const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
    if (status !== 0) process.exitCode = 1;
  }
}

function sizesOf(chosen: string | undefined, args: readonly string[]): readonly number[] {
  if (chosen === '--memory') return [100_000, 500_000, 3_000_000];
  if (chosen === '--small') return [50_000];
  return args.length > 0 ? args.map(Number) : [500_000];
}
