import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type ApiSource, resolveApiSource } from '../../../functions/lake/company/api-source.ts';
import { type Company, companySchema } from '../../../functions/lake/company/company.ts';
import type { PullReport } from '../../../functions/lake/landing/batch.ts';
import { ensureTables } from '../../../functions/load/ensure-tables.ts';
import { loadBatch } from '../../../functions/load/load-batch.ts';
import { type Cell, queryRows } from '../../../functions/platform/engine.ts';
import { VigieError } from '../../../functions/platform/errors.ts';
import type { Http } from '../../../functions/platform/http.ts';
import { duckDbEngine } from '../../../functions/platform/local/duckdb-engine.ts';
import { fileBucket } from '../../../functions/platform/local/file-bucket.ts';
import type { Log, LogDetails } from '../../../functions/platform/log.ts';
import { pullDefined } from '../../../functions/pull/api/pull-api.ts';
import type { SourceDefinition } from '../../../functions/pull/api/source.ts';
import { sourceKind } from '../../../functions/pull/source-kinds.ts';
import { tables } from '../../kit/tables.ts';

export const testCompany: Company = companySchema.parse({
  company: { name: 'Test', time_zone: 'Europe/Paris', currency: 'EUR' },
  sources: [{ kind: 'files', name: 'none', feeds: [{ table: 'targets', path: 'x.csv', columns: {} }] }],
});

/** A source of a definition, as vigie.yaml would have it. */
export const sourceOf = (
  definition: SourceDefinition,
  keys: Readonly<Record<string, unknown>> = {},
): ApiSource => {
  const kind = sourceKind(definition);
  const { name = definition.kind, starts_on = '2026-10-01', max_rejected_share = 0.01, ...more } = keys;
  const { max_minutes = 60, max_pages = 10_000, ...own } = more;
  const settings = kind.settings.parse(own);
  return resolveApiSource({ name, starts_on, max_rejected_share, max_minutes, max_pages, ...settings }, kind);
};

export type ApiWorld = ReturnType<typeof apiWorld>;

/** A world in which sources over an API are pulled and loaded: a folder, DuckDB in memory, secrets in memory, a clock that tests set. */
export function apiWorld(http: Http, secrets: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-api-'));
  const bucket = fileBucket(folder);
  const engine = duckDbEngine({ bucket, threads: 1 });
  let now = new Date('2026-11-22T06:00:00Z');
  const logged: string[] = [];
  const note = (event: string, details?: LogDetails): void => {
    logged.push(JSON.stringify({ event, ...details }));
  };
  const log: Log = { debug: note, info: note, warn: note, error: note };
  const platform = {
    bucket,
    engine,
    http,
    log,
    clock: { now: () => new Date(now) },
    secrets: {
      async get(name: string) {
        const value = secrets[name];
        if (value === undefined) throw new VigieError(`no secret ${name}`, { code: 'SECRET_MISSING' });
        return value;
      },
      async put(name: string, value: string) {
        secrets[name] = value;
      },
    },
  };
  return {
    folder,
    platform,
    secrets,
    logged,
    setNow(at: string) {
      now = new Date(at);
    },
    pull: (
      definition: SourceDefinition,
      source: ApiSource,
      { asOf = '2026-11-21', run = 'run-1', stopAt }: { asOf?: string; run?: string; stopAt?: Date } = {},
    ): Promise<PullReport> =>
      pullDefined(
        platform,
        { company: testCompany, tables, source, asOf, run, ...(stopAt === undefined ? {} : { stopAt }) },
        definition,
      ),
    async load(report: PullReport) {
      await ensureTables(platform, tables.all);
      for (const batch of report.batches) await loadBatch(platform, batch, tables);
    },
    rows: (table: string, columns: string): Promise<Record<string, Cell>[]> =>
      queryRows(engine, `SELECT ${columns} FROM ${engine.dialect.table(table)} ORDER BY ALL`),
    /** Everything that is stored, unpacked, by key. */
    stored(): Map<string, string> {
      const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
        entry.isFile(),
      );
      return new Map(
        files.map((entry) => {
          const path = join(entry.parentPath, entry.name);
          const bytes = readFileSync(path);
          return [
            path.slice(folder.length + 1),
            (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'),
          ];
        }),
      );
    },
    async close() {
      await engine.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
