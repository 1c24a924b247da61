import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readCompany } from '../../../functions/lake/company/file.ts';
import { ensureTables } from '../../../functions/load/ensure-tables.ts';
import { loadBatch } from '../../../functions/load/load-batch.ts';
import { frozenClock } from '../../../functions/platform/clock.ts';
import { type Cell, queryRows } from '../../../functions/platform/engine.ts';
import { duckDbEngine } from '../../../functions/platform/local/duckdb-engine.ts';
import { fileBucket } from '../../../functions/platform/local/file-bucket.ts';
import { folderInbox } from '../../../functions/platform/local/folder-inbox.ts';
import { silentLog } from '../../../functions/platform/log.ts';
import type { Platform } from '../../../functions/platform/platform.ts';
import { pullSource } from '../../../functions/pull/pull-source.ts';
import type { CompanyDay } from '../../../sandbox/companies/wholesale/business/company.ts';
import { invent } from '../../../sandbox/companies/wholesale/invent.ts';
import { writeSandbox } from '../../../sandbox/companies/wholesale/write-sandbox.ts';
import type { InventOptions } from '../../../sandbox/kit/folder.ts';
import type { DailyVendor, VendorReply, VendorWorld } from '../../../sandbox/vendors/vendor.ts';
import { tables } from '../../kit/tables.ts';
import { fakeWeb, type Web } from '../../pull/api/web.ts';

/** A few weeks of the company, as its files tell them and as its vendors do: with bookings, returns, a holiday. */
export const weeks: InventOptions = { seed: 11, endsOn: '2026-06-06', days: 34, scale: 0.12, stories: true };
export const startsOn = '2026-05-04';
export const morning = '2026-06-07T05:00:00Z';

/** A vendor that lives through the weeks; `stop` days before their end, if wanted. */
export function living(
  make: (world: VendorWorld) => DailyVendor,
  clock: { now: string },
  options: InventOptions = weeks,
) {
  const invention = invent(options);
  const { company, days, last, effects } = invention;
  const world = { company, days, last, effects, seed: options.seed, now: () => new Date(clock.now) };
  const vendor = make(world);
  const happenings = company.live();
  return {
    vendor,
    invention,
    /** Lives until a day, included; to the end without one. */
    until(date?: string): CompanyDay[] {
      const lived: CompanyDay[] = [];
      for (let next = happenings.next(); !next.done; next = happenings.next()) {
        vendor.day(next.value);
        lived.push(next.value);
        if (next.value.day.date === date) break;
      }
      return lived;
    },
  };
}

/** A network on which only this vendor answers. `before`: another answer instead, to make it misbehave. */
export const webOf = (vendor: DailyVendor, before?: (url: URL) => VendorReply | undefined): Web =>
  fakeWeb(async ({ method, headers, body }, url) => {
    const call = { method, url, headers: new Headers(headers), body: body ?? '' };
    return before?.(url) ?? (await vendor.answer(call));
  });

/** The lake's rows as the company's files make them. */
export async function rowsFromFiles(sources: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-files-'));
  const bucket = fileBucket(join(folder, '.vigie'));
  const engine = duckDbEngine({ bucket, threads: 1 });
  const world = {
    bucket,
    engine,
    inbox: folderInbox(folder, {}),
    log: silentLog,
    clock: frozenClock(morning),
  };
  const summary = await writeSandbox({ ...weeks, folder });
  const company = await readCompany(summary.config, { tables });
  await ensureTables(world, tables.all);
  for (const source of company.sources.filter(({ name }) => sources.includes(name))) {
    const platform = world as Partial<Platform> as Platform;
    const report = await pullSource(platform, { tables, company, source, asOf: weeks.endsOn, run: 'run-1' });
    if (report.problem) throw new Error(report.problem.message);
    for (const batch of report.batches) await loadBatch(world, batch, tables);
  }
  return {
    rows: (table: string, columns: string): Promise<Record<string, Cell>[]> =>
      queryRows(engine, `SELECT ${columns} FROM ${engine.dialect.table(table)} ORDER BY ALL`),
    async close() {
      await engine.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Every column of a table but those that say who wrote it. */
export const ownColumns = "COLUMNS(c -> c NOT LIKE '\\_%' ESCAPE '\\')";

/** The keys of a source in a piece of the company's vigie.yaml. */
export function keysOf(yaml: string): Record<string, unknown> {
  const [source] = parse(yaml, { merge: true }) as Record<string, unknown>[];
  const { kind: _kind, max_age_days: _age, ...keys } = source ?? {};
  return keys;
}
