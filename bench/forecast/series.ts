import { readFileSync } from 'node:fs';
import { type DailySeries, dailySeries, sumOf } from '../../functions/lake/series/daily-series.ts';
import {
  addDays,
  addMonths,
  dayNumber,
  dayText,
  lastOfMonth,
  weekdayOf,
} from '../../functions/lake/values/day.ts';
import { Outlooks } from '../../functions/measure/forecast/back-test.ts';

/** A month at one of its days: what came, what was forecast, and what simpler rules say. */
export interface SeriesTrial {
  readonly day: number;
  readonly actual: number;
  readonly forecast: number;
  readonly straight: number | null;
  readonly lastYear: number | null;
  /** Whether what came was within the range; null without one. */
  readonly within: boolean | null;
  /** Width of the range, as a share of what came. */
  readonly width: number | null;
}

/** Every whole month from the first that has 13 months of history before it. */
export function monthTrials(series: DailySeries, days: readonly number[], history = 13): SeriesTrial[] {
  const outlooks = new Outlooks(series);
  const last = dayText(series.first + series.values.length - 1);
  const trials: SeriesTrial[] = [];
  const begin = addMonths(
    `${dayText(series.first).slice(0, 7)}-01`,
    history + (dayText(series.first).endsWith('-01') ? 0 : 1),
  );
  for (let start = begin; lastOfMonth(start) <= last; start = addMonths(start, 1)) {
    const end = lastOfMonth(start);
    const total = (from: string, to: string): number => sumOf(series, dayNumber(from), dayNumber(to));
    const actual = total(start, end);
    for (const day of days) {
      const asOf = addDays(start, day - 1);
      const found = outlooks.of(asOf, start, end, 1);
      if (found === null || actual <= 0) continue;
      const booked = total(start, asOf);
      const trading = (from: string, to: string): number => {
        let count = 0;
        for (let each = dayNumber(from); each <= dayNumber(to); each += 1)
          if (series.trades(each)) count += 1;
        return count;
      };
      const then = addMonths(start, -12);
      const share = total(then, addDays(then, day - 1)) / total(then, lastOfMonth(then));
      trials.push({
        ...{ day, actual, forecast: found.forecast },
        straight: trading(start, asOf) === 0 ? null : (booked / trading(start, asOf)) * trading(start, end),
        lastYear: share > 0 ? booked / share : null,
        within: found.range && actual >= found.range.low && actual <= found.range.high,
        width: found.range && (found.range.high - found.range.low) / actual,
      });
    }
  }
  return trials;
}

/** A public series, `date,value`; the weekdays on which nothing ever happens are closed. */
export function readSeries(path: string): DailySeries {
  const lines = readFileSync(path, 'utf8').trim().split(/\r?\n/).slice(1);
  const days = new Map(
    lines.map((line) => line.split(',') as [string, string]).map(([date, value]) => [date, Number(value)]),
  );
  const open = new Set([...days].filter(([, value]) => value !== 0).map(([date]) => weekdayOf(date)));
  const counts = new Map<string, number>();
  for (const [date, value] of days)
    if (value !== 0) counts.set(weekdayOf(date), (counts.get(weekdayOf(date)) ?? 0) + 1);
  const most = Math.max(...counts.values());
  const usual = new Set([...open].filter((day) => (counts.get(day) ?? 0) > most / 10));
  return dailySeries(days, (date) => usual.has(weekdayOf(date))) as DailySeries;
}
