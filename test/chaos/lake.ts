import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ApiSource } from '../../functions/lake/company/api-source.ts';
import { fedTables } from '../../functions/lake/company/fed-tables.ts';
import type { PullReport } from '../../functions/lake/landing/batch.ts';
import type { TableDefinition } from '../../functions/lake/tables/table.ts';
import { ensureTables } from '../../functions/load/ensure-tables.ts';
import { loadBatch } from '../../functions/load/load-batch.ts';
import { frozenClock } from '../../functions/platform/clock.ts';
import { type Engine, queryRows } from '../../functions/platform/engine.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { fetchHttp } from '../../functions/platform/fetch-http.ts';
import type { Http } from '../../functions/platform/http.ts';
import { duckDbEngine } from '../../functions/platform/local/duckdb-engine.ts';
import { fileBucket } from '../../functions/platform/local/file-bucket.ts';
import { localSecrets } from '../../functions/platform/local/local-secrets.ts';
import type { Log, LogDetails } from '../../functions/platform/log.ts';
import type { Platform } from '../../functions/platform/platform.ts';
import { pullSource } from '../../functions/pull/pull-source.ts';
import type { VendorReply } from '../../sandbox/vendors/vendor.ts';
import { quickFolder } from '../kit/quick-folder.ts';
import { tables } from '../kit/tables.ts';
import { ENDS_ON, NOW, type ServedCompany } from './company.ts';

/** A lake that the company's vendors are pulled into. */
export interface Lake {
  readonly state: string;
  readonly log: readonly string[];
  readonly engine: Engine;
  /** Pulls one source, and loads nothing. */
  pullOne(served: ServedCompany, source: ApiSource, run: string): Promise<PullReport>;
  /** Pulls and loads everything. */
  pull(served: ServedCompany, run: string): Promise<PullReport[]>;
  /** Rows by source and table, as sorted text. */
  rows(served: ServedCompany): Promise<Map<string, string[]>>;
  close(): Promise<void>;
}

/** What stands for an answer that never comes: nobody waits for it. */
export const SILENCE: VendorReply = { status: 599, headers: { 'x-silence': 'yes' } };

/** The network as it is, but nobody sleeps: pauses between attempts and waiting for silent vendors take no time. */
const restless = (http: Http): Http => ({
  async send(request) {
    const response = await http.send(request);
    if (!response.headers.has('x-silence')) return response;
    await response.cancel();
    throw new VigieError(`${new URL(request.url).host}: nothing came`, {
      code: 'HTTP_TIMEOUT',
      retryable: true,
    });
  },
  pause: () => Promise.resolve(),
});

export async function openLake(
  { servers }: ServedCompany,
  made: readonly TableDefinition[] = tables.all,
): Promise<Lake> {
  const state = await quickFolder('vigie-chaos-');
  const bucket = fileBucket(state);
  const engine = duckDbEngine({ bucket, threads: 1 });
  const secrets = localSecrets({ file: join(state, 'secrets.json'), env: {} });
  const log: string[] = [];
  const platform = {
    ...{ bucket, engine, secrets, log: keeping(log), clock: frozenClock(NOW.toISOString()) },
    http: restless(fetchHttp()),
  } as Partial<Platform> as Platform;
  for (const { kind, secret } of servers.vendors) await secrets.put(kind, JSON.stringify(secret));
  if (made.length > 0) await ensureTables(platform, made);
  return {
    ...{ state, log, engine },
    pullOne: ({ company }, source, run) =>
      pullSource(platform, { tables, company, source, asOf: ENDS_ON, run }),
    async pull({ company }, run) {
      const reports = await Promise.all(
        company.sources.map((source) =>
          pullSource(platform, { tables, company, source, asOf: ENDS_ON, run }),
        ),
      );
      for (const { batches } of reports)
        for (const batch of batches) await loadBatch(platform, batch, tables);
      return reports;
    },
    async rows({ company }) {
      const found = new Map<string, string[]>();
      for (const source of company.sources)
        for (const { table } of fedTables(source)) {
          const sql = `SELECT * EXCLUDE (_source, _run) FROM lake.${table} WHERE _source = '${source.name}'`;
          const rows = await queryRows(engine, sql);
          found.set(`${source.name}/${table}`, rows.map(asText).sort());
        }
      return found;
    },
    async close() {
      await engine.close();
      await rm(state, { recursive: true, force: true });
    },
  };
}

const asText = (row: object): string =>
  JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));

function keeping(lines: string[]): Log {
  const keep = (event: string, details?: LogDetails): void =>
    void lines.push(JSON.stringify({ event, ...details }));
  return { debug: keep, info: keep, warn: keep, error: keep };
}
