import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { readCopy } from '../../functions/lake/run/lake-copy.ts';
import { isToldStill, TOLD_DAYS } from '../../functions/lake/run/retention.ts';
import { addDays } from '../../functions/lake/values/day.ts';
import { fileBucket } from '../../functions/platform/local/file-bucket.ts';
import { figuresOf, localRun } from '../kit/local-run.ts';
import { type TinyCompany, tinyCompany, unmeasured } from '../kit/tiny-company.ts';

let company: TinyCompany;
let state: string;
beforeEach(async () => {
  company = await tinyCompany([...unmeasured, 'products_per_order', 'units_per_order']);
  state = join(company.folder, 'state');
});

const morningAfter = (asOf: string) => ({
  config: company.config,
  state,
  asOf,
  at: `${addDays(asOf, 1)}T06:00:00Z`,
});
const runFor = (asOf: string, wrap?: Parameters<typeof localRun>[0]['wrap']) =>
  localRun({ ...morningAfter(asOf), ...(wrap && { wrap }) });
const filesIn = (folder: string): string[] =>
  existsSync(join(state, folder))
    ? readdirSync(join(state, folder), { recursive: true, encoding: 'utf8', withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(state.length + 1))
    : [];
const LATER = 45;

test('a batch goes after its days, once a copy of the lake holds it; the lake is refilled from both', async () => {
  const second = addDays(company.firstDay, 1);
  await runFor(company.firstDay);
  await runFor(second);
  expect(filesIn('copies')).toEqual([]);
  const later = addDays(company.firstDay, LATER);
  await runFor(later);
  const runs = filesIn('landing').map((file) => /run=([^/]+)/.exec(file)?.[1]?.slice(0, 10));
  expect(new Set(runs)).toEqual(new Set([later]));
  expect((await readCopy(fileBucket(state), 'erp', 'orders'))?.run.slice(0, 10)).toBe(later);
  const figures = await figuresOf(morningAfter(later), company.firstDay, later);

  rmSync(join(state, 'vigie.duckdb'));
  rmSync(join(state, 'snapshot'), { recursive: true });
  rmSync(join(company.folder, 'exports'), { recursive: true });
  // What is measured again reaches back to the first day.
  await localRun({ ...morningAfter(later), from: company.firstDay, at: `${addDays(later, 1)}T07:00:00Z` });
  const known = (lines: readonly string[]) =>
    lines.filter((line) => line.includes(company.firstDay) || line.includes(second)).map(withoutQuality);
  expect(known(await figuresOf(morningAfter(later), company.firstDay, later))).toEqual(known(figures));
  expect(known(figures).length).toBeGreaterThan(0);
}, 120_000);

/** The exports are gone: what is known of them is stale. */
const withoutQuality = (line: string): string => line.replace(/\b(ok|stale|incomplete)\b/, '');

test('a run that is killed while it copies leaves every batch, and the next one goes on', async () => {
  await runFor(company.firstDay);
  const landed = filesIn('landing').length;
  const later = addDays(company.firstDay, LATER);
  await runFor(later, (platform) => ({
    ...platform,
    engine: { ...platform.engine, files: { write: () => Promise.reject(new Error('killed')) } },
  }));
  expect(filesIn('landing').length).toBeGreaterThanOrEqual(landed);
  await runFor(addDays(later, 1));
  expect(filesIn('landing').some((file) => file.includes(`run=${company.firstDay}`))).toBe(false);
}, 120_000);

test('pages, records of items and answers go with time; receipts stay as long as their day may be told', async () => {
  await runFor(company.firstDay);
  const before = Object.fromEntries(
    ['mail', 'reports', 'work', 'outbox'].map((name) => [name, filesIn(name).length]),
  );
  expect(Object.values(before).every((count) => count > 0)).toBe(true);
  const later = addDays(company.firstDay, 100);
  await runFor(later);
  const ofFirst = (folder: string) => filesIn(folder).filter((file) => file.includes(`/${company.firstDay}`));
  for (const folder of ['mail', 'reports', 'work']) expect(ofFirst(folder), folder).toEqual([]);
  expect(ofFirst('outbox').length).toBe(before['outbox']);
  expect(await isToldStill(fileBucket(state), company.firstDay)).toBe(true);

  // A day further back than its receipts are kept is told to nobody, and its pages stay until another day is done.
  const muchLater = addDays(company.firstDay, TOLD_DAYS + 1);
  await runFor(muchLater);
  expect(ofFirst('outbox')).toEqual([]);
  const again = await localRun({
    ...morningAfter(company.firstDay),
    at: `${addDays(muchLater, 1)}T08:00:00Z`,
  });
  expect(again.mails.length).toBeGreaterThan(0);
  expect(new Set(again.mails.map(({ status }) => status))).toEqual(new Set(['written']));
  expect(ofFirst('outbox')).toEqual([]);
  // One page less than before: of all days.
  expect(ofFirst('reports').length).toBe((before['reports'] ?? 0) - 1);
}, 120_000);
