import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach } from 'vitest';
import { type Company, companySchema } from '../../functions/lake/company/company.ts';
import type { Batch, PullReport } from '../../functions/lake/landing/batch.ts';
import type { Rejection } from '../../functions/lake/landing/rejects.ts';
import type { Cell } from '../../functions/platform/engine.ts';
import { queryRows } from '../../functions/platform/engine.ts';
import { duckDbEngine } from '../../functions/platform/local/duckdb-engine.ts';
import { fileBucket } from '../../functions/platform/local/file-bucket.ts';
import { folderInbox } from '../../functions/platform/local/folder-inbox.ts';
import { silentLog } from '../../functions/platform/log.ts';
import type { Platform } from '../../functions/platform/platform.ts';
import { pullSource } from '../../functions/pull/pull-source.ts';
import { tables } from '../kit/tables.ts';

const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A company with its folder, for tests that drop files and pull. */
export interface Desk {
  readonly folder: string;
  readonly platform: Platform;
  drop(name: string, content: string | Uint8Array): Promise<void>;
  pull(feeds: unknown, options?: { asOf?: string; run?: string; share?: number }): Promise<PullReport>;
  /** The landed rows, without columns that are null everywhere. */
  rows(batch: Batch | undefined): Promise<Record<string, Cell>[]>;
  rejected(table: string, run?: string): Promise<Rejection[]>;
}

export async function openDesk(timeZone = 'Europe/Paris'): Promise<Desk> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-pull-'));
  folders.push(folder);
  const bucket = fileBucket(join(folder, '.vigie'));
  const partial: Partial<Platform> = {
    bucket,
    inbox: folderInbox(folder, { EXPORTS: 'exports' }, folder),
    log: silentLog,
  };
  const platform = partial as Platform;
  return {
    ...{ folder, platform },
    async drop(name, content) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), content);
    },
    pull(feeds, { asOf = '2026-11-21', run = 'run-1', share = 0.01 } = {}) {
      const company = companyWith(feeds, share, timeZone);
      const [source] = company.sources;
      if (!source) throw new Error('no source');
      return pullSource(platform, { tables, company, source, asOf, run });
    },
    async rows(batch) {
      if (!batch) throw new Error('no batch');
      if (batch.files.length === 0) return [];
      const engine = await duckDbEngine({ bucket });
      const found = await queryRows(
        engine,
        `SELECT * FROM ${engine.dialect.landed(batch)} ORDER BY _input, _row`,
      );
      await engine.close();
      return withoutNulls(found);
    },
    async rejected(table, run = 'run-1') {
      const bytes = await bucket.read(`rejected/source=shop/run=${run}/${table}.ndjson.gz`);
      const lines = gunzipSync(bytes).toString('utf8').trim().split('\n');
      return lines.map((line) => JSON.parse(line) as Rejection);
    },
  };
}

function companyWith(feeds: unknown, share: number, timeZone: string): Company {
  return companySchema.parse({
    company: { name: 'Rivoli', time_zone: timeZone, currency: 'EUR' },
    sources: [{ kind: 'files', name: 'shop', max_rejected_share: share, feeds }],
  });
}

function withoutNulls(rows: Record<string, Cell>[]): Record<string, Cell>[] {
  return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== null)));
}

/** A small feed of order lines in the notation of a French export. */
export const LINES = {
  table: 'order_lines',
  path: 'lines.csv',
  decimal: ',',
  dates: 'DD/MM/YYYY',
  columns: {
    order_id: 'Commande',
    line_id: 'Ligne',
    ordered_on: 'Date',
    quantity: 'Qté',
    net_amount: 'Montant',
    currency: { constant: 'EUR' },
  },
};

export const LINES_HEADER = 'Commande;Ligne;Date;Qté;Montant';
