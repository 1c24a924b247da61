import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { Company } from '../../../functions/lake/company/company.ts';
import type { PullReport } from '../../../functions/lake/landing/batch.ts';
import { ensureTables } from '../../../functions/load/ensure-tables.ts';
import { loadBatch } from '../../../functions/load/load-batch.ts';
import { frozenClock } from '../../../functions/platform/clock.ts';
import { type Cell, queryRows } from '../../../functions/platform/engine.ts';
import type { Http, HttpRequest } from '../../../functions/platform/http.ts';
import { duckDbEngine } from '../../../functions/platform/local/duckdb-engine.ts';
import { fileBucket } from '../../../functions/platform/local/file-bucket.ts';
import { folderInbox } from '../../../functions/platform/local/folder-inbox.ts';
import { silentLog } from '../../../functions/platform/log.ts';
import type { Platform } from '../../../functions/platform/platform.ts';
import { pullSource } from '../../../functions/pull/pull-source.ts';
import { definitionOf } from '../../../functions/pull/source-kinds.ts';
import { type Invention, invent } from '../../../sandbox/companies/wholesale/invent.ts';
import type { InventOptions } from '../../../sandbox/kit/folder.ts';
import { vendorMakers } from '../../../sandbox/vendors/makers.ts';
import type { DailyVendor, VendorCall, VendorReply } from '../../../sandbox/vendors/vendor.ts';
import { tables } from '../../kit/tables.ts';

export const AD_KINDS = ['google-ads', 'microsoft-ads', 'linkedin-ads', 'meta-ads'] as const;
export type AdKind = (typeof AD_KINDS)[number];

const folders: string[] = [];
const closing: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closing.splice(0)) await close();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A lake of its own, filled by pulling. */
export interface Lake {
  readonly platform: Platform;
  load(report: PullReport): Promise<PullReport>;
  /** All of `ad_spend`, or what a condition takes. */
  spend(where?: string): Promise<Record<string, Cell>[]>;
}

export async function openLake(inbox: string, more: Partial<Platform> = {}): Promise<Lake> {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-ads-'));
  folders.push(folder);
  const bucket = fileBucket(folder);
  const engine = duckDbEngine({ bucket, threads: 1 });
  closing.push(() => engine.close());
  const partial: Partial<Platform> = {
    ...{ bucket, engine, inbox: folderInbox(inbox, {}), log: silentLog },
    clock: frozenClock('2026-11-22T05:00:00Z'),
    ...more,
  };
  const platform = partial as Platform;
  await ensureTables(platform, tables.all);
  return {
    platform,
    async load(report) {
      for (const batch of report.batches) await loadBatch(platform, batch, tables);
      return report;
    },
    spend: (where = 'TRUE') =>
      queryRows(
        engine,
        `SELECT * FROM lake.ad_spend WHERE ${where} ORDER BY platform, account_id, spent_on, campaign_id`,
      ),
  };
}

/** The ad platforms of a made-up company, reached over HTTP in memory: no port, no waiting. */
export interface AdWorld {
  readonly invention: Invention;
  readonly vendors: ReadonlyMap<string, DailyVendor>;
  readonly lake: Lake;
  /** Requests that vendors got, as `POST /path`, by kind; with their headers. */
  readonly calls: { readonly kind: string; readonly call: VendorCall; readonly reply: VendorReply }[];
  readonly secrets: Map<string, string>;
  /** The vendors' clock. */
  now: Date;
  /** Lets the company live so many days, or to its end. */
  live(days?: number): void;
  /** Pulls and loads; throws where the source failed, unless it may. */
  pull(kind: AdKind, options?: PullOptions): Promise<PullReport>;
}

export interface PullOptions {
  readonly asOf?: string;
  readonly run?: string;
  /** Settings beside, or instead of, the usual ones. */
  readonly keys?: object;
  readonly startsOn?: string;
  readonly mayFail?: boolean;
}

const KEYS: Readonly<Record<AdKind, object>> = {
  'google-ads': { accounts: ['482-193-7605'], manager: '713-099-2846' },
  'microsoft-ads': { accounts: ['188204517'], customer: '21006913' },
  'linkedin-ads': { accounts: ['507719264'] },
  'meta-ads': { accounts: ['act_1093348827715'] },
};
const TOKEN_PATHS: Readonly<Record<AdKind, string | undefined>> = {
  'google-ads': '/token',
  'microsoft-ads': '/common/oauth2/v2.0/token',
  'linkedin-ads': '/oauth/v2/accessToken',
  'meta-ads': undefined,
};
const portOf = (kind: AdKind): number => 9001 + AD_KINDS.indexOf(kind);

export async function openAdWorld(options: Partial<InventOptions> = {}): Promise<AdWorld> {
  const invention = invent({
    seed: 5,
    endsOn: '2026-11-21',
    days: 84,
    scale: 0.12,
    stories: true,
    ...options,
  });
  const living = invention.company.live();
  const makers = await vendorMakers(AD_KINDS);
  const calls: AdWorld['calls'] = [];
  const world: { now: Date } = { now: new Date('2026-11-22T05:00:00Z') };
  const vendors = new Map(
    makers.map((make) => {
      const vendor = make({ ...invention, seed: 5, now: () => world.now });
      return [vendor.kind, vendor];
    }),
  );
  const secrets = new Map([...vendors].map(([kind, { secret }]) => [kind, JSON.stringify(secret)]));
  const lake = await openLake(tmpdir(), {
    http: httpOf(vendors, calls),
    secrets: {
      get: async (name) => secrets.get(name) ?? '',
      put: async (name, value) => void secrets.set(name, value),
    },
  });
  return Object.assign(world, {
    ...{ invention, vendors, lake, calls, secrets },
    live(days = Number.POSITIVE_INFINITY) {
      for (let lived = 0; lived < days; lived += 1) {
        const next = living.next();
        if (next.done) return;
        for (const vendor of vendors.values()) vendor.day(next.value);
      }
    },
    async pull(kind: AdKind, options: PullOptions = {}) {
      const { asOf = '2026-11-21', run = 'run-1', keys = {}, mayFail = false } = options;
      const { startsOn = invention.days[0]?.date ?? '' } = options;
      const source = await sourceOf(kind, startsOn, keys);
      const company = { company: { time_zone: 'Europe/Paris', currency: 'EUR' }, sources: [source] };
      const report = await pullSource(lake.platform, {
        tables,
        ...{ company: company as unknown as Company, source, asOf, run },
      });
      if (report.status !== 'ok' && !mayFail) throw new Error(JSON.stringify(report, null, 2));
      return lake.load(report);
    },
  });
}

export async function sourceOf(kind: AdKind, startsOn: string, keys: object) {
  const definition = await definitionOf(kind);
  const origin = `http://127.0.0.1:${portOf(kind)}`;
  const path = TOKEN_PATHS[kind];
  const settings = definition.settings.parse({
    ...KEYS[kind],
    base_url: origin,
    ...(path === undefined ? {} : { token_url: `${origin}${path}` }),
    ...keys,
  }) as Record<string, unknown>;
  const delivers = [{ table: 'ad_spend' as const }];
  return {
    kind,
    name: kind,
    max_rejected_share: 0,
    max_minutes: 60,
    max_pages: 10_000,
    starts_on: startsOn,
    settings,
    delivers,
  };
}

function httpOf(vendors: ReadonlyMap<string, DailyVendor>, calls: AdWorld['calls']): Http {
  return {
    async send(request) {
      const call = callOf(request);
      const kind = AD_KINDS.find((each) => String(portOf(each)) === call.url.port) ?? '';
      const vendor = vendors.get(kind);
      if (!vendor) throw new Error(`nobody is at ${call.url.origin}`);
      const reply = await vendor.answer(call);
      calls.push({ kind, call, reply });
      const bytes =
        typeof reply.body === 'string' ? Buffer.from(reply.body) : (reply.body ?? new Uint8Array());
      return {
        status: reply.status,
        headers: new Headers(reply.headers),
        body: (async function* () {
          yield bytes;
        })(),
        cancel: async () => undefined,
      };
    },
    pause: async () => undefined,
  };
}

const callOf = ({ method, url, headers, body = '' }: HttpRequest): VendorCall => ({
  ...{ method, url: new URL(url), headers: new Headers(headers), body },
});
