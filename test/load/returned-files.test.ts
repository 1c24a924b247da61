import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { companySchema } from '../../functions/lake/company/company.ts';
import { type LoadedState, loadedStateKey } from '../../functions/lake/landing/batch.ts';
import { ensureTables } from '../../functions/load/ensure-tables.ts';
import { loadBatch } from '../../functions/load/load-batch.ts';
import { readJson } from '../../functions/platform/bucket.ts';
import { folderInbox } from '../../functions/platform/local/folder-inbox.ts';
import type { Platform } from '../../functions/platform/platform.ts';
import { pullSource } from '../../functions/pull/pull-source.ts';
import { runs } from '../kit/runs.ts';
import { tableOf, tables } from '../kit/tables.ts';
import { lakeRows, localWorld } from './world.ts';

const world = localWorld();
afterAll(world.close);

const FEED = {
  table: 'customers',
  path: 'customers_{date}.csv',
  columns: { customer_id: 'id', name: 'name' },
};
const company = companySchema.parse({
  company: { name: 'Rivoli', time_zone: 'Europe/Paris', currency: 'EUR' },
  sources: [{ kind: 'files', name: 'shop', feeds: [FEED] }],
});
const [source] = company.sources;
if (!source) throw new Error('a source');

/** What a file of a day says of customers: their names. */
type Told = Readonly<Record<string, string>>;

let place = '';
let run = 0;
const fileOf = (day: string): string => join(place, `customers_${day}.csv`);
function put(day: string, told: Told): void {
  const lines = Object.entries(told).map(([id, name]) => `${id},${name}`);
  writeFileSync(fileOf(day), `id,name\n${lines.join('\n')}\n`);
  // As a copy does that keeps times: size and time are what they were.
  utimesSync(fileOf(day), new Date(day), new Date(day));
}
const take = (day: string): void => rmSync(fileOf(day), { force: true });

/** A new folder, and a lake that holds nothing. */
async function begin(): Promise<void> {
  run += 1;
  place = join(world.folder, `inbox-${run}`);
  mkdirSync(place, { recursive: true });
  await world.engine.execute('DROP SCHEMA lake CASCADE; CREATE SCHEMA lake');
  await world.bucket.remove(loadedStateKey('shop', 'customers'));
  await ensureTables(world, [tableOf('customers')]);
}

/** A morning: what was read. */
async function morning(asOf: string): Promise<string[]> {
  run += 1;
  const platform = { ...world, inbox: folderInbox(place, {}) } as Partial<Platform> as Platform;
  const id = `${asOf}.20261122T${String(run).padStart(6, '0')}Z`;
  const report = await pullSource(platform, { tables, company, source: source as never, asOf, run: id });
  expect(report.problem).toBeUndefined();
  for (const batch of report.batches) await loadBatch(world, batch, tables);
  return report.batches.flatMap(({ inputs }) => inputs.map(({ date }) => date as string));
}

const names = async (): Promise<Record<string, unknown>> =>
  Object.fromEntries(
    (await lakeRows(world.engine, 'customers', 'customer_id, name')).map((row) => [
      row['customer_id'],
      row['name'],
    ]),
  );
const known = async (): Promise<LoadedState> =>
  (await readJson<LoadedState>(world.bucket, loadedStateKey('shop', 'customers'))) as LoadedState;

test('a file that is gone for long is forgotten; when it comes back, it counts once, and later files keep the last word', async () => {
  await begin();
  put('2024-01-01', { A: 'old', B: 'gone from later files' });
  put('2026-11-20', { A: 'new' });
  expect(await morning('2026-11-20')).toEqual(['2024-01-01', '2026-11-20']);
  take('2024-01-01');
  put('2026-11-21', { C: 'another' });
  await morning('2026-11-21');
  expect((await known()).inputs.map(({ date }) => date)).toEqual(['2026-11-20', '2026-11-21']);
  put('2024-01-01', { A: 'old', B: 'gone from later files' });
  expect(await morning('2026-11-21')).toEqual(['2024-01-01', '2026-11-20', '2026-11-21']);
  expect(await names()).toEqual({ A: 'new', B: 'gone from later files', C: 'another' });
  expect(await morning('2026-11-21')).toEqual([]);
});

const DAYS = ['2023-03-01', '2023-09-01', '2024-06-01', '2025-02-01', '2026-11-19', '2026-11-20'];
const told = fc.dictionary(fc.constantFrom('A', 'B', 'C'), fc.constantFrom('x', 'y', 'z'), {
  minKeys: 1,
  noNullPrototype: true,
});

test('whatever vanishes and comes back, once all files are there the lake is as one delivery of them leaves it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(told, { minLength: DAYS.length, maxLength: DAYS.length }),
      fc.array(fc.subarray(DAYS), { minLength: 1, maxLength: 2 }),
      async (contents, mornings) => {
        await begin();
        // A file of the day is always there, so that each morning has something to note what is gone.
        // The first morning has them all: of a file that was never there before nobody knows that it is late.
        for (const [index, there] of [DAYS, ...mornings].entries()) {
          for (const [at, day] of DAYS.entries())
            there.includes(day) ? put(day, contents[at] as Told) : take(day);
          put('2026-11-21', { D: String(index) });
          utimesSync(fileOf('2026-11-21'), new Date(index * 1000), new Date(index * 1000));
          await morning('2026-11-21');
        }
        for (const [at, day] of DAYS.entries()) put(day, contents[at] as Told);
        put('2026-11-21', { D: 'last' });
        await morning('2026-11-21');
        expect(await names()).toEqual(Object.assign({}, ...contents, { D: 'last' }));
      },
    ),
    { numRuns: runs(5) },
  );
}, 180_000);
