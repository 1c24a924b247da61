import { describe, expect, it, test } from 'vitest';
import { type ComparisonName, type PeriodName, periodNames } from '../../../functions/lake/catalogue/kpi.ts';
import { spanOf } from '../../../functions/lake/company/calendar.ts';
import { earlierAsOfs, earlierWindows } from '../../../functions/lake/drivers/earlier.ts';
import type { FigureRow } from '../../../functions/lake/drivers/windows.ts';

const calendar = { closed: { weekdays: ['sunday' as const], days: ['2026-11-11'] }, fiscal_year_starts: 1 };
const asOf = '2026-03-31';

/** A window is told by its span. */
const windowOf =
  (period: PeriodName) =>
  (day: string, comparison: ComparisonName): FigureRow[] => {
    const { startsOn, endsOn } = spanOf(calendar, day, period, comparison);
    return [{ dimension: null, member: `${startsOn} ${endsOn}`, numerator: '1', denominator: null }];
  };
const spans = (windows: readonly (readonly FigureRow[])[]): string[] =>
  windows.map(([row]) => row?.member ?? '');

describe('earlier windows', () => {
  it('end on the same weekday, on the same day of the month, or on days of trade', () => {
    expect(earlierAsOfs(calendar, asOf, 'last_7d').slice(0, 3)).toEqual([asOf, '2026-03-24', '2026-03-17']);
    expect(earlierAsOfs(calendar, asOf, 'mtd').slice(0, 3)).toEqual([asOf, '2026-02-28', '2026-01-31']);
    expect(earlierAsOfs(calendar, '2026-11-12', 'day').slice(0, 4)).toEqual([
      '2026-11-12',
      '2026-11-10',
      '2026-11-09',
      '2026-11-07',
    ]);
  });

  test.each(periodNames)(
    'none overlaps another or the current one, and none is there twice (%s)',
    (period) => {
      for (const against of ['previous', 'last_year'] as const) {
        const { habit, runs } = earlierWindows(calendar, { asOf, period, against }, windowOf(period));
        const current = windowOf(period)(asOf, 'current')[0]?.member ?? '';
        const all = [current, ...spans(runs.flat())].toSorted().toReversed();
        for (const [index, span] of all.slice(1).entries())
          expect(span.split(' ')[1]?.localeCompare(all[index]?.split(' ')[0] ?? '')).toBe(-1);
        // The habit begins with the window that the change is counted from.
        expect(spans(habit)[0]).toBe(windowOf(period)(asOf, against)[0]?.member);
        expect(habit.length).toBeLessThanOrEqual(8);
        for (const window of spans(habit)) expect(spans(runs.flat())).toContain(window);
      }
    },
  );

  it('of a company that measured one day are the two it is compared with', () => {
    const first = (day: string, comparison: ComparisonName) =>
      day === asOf ? windowOf('last_7d')(day, comparison) : [];
    const { habit, runs } = earlierWindows(calendar, { asOf, period: 'last_7d', against: 'previous' }, first);
    expect(spans(habit)).toEqual(['2026-03-18 2026-03-24']);
    expect(spans(runs.flat())).toEqual(['2026-03-18 2026-03-24', '2025-03-26 2025-04-01']);
  });

  it('not recorded of themselves are known from what later ones were compared with', () => {
    const gaps = (day: string, comparison: ComparisonName) =>
      day === '2026-03-17' && comparison === 'current' ? [] : windowOf('last_7d')(day, comparison);
    const { habit } = earlierWindows(calendar, { asOf, period: 'last_7d', against: 'previous' }, gaps);
    expect(spans(habit).slice(0, 3)).toEqual([
      '2026-03-18 2026-03-24',
      '2026-03-11 2026-03-17',
      '2026-03-04 2026-03-10',
    ]);
  });
});
