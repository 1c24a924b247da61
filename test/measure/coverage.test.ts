import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { periodsFor } from '../../functions/lake/company/calendar.ts';
import type { Company } from '../../functions/lake/company/company.ts';
import { type LoadedState, loadedStateKey } from '../../functions/lake/landing/batch.ts';
import { comparable, firstDayOf } from '../../functions/measure/coverage.ts';
import { fileBucket } from '../../functions/platform/local/file-bucket.ts';
import { tables } from '../kit/tables.ts';

const closed = { weekdays: ['saturday' as const, 'sunday' as const], days: [] };
const periods = periodsFor(
  { closed, fiscal_year_starts: 1 },
  ['2026-03-10'],
  ['last_7d', 'mtd', 'last_365d'],
);
const names = (dataFrom: string | null, prior = false) =>
  comparable(periods, prior, dataFrom, closed).map(({ period, comparison }) => `${period} ${comparison}`);

test('without knowledge of the first day every window stays', () => {
  expect(names(null)).toHaveLength(9);
});

test('an earlier window that begins before the data is left out; the current ones stay', () => {
  // Previous 7 days begin on 25 February, previous month to date on 1 February.
  expect(names('2026-02-20')).toEqual([
    'last_7d current',
    'last_7d previous',
    'mtd current',
    'last_365d current',
  ]);
});

test('days without trade before the first one are no gap', () => {
  // 1 February 2026 is a Sunday: data from Monday on covers the month.
  expect(names('2026-02-02')).toContain('mtd previous');
  expect(names('2026-02-03')).not.toContain('mtd previous');
});

test('a KPI that is set against its prior window has no figure until that is covered', () => {
  // The 365 days that end on 10 March 2026 begin on 11 March 2025; the 365 before them on 11 March 2024, a Monday.
  expect(names('2024-03-11', true)).toContain('last_365d current');
  expect(names('2024-03-12', true)).not.toContain('last_365d current');
});

/** The first day of a KPI where these tables begin on these days. */
async function firstDay(
  begin: Readonly<Record<string, string>>,
  kpi: Parameters<typeof firstDayOf>[2],
): Promise<string | null> {
  const bucket = fileBucket(mkdtempSync(join(tmpdir(), 'vigie-coverage-')));
  for (const [table, firstDate] of Object.entries(begin)) {
    const facts = {
      run: 'r',
      loadedAt: '2026-03-10T05:00:00Z',
      mappingHash: 'm',
      inputs: [],
      lastDate: firstDate,
    };
    const state: LoadedState = { table, source: 'crm', firstDate, ...facts };
    await bucket.write(loadedStateKey('crm', table), Buffer.from(JSON.stringify(state)));
  }
  return firstDayOf(bucket, { sources: [{ name: 'crm' }] } as unknown as Company, kpi, tables);
}

const optional = { history: 'all', ahead: 0, optional: true } as const;

test('data begins with the table that begins last, of those in which nothing is missing', async () => {
  const begin = {
    leads: '2026-01-05',
    people_reached: '2026-02-01',
    marketing_costs: '2026-03-01',
    customers: '2026-03-01',
  };
  const reads = { leads: null, people_reached: null, marketing_costs: null, customers: null };
  expect(await firstDay(begin, { reads })).toBe('2026-02-01');
});

test('what has to ripen is whole so many days later', async () => {
  expect(await firstDay({ leads: '2026-01-05' }, { reads: { leads: null }, ripens: 30 })).toBe('2026-02-04');
});

test('what is known late is whole so many days later', async () => {
  const kpi = { reads: { search_clicks: { history: 3, ahead: 0 } }, late: 3 } as const;
  expect(await firstDay({ search_clicks: '2026-01-05' }, kpi)).toBe('2026-01-08');
});

test('every KPI that reads a table which is late counts as much later, reads as far back, and says so', () => {
  const late = tables.all.filter((table) => table.late > 0);
  expect(late.map(({ name, late: days }) => [name, days])).toEqual([['search_clicks', 3]]);
  const catalogue = loadCatalogue();
  const readers = catalogue.kpis.filter(({ reads }) => Object.hasOwn(reads, 'search_clicks'));
  expect(readers.map(({ id }) => id)).toEqual(['organic_search_clicks', 'search_click_rate']);
  for (const kpi of readers) {
    expect([kpi.late, kpi.reads['search_clicks']]).toMatchObject([3, { history: 3 }]);
    const sql = [kpi, ...catalogue.viewsOf(kpi)].map((part) => part.sql).join('\n');
    expect(sql).toContain("searched_on + INTERVAL '3' DAY");
  }
});

test('an optional table does not hold back one that is needed; of optional ones alone the last counts', async () => {
  const begin = { stage_history: '2026-01-05', leads: '2026-02-01', deals: '2026-01-10' };
  expect(await firstDay(begin, { reads: { stage_history: null, leads: optional } })).toBe('2026-01-05');
  expect(await firstDay(begin, { reads: { leads: optional, deals: optional, trials: optional } })).toBe(
    '2026-02-01',
  );
});

test('of tables that never came nothing is known', async () => {
  expect(await firstDay({}, { reads: { leads: null }, ripens: 30 })).toBeNull();
});
