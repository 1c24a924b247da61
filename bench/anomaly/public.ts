import { readFileSync } from 'node:fs';
import { type DailySeries, dailySeries } from '../../functions/lake/series/daily-series.ts';
import { counted, relative } from '../../functions/lake/series/deviation.ts';
import { weekdayOf } from '../../functions/lake/values/day.ts';
import type { Kept } from './rules.ts';

/** Weekdays on which there is less than a tenth of the days of others are closed. */
const CLOSED = 0.1;

/** A public series, `date,value`. A day that it lacks is one without trade, as a company would list it, or was not counted. */
export function readPublic(path: string): Kept {
  const lines = readFileSync(path, 'utf8').trim().split(/\r?\n/).slice(1);
  const days = new Map(lines.map((line): [string, number] => [line.slice(0, 10), Number(line.slice(11))]));
  const counts = new Map<string, number>();
  for (const date of days.keys()) counts.set(weekdayOf(date), (counts.get(weekdayOf(date)) ?? 0) + 1);
  const most = Math.max(...counts.values());
  const trades = (date: string): boolean =>
    days.has(date) && (counts.get(weekdayOf(date)) ?? 0) > most * CLOSED;
  const whole = [...days.values()].every((value) => Number.isInteger(value) && value >= 0);
  return { series: dailySeries(days, trades) as DailySeries, measure: whole ? counted : relative };
}
