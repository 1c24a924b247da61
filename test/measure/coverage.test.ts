import { expect, test } from 'vitest';
import { periodsFor } from '../../functions/lake/company/calendar.ts';
import { comparable } from '../../functions/measure/coverage.ts';

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
