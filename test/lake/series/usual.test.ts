import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { type DailySeries, dailySeries } from '../../../functions/lake/series/daily-series.ts';
import { chanceOf, counted, type Measure, odds, relative } from '../../../functions/lake/series/deviation.ts';
import { UsualDays } from '../../../functions/lake/series/usual.ts';
import type { Unknown, Usual, Watched } from '../../../functions/lake/series/watched.ts';
import { addDays, dayNumber, weekdayOf } from '../../../functions/lake/values/day.ts';
import { runs } from '../../kit/runs.ts';

const LAST = '2026-06-10';
const weekend = (date: string): boolean => ['saturday', 'sunday'].includes(weekdayOf(date));

function seriesOf(value: (index: number, date: string) => number, days: number): DailySeries {
  const dates = Array.from({ length: days }, (_, index) => addDays(LAST, index + 1 - days));
  const trading = dates.filter((date) => !weekend(date));
  return dailySeries(
    new Map(trading.map((date, index) => [date, value(index, date)])),
    (date) => !weekend(date),
  ) as DailySeries;
}

const days = (series: DailySeries, more: Partial<Watched> = {}): UsualDays =>
  new UsualDays({
    ...{ series, known: () => true, bridges: () => false, summed: 1, window: 1, measure: relative },
    depth: 800,
    ...more,
  });

const judged = (found: Usual | Unknown): Usual => {
  if ('why' in found) throw new Error(`not judged: ${JSON.stringify(found)}`);
  return found;
};

const MEASURES = { relative, counted, odds } satisfies Record<string, Measure>;
const measure = fc.constantFrom(...Object.values(MEASURES));
const amounts = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 320, maxLength: 320 });
const options = { numRuns: runs(15) };

test('a company of any size is judged alike', () => {
  fc.assert(
    fc.property(amounts, fc.double({ min: 1e-3, max: 1e4, noNaN: true }), (values, scale) => {
      const of = (by: number): number => {
        const series = seriesOf((index) => (values[index] ?? 1) * by, 440);
        return judged(days(series).of(dayNumber(LAST))).deviations(series.values.at(-1) as number);
      };
      expect(of(scale)).toBeCloseTo(of(1), 6);
    }),
    options,
  );
});

test('nothing of the day itself, nor of a later one, changes what is usual of it', () => {
  fc.assert(
    fc.property(
      amounts,
      fc.integer({ min: 1, max: 9999 }),
      fc.constantFrom(1, 7),
      (values, later, window) => {
        const asOf = '2026-05-13';
        const of = (from: number): unknown => {
          const series = seriesOf((index, date) => (date >= asOf ? from : (values[index] ?? 1)), 440);
          const found = days(series, { window, summed: window }).of(dayNumber(asOf));
          return 'why' in found
            ? found
            : { ...found, low: found.at(-3), high: found.at(3), at: 0, deviations: 0 };
        };
        expect(of(later)).toEqual(of(1));
      },
    ),
    options,
  );
});

test('the order in which days are asked for does not matter', () => {
  fc.assert(
    fc.property(
      amounts,
      fc.shuffledSubarray([0, 1, 2, 5, 6, 7, 12, 20], { minLength: 8 }),
      (values, order) => {
        const series = seriesOf((index) => values[index] ?? 1, 440);
        const one = days(series);
        for (const back of order) {
          const day = dayNumber(LAST) - back;
          const [asked, alone] = [one.of(day), days(series).of(day)];
          if ('why' in alone) expect(asked).toEqual(alone);
          else expect(judged(asked).at(2)).toBe(alone.at(2));
        }
      },
    ),
    options,
  );
});

test('what never changes is never unusual, whatever is counted', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      measure,
      fc.constantFrom(1, 7, 28),
      fc.boolean(),
      (value, how, window, adds) => {
        const watched = days(
          seriesOf(() => value, 500),
          { measure: how, window, summed: adds ? window : 1 },
        );
        // Of windows that are sums, a window with a day of trade more or less is no constant.
        const inWindow = (day: number): number =>
          Array.from({ length: window }, (_, back) => day - back).filter(
            (each) => !weekend(addDays('1970-01-01', each)),
          ).length;
        for (let day = dayNumber(LAST) - 30; day <= dayNumber(LAST); day += 1) {
          if (weekend(addDays('1970-01-01', day))) continue;
          const figure = adds ? value * inWindow(day) : value;
          expect(Math.abs(judged(watched.of(day)).deviations(figure))).toBeLessThan(0.01);
        }
      },
    ),
    options,
  );
});

test('a level and the figure on it are the same distance', () => {
  fc.assert(
    fc.property(fc.double({ min: -6, max: 6, noNaN: true }), (distance) => {
      const usual = judged(days(seriesOf((index) => 100 + ((index * 37) % 11), 440)).of(dayNumber(LAST)));
      const back = usual.deviations(usual.at(distance));
      // Within what season and place leave open there is no distance.
      expect(Math.abs(back)).toBeLessThanOrEqual(Math.abs(distance) + 1e-9);
      if (Math.abs(back) > 1e-9) expect(back).toBeCloseTo(distance, 6);
    }),
    { numRuns: runs(100) },
  );
});

it.each(Object.entries(MEASURES))('%s: back is the other way', (_, { of, back }) => {
  for (const distance of [-0.5, -0.1, 0, 0.3, 0.9])
    expect(of(back(distance, 0.4), 0.4)).toBeCloseTo(distance, 9);
  expect(of(0.4, 0.4)).toBe(0);
});

it('as little as nothing is finite, and less than nothing no error', () => {
  for (const { of } of Object.values(MEASURES))
    for (const value of [0, -5]) expect(of(value, 0.4)).toBeLessThan(-1);
});

it('chances are those of Student’s t with five degrees of freedom (tables)', () => {
  expect(chanceOf(0)).toBeCloseTo(0.5, 9);
  expect(chanceOf(2.015)).toBeCloseTo(0.05, 4);
  expect(chanceOf(4.032)).toBeCloseTo(0.005, 5);
  expect(chanceOf(-2.015)).toBeCloseTo(0.95, 4);
});

it('the closure of a year’s end that comes again is not unusual, nor a fair of a week a year ago', () => {
  const closes = (date: string): boolean => date.slice(5) >= '12-24' || date.slice(5) <= '01-02';
  const noise = (index: number): number => 1 + (((index * 7919) % 101) - 50) / 1000;
  const fair = (date: string): boolean => date.slice(5) >= '06-08' && date.slice(5) <= '06-12';
  const series = seriesOf(
    (index, date) => (closes(date) ? 1 : 100) * (fair(date) ? 2 : 1) * noise(index),
    800,
  );
  const usual = days(series);
  const off = (date: string): number =>
    judged(usual.of(dayNumber(date))).deviations(series.values[dayNumber(date) - series.first] as number);
  for (const date of ['2025-12-24', '2025-12-29', '2026-01-02', '2026-06-09', '2026-06-10'])
    expect(Math.abs(off(date)), date).toBeLessThan(3);
  // Twice as much in another week is.
  expect(judged(usual.of(dayNumber('2026-06-03'))).deviations(200)).toBeGreaterThan(5);
});
