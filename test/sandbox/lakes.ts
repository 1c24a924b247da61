import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allKinds } from '../../cli/source-kinds.ts';
import { readCompany } from '../../functions/lake/company/file.ts';
import type { PullReport } from '../../functions/lake/landing/batch.ts';
import { ensureTables } from '../../functions/load/ensure-tables.ts';
import { loadBatch } from '../../functions/load/load-batch.ts';
import { frozenClock } from '../../functions/platform/clock.ts';
import { type Cell, type Engine, queryRows } from '../../functions/platform/engine.ts';
import { fetchHttp } from '../../functions/platform/fetch-http.ts';
import type { Http } from '../../functions/platform/http.ts';
import { duckDbEngine } from '../../functions/platform/local/duckdb-engine.ts';
import { fileBucket } from '../../functions/platform/local/file-bucket.ts';
import { folderInbox } from '../../functions/platform/local/folder-inbox.ts';
import { localSecrets } from '../../functions/platform/local/local-secrets.ts';
import type { Log } from '../../functions/platform/log.ts';
import { silentLog } from '../../functions/platform/log.ts';
import type { Platform } from '../../functions/platform/platform.ts';
import { pullSource } from '../../functions/pull/pull-source.ts';
import { serveSaas } from '../../sandbox/companies/saas/serve-saas.ts';
import { type SaasSummary, writeSaas } from '../../sandbox/companies/saas/write-saas.ts';
import { serveSandbox } from '../../sandbox/companies/wholesale/serve-sandbox.ts';
import { type SandboxSummary, writeSandbox } from '../../sandbox/companies/wholesale/write-sandbox.ts';
import type { MadeSandbox, SandboxOptions } from '../../sandbox/kit/folder.ts';
import type { Misbehave, ServedCompany, ServedVendor } from '../../sandbox/vendors/serve.ts';
import { tables } from '../kit/tables.ts';

/** The company in a lake: pulled from its files or its vendors, and loaded. */
export interface Lake<Summary extends MadeSandbox = SandboxSummary> {
  readonly summary: Summary;
  readonly folder: string;
  readonly pulls: readonly PullReport[];
  /** Lines of the log of the last pull. */
  readonly log: readonly string[];
  readonly dialect: Engine['dialect'];
  query(sql: string): Promise<Record<string, Cell>[]>;
  /** Pulls and loads once more, under another run. */
  again(run: string): Promise<PullReport[]>;
  close(): Promise<void>;
}

export type Options = Omit<SandboxOptions, 'folder'>;

/** The morning after the last day. */
const morningAfter = (endsOn: string): Date => new Date(Date.parse(`${endsOn}T05:00:00Z`) + 86_400_000);

export async function lakeOfSaas(options: Options): Promise<Lake<SaasSummary>> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-saas-'));
  return lakeOf(await writeSaas({ ...options, folder }), [], { now: morningAfter(options.endsOn) });
}

/** Its CRM is served in this process, for as long as the lake is open. */
export async function lakeOfServedSaas(options: Options, crm = 'hubspot'): Promise<Lake<SaasSummary>> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-saas-'));
  const now = morningAfter(options.endsOn);
  return lakeOfServed(await serveSaas({ ...options, crm, folder, firstPort: 0, now: () => now }), { now });
}

export async function lakeOfFiles(options: Options): Promise<Lake> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-files-'));
  const summary = await writeSandbox({ ...options, folder });
  return lakeOf(summary, [], { now: morningAfter(options.endsOn) });
}

export interface VendorLakeOptions extends Options {
  readonly misbehave?: Misbehave;
  /** Between the pull and the network. */
  readonly http?: (http: Http) => Http;
}

/** The vendors are served in this process, for as long as the lake is open. */
export async function lakeOfVendors({ misbehave, http, ...options }: VendorLakeOptions): Promise<Lake> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-vendors-'));
  const now = morningAfter(options.endsOn);
  const served = await serveSandbox({
    ...{ ...options, folder, firstPort: 0, now: () => now },
    ...(misbehave ? { misbehave } : {}),
  });
  return lakeOfServed(served, { now, ...(http ? { http } : {}) });
}

async function lakeOfServed<Summary extends MadeSandbox>(
  { summary, servers }: ServedCompany<Summary>,
  how: How,
): Promise<Lake<Summary>> {
  const lake = await lakeOf(summary, servers.vendors, how);
  return {
    ...lake,
    async close() {
      await servers.close();
      await lake.close();
    },
  };
}

interface How {
  readonly now: Date;
  readonly http?: (http: Http) => Http;
}

async function lakeOf<Summary extends MadeSandbox>(
  summary: Summary,
  vendors: readonly ServedVendor[],
  how: How,
): Promise<Lake<Summary>> {
  const state = join(summary.folder, '.vigie');
  const bucket = fileBucket(state);
  const engine = duckDbEngine({ bucket, threads: 1 });
  const secrets = localSecrets({ file: join(state, 'secrets.json'), env: {} });
  await bucket.write('state/.begun', Buffer.alloc(0));
  for (const { kind, secret } of vendors) await secrets.put(kind, JSON.stringify(secret));
  const log: string[] = [];
  const http = fetchHttp();
  const platform = {
    ...{ bucket, engine, secrets, log: keeping(log), clock: frozenClock(how.now.toISOString()) },
    inbox: folderInbox(summary.folder, {}),
    http: how.http ? how.http(http) : http,
  } as Partial<Platform> as Platform;
  const company = await readCompany(summary.config, { tables, kinds: await allKinds() });
  await ensureTables(platform, tables.all);
  const again = async (run: string): Promise<PullReport[]> => {
    const reports = await Promise.all(
      company.sources.map((source) =>
        pullSource(platform, { tables, company, source, asOf: summary.endsOn, run }),
      ),
    );
    for (const { batches } of reports) for (const batch of batches) await loadBatch(platform, batch, tables);
    return reports;
  };
  const pulls = await again(`${summary.endsOn}.20261122T050000Z`);
  return {
    ...{ summary, folder: summary.folder, pulls, log, again, dialect: engine.dialect },
    query: (sql) => queryRows(engine, sql),
    async close() {
      await engine.close();
      await rm(summary.folder, { recursive: true, force: true });
    },
  };
}

const keeping = (lines: string[]): Log => {
  const keep = (event: string, facts?: unknown): void => void lines.push(`${event} ${JSON.stringify(facts)}`);
  return { ...silentLog, info: keep, warn: keep, error: keep };
};

/** Every row of a table as text, without who wrote it. */
export async function rowsOf(lake: Lake, table: string, where = 'true'): Promise<string[]> {
  const rows = await lake.query(`SELECT * EXCLUDE (_source, _run) FROM lake.${table} WHERE ${where}`);
  return rows
    .map((row) => JSON.stringify(row, (_, value) => (typeof value === 'bigint' ? String(value) : value)))
    .sort();
}
