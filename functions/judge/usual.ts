import { HISTORY } from '../lake/catalogue/alert-kinds/anomaly.ts';
import { type Kpi, OTHER_MEMBERS, type PeriodName } from '../lake/catalogue/kpi.ts';
import type { BoundRule } from '../lake/company/alert-rules.ts';
import { isTradingDay } from '../lake/company/calendar.ts';
import { dailySeries } from '../lake/series/daily-series.ts';
import { counted, type Measure, odds, relative } from '../lake/series/deviation.ts';
import { UsualDays } from '../lake/series/usual.ts';
import type { Unknown, Usual } from '../lake/series/watched.ts';
import { figureValue } from '../lake/snapshot/snapshot.ts';
import { dayNumber, dayText } from '../lake/values/day.ts';
import type { DayOfFigures } from './verdict.ts';

/** Days of the windows that an anomaly may be of. */
const LENGTHS: Partial<Record<PeriodName, number>> = { day: 1, last_7d: 7, last_28d: 28 };
const WEEK = 7;

/** An amount or a count whose windows and members are sums, so that no row is nothing. */
export const isSum = ({ ratio, additive, cube }: Kpi): boolean =>
  !ratio && additive && !cube?.quantities.some(({ kind }) => kind === 'level');

/** Whether the days of a rule's windows are looked at, because the windows are their sums. */
export const asksDays = ({ kpi, period }: Pick<BoundRule, 'kpi' | 'period'>): boolean =>
  isSum(kpi) && period !== 'day' && kpi.windows.includes('day');

const known = new WeakMap<DayOfFigures['figures'], Map<string, UsualDays | null>>();

/** What a rule's figure of a member (null: the total) usually is on the day. The history is put together once for all days. */
export function usualOf(bound: BoundRule, member: string | null, day: DayOfFigures): Usual | Unknown {
  const all = known.get(day.figures) ?? new Map<string, UsualDays | null>();
  known.set(day.figures, all);
  const { kpi, period, rule } = bound;
  const key = JSON.stringify([kpi.id, period, member === null ? null : rule.dimension, member]);
  const found = all.has(key) ? (all.get(key) as UsualDays | null) : usualDays(bound, member, day);
  all.set(key, found);
  return found?.of(dayNumber(day.asOf)) ?? { why: 'history', days: 0, needed: 0 };
}

function usualDays(bound: BoundRule, member: string | null, day: DayOfFigures): UsualDays | null {
  const byDays = asksDays(bound) && day.figures.days({ ...bound, period: 'day' }).length > 0;
  const of: BoundRule = byDays ? { ...bound, period: 'day' } : bound;
  const values = new Map<string, number>();
  for (const date of day.figures.days(of)) {
    const value = valueOn(of, member, date, day);
    if (value !== null) values.set(date, value);
  }
  const trades = (date: string): boolean => isTradingDay(day.closed, date);
  const series = dailySeries(filled(values, trades), trades);
  if (series === null) return null;
  const window = LENGTHS[bound.period] ?? 1;
  return new UsualDays({
    series,
    known: (each) => values.has(dayText(each)),
    bridges: (each) => [-1, 1].some((step) => day.closed.days.includes(dayText(each + step))),
    summed: byDays ? window : 1,
    window,
    measure: measureOf(bound.kpi),
    depth: member === null ? HISTORY.total : HISTORY.member,
  });
}

/**
 * The figure of a day in the history; null where nobody knows it. A member without rows had nothing, unless it may be among
 * the others of that day.
 */
function valueOn(bound: BoundRule, member: string | null, date: string, day: DayOfFigures): number | null {
  const total = day.figures.find(bound, 'current', null, date);
  if (total?.quality !== 'ok') return null;
  if (member === null) return figureValue(total, bound.kpi.ratio);
  const figure = day.figures.find(bound, 'current', member, date);
  if (figure) return figureValue(figure, bound.kpi.ratio);
  const mayBeOther = day.figures.find(bound, 'current', OTHER_MEMBERS, date) !== undefined;
  return isSum(bound.kpi) && !mayBeOther ? 0 : null;
}

/** Days of trade of which nothing is known hold what the same weekday of the week before did. */
function filled(values: ReadonlyMap<string, number>, trades: (date: string) => boolean): Map<string, number> {
  const all = new Map(values);
  const numbers = [...values.keys()].map(dayNumber).sort((a, b) => a - b);
  for (let day = numbers[0] ?? 0; day <= (numbers.at(-1) ?? -1); day += 1) {
    const before = all.get(dayText(day - WEEK));
    if (!all.has(dayText(day)) && trades(dayText(day)) && before !== undefined) all.set(dayText(day), before);
  }
  return all;
}

const measureOf = ({ ratio, unit }: Kpi): Measure => {
  if (ratio) return unit === 'percent' ? odds : relative;
  return unit === 'count' || unit === 'units' ? counted : relative;
};
