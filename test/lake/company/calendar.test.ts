import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { comparisonNames, type PeriodName, periodNames } from '../../../functions/lake/catalogue/kpi.ts';
import {
  isTradingDay,
  latestTradingDay,
  periodsFor,
  spanOf,
  tradingDays,
} from '../../../functions/lake/company/calendar.ts';
import { addDays, datesBetween, daysBetween, weekdayOf } from '../../../functions/lake/values/day.ts';
import { businessDate } from '../../../functions/lake/values/zone.ts';

const open = { weekdays: [], days: [] };
const weekend = { weekdays: ['saturday' as const, 'sunday' as const], days: ['2026-12-25'] };
const options = { closed: open, fiscal_year_starts: 1 };

const anyDate = fc.integer({ min: 0, max: 36_524 }).map((days) => addDays('1980-01-01', days));
const anyOptions = fc.record({
  fiscal_year_starts: fc.integer({ min: 1, max: 12 }),
  closed: fc.constantFrom(open, weekend),
});

const span = (
  asOf: string,
  period: PeriodName,
  comparison: 'current' | 'previous' | 'last_year' = 'current',
  over = {},
) => {
  const { startsOn, endsOn } = spanOf({ ...options, ...over }, asOf, period, comparison);
  return `${startsOn}…${endsOn}`;
};

describe('windows, by hand', () => {
  test.each<[string, PeriodName, 'current' | 'previous' | 'last_year', string]>([
    ['2026-11-21', 'day', 'current', '2026-11-21…2026-11-21'],
    ['2026-11-21', 'day', 'previous', '2026-11-20…2026-11-20'],
    ['2026-11-21', 'day', 'last_year', '2025-11-22…2025-11-22'],
    ['2026-11-21', 'last_7d', 'current', '2026-11-15…2026-11-21'],
    ['2026-11-21', 'last_7d', 'previous', '2026-11-08…2026-11-14'],
    ['2026-11-21', 'last_7d', 'last_year', '2025-11-16…2025-11-22'],
    ['2026-11-21', 'last_28d', 'current', '2026-10-25…2026-11-21'],
    ['2026-11-21', 'last_28d', 'previous', '2026-09-27…2026-10-24'],
    ['2026-11-21', 'last_365d', 'previous', '2024-11-22…2025-11-21'],
    ['2026-11-21', 'last_365d', 'last_year', '2024-11-22…2025-11-21'],
    ['2026-11-21', 'mtd', 'current', '2026-11-01…2026-11-21'],
    ['2026-11-21', 'mtd', 'previous', '2026-10-01…2026-10-21'],
    ['2026-11-21', 'mtd', 'last_year', '2025-11-01…2025-11-21'],
    ['2026-11-21', 'qtd', 'current', '2026-10-01…2026-11-21'],
    ['2026-11-21', 'qtd', 'previous', '2026-07-01…2026-08-21'],
    ['2026-11-21', 'ytd', 'current', '2026-01-01…2026-11-21'],
    ['2026-11-21', 'ytd', 'previous', '2025-01-01…2025-11-21'],
    // A month that has no such day ends on its last.
    ['2026-03-31', 'mtd', 'previous', '2026-02-01…2026-02-28'],
    ['2024-03-30', 'mtd', 'previous', '2024-02-01…2024-02-29'],
    ['2024-02-29', 'mtd', 'last_year', '2023-02-01…2023-02-28'],
    ['2024-02-29', 'ytd', 'last_year', '2023-01-01…2023-02-28'],
    ['2026-05-31', 'qtd', 'previous', '2026-01-01…2026-02-28'],
    ['2026-01-01', 'mtd', 'previous', '2025-12-01…2025-12-01'],
    ['2026-01-01', 'qtd', 'previous', '2025-10-01…2025-10-01'],
    ['2026-01-01', 'ytd', 'current', '2026-01-01…2026-01-01'],
  ])('%s %s %s is %s', (asOf, period, comparison, expected) => {
    expect(span(asOf, period, comparison)).toBe(expected);
  });

  test.each<[number, PeriodName, string]>([
    [4, 'ytd', '2026-04-01…2026-11-21'],
    [12, 'ytd', '2025-12-01…2026-11-21'],
    [11, 'qtd', '2026-11-01…2026-11-21'],
    [2, 'qtd', '2026-11-01…2026-11-21'],
    [3, 'qtd', '2026-09-01…2026-11-21'],
    [4, 'mtd', '2026-11-01…2026-11-21'],
  ])('a fiscal year from month %i: %s is %s', (fiscal_year_starts, period, expected) => {
    expect(span('2026-11-21', period, 'current', { fiscal_year_starts })).toBe(expected);
  });

  test('a Monday is compared with the Friday before where the weekend is closed', () => {
    expect(span('2026-11-23', 'day', 'previous', { closed: weekend })).toBe('2026-11-20…2026-11-20');
    expect(span('2026-12-28', 'day', 'previous', { closed: weekend })).toBe('2026-12-24…2026-12-24');
    expect(span('2026-11-23', 'last_7d', 'previous', { closed: weekend })).toBe('2026-11-10…2026-11-16');
  });
});

describe('windows, as laws', () => {
  test('a current window ends on the as-of date and holds it', () => {
    fc.assert(
      fc.property(anyDate, anyOptions, fc.constantFrom(...periodNames), (asOf, over, period) => {
        const { startsOn, endsOn } = spanOf(over, asOf, period, 'current');
        expect(endsOn).toBe(asOf);
        expect(startsOn <= asOf).toBe(true);
      }),
    );
  });

  test('a comparison lies before: previous never overlaps the current window, last_year is 364 or about 365 days back', () => {
    fc.assert(
      fc.property(anyDate, anyOptions, fc.constantFrom(...periodNames), (asOf, over, period) => {
        const current = spanOf(over, asOf, period, 'current');
        const previous = spanOf(over, asOf, period, 'previous');
        const lastYear = spanOf(over, asOf, period, 'last_year');
        expect(previous.startsOn <= previous.endsOn && previous.endsOn < current.startsOn).toBe(true);
        const back = daysBetween(lastYear.endsOn, asOf);
        expect(
          ['day', 'last_7d', 'last_28d'].includes(period) ? back === 364 : back === 365 || back === 366,
        ).toBe(true);
        if (period === 'day' || period === 'last_7d')
          expect(weekdayOf(lastYear.endsOn)).toBe(weekdayOf(asOf));
      }),
    );
  });

  test('rolling windows keep their length; to-date windows begin on the first of a month of the fiscal year', () => {
    const length: Partial<Record<PeriodName, number>> = { day: 1, last_7d: 7, last_28d: 28, last_365d: 365 };
    const monthsIn = { mtd: 1, qtd: 3, ytd: 12 };
    fc.assert(
      fc.property(
        anyDate,
        anyOptions,
        fc.constantFrom(...periodNames),
        fc.constantFrom(...comparisonNames),
        (asOf, over, period, comparison) => {
          const { startsOn, endsOn } = spanOf(over, asOf, period, comparison);
          if (period in length) {
            expect(daysBetween(startsOn, endsOn) + 1).toBe(length[period]);
            return;
          }
          const months =
            (Number(startsOn.slice(5, 7)) - over.fiscal_year_starts + 12) %
            monthsIn[period as keyof typeof monthsIn];
          expect([startsOn.slice(8), months]).toEqual(['01', 0]);
          expect(daysBetween(startsOn, endsOn)).toBeLessThan(
            { mtd: 31, qtd: 92, ytd: 366 }[period as keyof typeof monthsIn],
          );
        },
      ),
    );
  });

  test('the prior window has the same length and ends the day before', () => {
    fc.assert(
      fc.property(anyDate, anyOptions, (asOf, over) => {
        const periods = periodsFor(over, [asOf], periodNames);
        expect(periods).toHaveLength(periodNames.length * comparisonNames.length);
        for (const p of periods) {
          expect(addDays(p.priorEndsOn, 1)).toBe(p.startsOn);
          expect(daysBetween(p.priorStartsOn, p.priorEndsOn)).toBe(daysBetween(p.startsOn, p.endsOn));
        }
      }),
    );
  });
});

describe('days', () => {
  test('adding and counting are inverse, across leap days and changes of the clock', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -2000, max: 2000 }), (date, days) => {
        expect(daysBetween(date, addDays(date, days))).toBe(days);
      }),
    );
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2026-03-29', 1)).toBe('2026-03-30');
    expect(datesBetween('2023-12-31', '2024-01-02')).toEqual(['2023-12-31', '2024-01-01', '2024-01-02']);
    expect(datesBetween('2024-01-02', '2024-01-01')).toEqual([]);
  });

  test('the latest trading day is a trading day, and none lies between it and the date', () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        const latest = latestTradingDay(weekend, date);
        expect(isTradingDay(weekend, latest)).toBe(true);
        expect(tradingDays(weekend, addDays(latest, 1), date)).toBe(0);
      }),
    );
    const always = {
      weekdays: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as never,
      days: [],
    };
    expect(latestTradingDay(always, '2026-11-21')).toBe('2026-11-21');
  });

  test('the business date is the day in the company’s zone', () => {
    expect(businessDate('2026-11-21T23:30:00Z', 'Europe/Paris')).toBe('2026-11-22');
    expect(businessDate('2026-03-28T23:00:00Z', 'Europe/Paris')).toBe('2026-03-29');
    expect(businessDate(new Date('2026-11-21T03:00:00Z'), 'America/Montreal')).toBe('2026-11-20');
  });
});
