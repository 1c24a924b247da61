import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { feedExpectations } from '../../functions/check/expectations.ts';
import { type Company, companySchema } from '../../functions/lake/company/company.ts';
import { type LoadedState, loadedStateKey } from '../../functions/lake/landing/batch.ts';
import { writeJson } from '../../functions/platform/bucket.ts';
import { fileBucket } from '../../functions/platform/local/file-bucket.ts';
import { tables } from '../kit/tables.ts';

const feed = { table: 'sessions', path: 'tags_{date}.csv', columns: {} };
const byFiles: Company = companySchema.parse({
  company: { name: 'Test', time_zone: 'Europe/Paris', currency: 'EUR' },
  sources: [{ kind: 'files', name: 'tags', feeds: [feed] }],
});
const byApi: Company = {
  ...byFiles,
  sources: [
    {
      kind: 'ga4',
      name: 'tags',
      max_rejected_share: 0.01,
      max_minutes: 60,
      max_pages: 10_000,
      starts_on: '2026-11-01',
      settings: {},
      delivers: [{ table: 'sessions', maxAgeDays: 1 }],
    },
  ],
};

const input = (date: string, rows: number) => ({ name: date, fingerprint: date, date, rows, rejected: 0 });
const loaded = (inputs: LoadedState['inputs'], lastDate: string | null): LoadedState => ({
  ...{ table: 'sessions', source: 'tags', run: 'r', loadedAt: '', mappingHash: '', inputs },
  ...{ firstDate: lastDate, lastDate },
});

async function deliveredOn(company: Company, state: LoadedState): Promise<string | null | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-expectations-'));
  const bucket = fileBucket(folder);
  await writeJson(bucket, loadedStateKey('tags', 'sessions'), state);
  const {
    feeds: [expectation],
  } = await feedExpectations({ bucket }, company, tables, '2026-11-21');
  await rm(folder, { recursive: true });
  return expectation?.deliveredOn;
}

const silentDays = loaded([input('2026-11-17', 40), input('2026-11-21', 0)], '2026-11-17');

test('an empty file says that nothing happened; an empty answer says nothing', async () => {
  expect(await deliveredOn(byFiles, silentDays)).toBe('2026-11-21');
  expect(await deliveredOn(byApi, silentDays)).toBeNull();
});

test('a source that never answered with anything has delivered nothing', async () => {
  expect(await deliveredOn(byApi, loaded([input('2026-11-21', 0)], null))).toBeNull();
});

test('a table without dates was delivered on the day it was read', async () => {
  expect(await deliveredOn(byApi, loaded([input('2026-11-21', 1600)], null))).toBe('2026-11-21');
});

describe('a table that is late', () => {
  const [ga4] = byApi.sources;
  const google = { ...ga4, kind: 'search-console', delivers: [{ table: 'search_clicks' }] };
  const closed = { weekdays: ['sunday' as const], days: [] };
  const owedOn = async (asOf: string, delivers: object = { table: 'search_clicks' }) => {
    const folder = await mkdtemp(join(tmpdir(), 'vigie-expectations-'));
    const company = {
      ...byApi,
      company: { ...byApi.company, closed },
      sources: [{ ...google, delivers: [delivers] }],
    } as Company;
    const { feeds } = await feedExpectations({ bucket: fileBucket(folder) }, company, tables, asOf);
    await rm(folder, { recursive: true });
    return feeds[0]?.expectedOn;
  };

  test('owes the day so many calendar days before, or the day of trade before that', async () => {
    expect(await owedOn('2026-11-21')).toBe('2026-11-18');
    expect(await owedOn('2026-11-24')).toBe('2026-11-21');
    // The 22nd is a Sunday.
    expect(await owedOn('2026-11-25')).toBe('2026-11-21');
  });

  test('owes what a company says instead: days of trade, or nothing', async () => {
    expect(await owedOn('2026-11-24', { table: 'search_clicks', maxAgeDays: 2 })).toBe('2026-11-21');
    expect(await owedOn('2026-11-24', { table: 'search_clicks', maxAgeDays: null })).toBeNull();
  });
});
