import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DailySeries, dailySeries } from '../../../functions/lake/series/daily-series.ts';
import { easter } from '../../../functions/lake/series/yearly-days.ts';
import {
  addDays,
  addMonths,
  datesBetween,
  dayNumber,
  lastOfMonth,
  weekdayOf,
} from '../../../functions/lake/values/day.ts';
import { Outlooks } from '../../../functions/measure/forecast/back-test.ts';
import { rangeOf, rangeOfShares } from '../../../functions/measure/forecast/interval.ts';
import { remainderAfter } from '../../../functions/measure/forecast/window-end.ts';
import { runs } from '../../kit/runs.ts';

const weekend = (date: string): boolean => ['saturday', 'sunday'].includes(weekdayOf(date));
const LAST = '2026-06-10';

/** So many days up to the last one; nothing at weekends. */
function seriesOf(value: (date: string, index: number) => number, days = 800, last = LAST): DailySeries {
  const dates = Array.from({ length: days }, (_, index) => addDays(last, index + 1 - days));
  const known = new Map(
    dates.filter((date) => !weekend(date)).map((date, index) => [date, value(date, index)]),
  );
  return dailySeries(known, (date) => !weekend(date)) as DailySeries;
}

const rest = (series: DailySeries, asOf: string, end: string): number | null =>
  remainderAfter(series, dayNumber(asOf))(dayNumber(end));

test('a business that does 100 on each working day will do 100 on each that is left', () => {
  // 11 to 30 June 2026: 14 working days.
  expect(
    rest(
      seriesOf(() => 100),
      LAST,
      '2026-06-30',
    ),
  ).toBeCloseTo(1400, 6);
  expect(
    rest(
      seriesOf(() => 100, 200),
      LAST,
      '2026-06-30',
    ),
  ).toBeCloseTo(1400, 6);
});

test('a weekday keeps its share, and nothing is left of a window that is over', () => {
  const mondays = seriesOf((date) => (weekdayOf(date) === 'monday' ? 300 : 100));
  // Mondays 15, 22 and 29 June.
  expect(rest(mondays, LAST, '2026-06-30')).toBeCloseTo(11 * 100 + 3 * 300, 0);
  expect(rest(mondays, LAST, LAST)).toBe(0);
});

test('what is done on closed days is done on those ahead, too: on weekends, and on a holiday as on the one before', () => {
  const holidays = ['2025-11-11', '2026-06-25'];
  const series = (closed: (date: string) => boolean): DailySeries => {
    const values = datesBetween('2024-06-01', LAST).map((date): [string, number] => {
      if (weekdayOf(date) === 'saturday') return [date, 30];
      if (weekdayOf(date) === 'sunday') return [date, 20];
      return [date, closed(date) ? 10 : 100];
    });
    return dailySeries(new Map(values), (date) => !closed(date)) as DailySeries;
  };
  // 11 to 30 June: 14 working days, Saturdays 13, 20, 27, Sundays 14, 21, 28.
  expect(rest(series(weekend), LAST, '2026-06-30')).toBeCloseTo(14 * 100 + 3 * 30 + 3 * 20, 6);
  // A day of the week around 11 November brought 460 / 7, so the holiday 10 out of that; a day of June brings 550 / 7.
  const asInNovember = (10 / 460) * 550;
  const withHolidays = series((date) => weekend(date) || holidays.includes(date));
  expect(rest(withHolidays, LAST, '2026-06-30')).toBeCloseTo(13 * 100 + 3 * 30 + 3 * 20 + asInNovember, 6);
});

test('one closed day with an outlier does not make the others, nor do closed days on which nothing is done', () => {
  const wild = dailySeries(
    new Map(
      datesBetween('2024-06-01', LAST).map((date): [string, number] => [
        date,
        date === '2026-05-10' ? 5000 : weekend(date) ? 0 : 100,
      ]),
    ),
    (date) => !weekend(date),
  ) as DailySeries;
  expect(rest(wild, LAST, '2026-06-30')).toBeCloseTo(1400, 0);
});

test('the closure of a year’s end comes again; a breakdown of one day does not', () => {
  const closes = (date: string): boolean => date.slice(5) >= '12-24' || date.slice(5) <= '01-02';
  const series = seriesOf((date) => (closes(date) ? 0 : 100), 700, '2026-12-10');
  // 11 to 23 December: 9 working days.
  expect(rest(series, '2026-12-10', '2026-12-31')).toBeCloseTo(900, -1);
  const broken = seriesOf((date) => (date === '2025-06-17' ? 0 : 100));
  expect(rest(broken, LAST, '2026-06-30')).toBeCloseTo(1400, -1);
});

test('Good Friday moves with Easter', () => {
  expect([2024, 2025, 2026, 2027].map((year) => easter(year))).toEqual(
    ['2024-03-31', '2025-04-20', '2026-04-05', '2027-03-28'].map(dayNumber),
  );
  const goodFridays = ['2025-04-18', '2026-04-03'];
  const series = seriesOf((date) => (date === goodFridays[0] ? 0 : 100), 600, '2026-04-01');
  // 2 to 7 April: Thursday, Good Friday, Monday, Tuesday.
  expect(rest(series, '2026-04-01', '2026-04-07')).toBeCloseTo(300, -1);
});

test('the last days of a month bring what they always bring', () => {
  const isLast = (date: string): boolean => {
    let next = addDays(date, 1);
    while (weekend(next)) next = addDays(next, 1);
    return next.slice(5, 7) !== date.slice(5, 7);
  };
  const found = rest(
    seriesOf((date) => (isLast(date) ? 400 : 100)),
    LAST,
    '2026-06-30',
  ) as number;
  expect(found).toBeGreaterThan(1600);
  expect(found).toBeLessThan(1750);
});

test('too young to tell: no forecast', () => {
  expect(
    rest(
      seriesOf(() => 100, 5),
      LAST,
      '2026-06-30',
    ),
  ).toBeNull();
  expect(new Outlooks(seriesOf(() => 100, 40)).of(LAST, '2026-06-01', '2026-06-30', 1)).toBeNull();
});

const noisy = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 570, maxLength: 570 });
const options = { numRuns: runs(15) };

test('twice as much of everything is twice the forecast', () => {
  fc.assert(
    fc.property(noisy, (values) => {
      const one = rest(
        seriesOf((_, index) => values[index] ?? 1),
        LAST,
        '2026-06-30',
      ) as number;
      const two = rest(
        seriesOf((_, index) => 2 * (values[index] ?? 1)),
        LAST,
        '2026-06-30',
      ) as number;
      expect(two).toBeCloseTo(2 * one, 4);
    }),
    options,
  );
});

test('nothing that comes later changes a forecast, nor its range', () => {
  fc.assert(
    fc.property(noisy, fc.integer({ min: 1, max: 5000 }), (values, later) => {
      const until = '2026-05-11';
      const series = (from: number) =>
        new Outlooks(seriesOf((date, index) => (date > until ? from : (values[index] ?? 1))));
      const of = (from: number) => series(from).of(until, '2026-05-01', '2026-05-31', 1);
      expect(of(later)).toEqual(of(7));
    }),
    options,
  );
});

test('many days asked of one are what each is alone, in any order', () => {
  const day = fc.integer({ min: 0, max: 240 }).map((back) => addDays(LAST, -back));
  const asked = fc.array(fc.tuple(day, fc.constantFrom(1, 3)), { minLength: 2, maxLength: 4 });
  const ends = (asOf: string, months: number): [string, string] => {
    const startsOn = addMonths(`${asOf.slice(0, 7)}-01`, 1 - months);
    return [startsOn, lastOfMonth(asOf)];
  };
  fc.assert(
    fc.property(noisy, asked, (values, all) => {
      const series = seriesOf((_, index) => values[index] ?? 0);
      const together = new Outlooks(series);
      for (const [asOf, months] of all) {
        const alone = new Outlooks(series).of(asOf, ...ends(asOf, months), months);
        expect(together.of(asOf, ...ends(asOf, months), months)).toEqual(alone);
      }
    }),
    { numRuns: runs(4) },
  );
});

test('a day’s remainder does not depend on how far else it was asked, near or beyond a quarter', () => {
  const until = dayNumber('2026-03-20');
  fc.assert(
    fc.property(noisy, fc.array(fc.integer({ min: -1, max: 140 }), { minLength: 1 }), (values, ends) => {
      const series = seriesOf((_, index) => values[index] ?? 0);
      const together = remainderAfter(series, until);
      for (const days of ends)
        expect(together(until + days)).toBe(remainderAfter(series, until, Math.max(1, days))(until + days));
    }),
    options,
  );
});

test('the range does not begin below what is there, unless things are taken back', () => {
  const wild = (_: string, index: number): number => (index % 17 === 0 ? 3000 : 5);
  const of = (series: DailySeries) => new Outlooks(series).of(LAST, '2026-06-01', '2026-06-30', 1);
  const booked = [1, 2, 3, 4, 5, 8, 9, 10].length;
  const calm = of(seriesOf(wild));
  expect(calm?.range?.low).toBeGreaterThanOrEqual(5 * booked);
  const returns = of(seriesOf((date, index) => (index === 3 ? -1 : wild(date, index))));
  expect(returns?.range?.low).toBeLessThan(5 * booked);
  // What is taken back after the day says nothing on it.
  const later = seriesOf((date, index) => (date > LAST ? -1 : wild(date, index)), 810, '2026-06-20');
  expect(of(later)).toEqual(calm);
});

test('the range: of ten errors that of rank 9, in what is still expected', () => {
  // Errors of 0.01 to 0.10 of what was expected; ⌈0.8 × 11⌉ = 9.
  const trials = Array.from({ length: 10 }, (_, index) => ({
    ...{ forecast: 1000, expected: 500 },
    actual: 1000 + 500 * 0.01 * (10 - index),
  }));
  const range = rangeOf(2000, 100, trials);
  expect(range?.low).toBeCloseTo(2000 - 100 * 0.09, 6);
  expect(range?.high).toBeCloseTo(2000 + 100 * 0.09, 6);
  expect(rangeOf(2000, 100, trials.slice(0, 7))).toBeNull();
});

test('after three misses of four the widest error counts', () => {
  const right = Array.from({ length: 20 }, () => ({ forecast: 1000, expected: 500, actual: 1005 }));
  const wrong = [400, 300, 200].map((off) => ({ forecast: 1000, expected: 500, actual: 1000 + off }));
  expect(rangeOf(1000, 100, [...wrong, ...right])).toMatchObject({ broken: true, high: 1080 });
});

test('a forecast that was always too low has a range above it, and never one below what is booked', () => {
  const earlier = Array.from({ length: 12 }, (_, index) => ({ said: 100, came: 110 + index }));
  // Of 12: ranks 1.3 and 11.7, 10.3 % and 20.7 % above what was said.
  const range = rangeOfShares(200, 150, earlier);
  expect(range?.low).toBeCloseTo(220.6, 6);
  expect(range?.high).toBeCloseTo(241.4, 6);
  expect(rangeOfShares(200, 230, earlier)?.low).toBe(230);
  expect(rangeOfShares(200, 150, earlier.slice(0, 7))).toBeNull();
});
