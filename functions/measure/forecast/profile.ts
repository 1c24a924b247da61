import { dayNumberOf, dayText } from '../../lake/values/day.ts';
import { median } from '../../lake/values/statistics.ts';
import { type DailySeries, valueOn } from './series.ts';
import { comesAgain } from './special-days.ts';

/** Days back that tell what a weekday usually is, and what the place in the month is. */
const WEEKDAY_DAYS = 182;
const PLACE_DAYS = 400;
/** Months whose weight a place's own gets against none. */
const PLACE_PRIOR = 3;
/** Places that may differ: the last trading days of a month (0 is the last), the first ones (1 is the first). */
const LAST_PLACES = 3;
const FIRST_PLACES = 3;

/** What is usual of a day, out of 1 on a mean day: by weekday, place in the month, and whether it is a day of its own. */
export interface Profile {
  /** Of days ahead, and of days that were. 0 where nothing is done. */
  expected(day: number): number;
  /** Whether a day that was is like others, so that it tells the level. */
  tells(day: number): boolean;
}

const weekday = (day: number): number => (((day + 4) % 7) + 7) % 7;

/** The profile that the days up to `until` show. Pure: nothing later is looked at. */
export function profileAt(series: DailySeries, until: number): Profile {
  const level = levelsUpTo(series, until);
  const weekdays = weekdayShares(series, until, level);
  const usual = (day: number): number => (series.trades(day) ? (weekdays[weekday(day)] ?? 0) : 0);
  const residual = remembered((day: number): number | null => {
    const share = usual(day);
    if (share <= 0 || day < series.first || day > until) return null;
    // In the middle of a closure the days around are as empty.
    const expected = share * levelBeside(series, until, day, usual);
    return expected > 0 ? valueOn(series, day) / expected : 0;
  });
  const special = comesAgain(series, until, residual);
  const places = placeFactors(series, until, (day) => (special.was(day) ? null : residual(day)));
  const expected = (day: number): number => usual(day) * (special.factor(day) ?? places(day, usual));
  return { expected, tells: (day) => usual(day) > 0 && !special.was(day) };
}

function remembered<T>(find: (day: number) => T): (day: number) => T {
  const known = new Map<number, T>();
  return (day) => {
    if (!known.has(day)) known.set(day, find(day));
    return known.get(day) as T;
  };
}

/** Days on either side that tell what would be usual on a day. */
const BESIDE = 7;

/** The level that the days beside a day show, without it: their median, so that no peak makes its neighbours look small. */
function levelBeside(
  series: DailySeries,
  until: number,
  day: number,
  usual: (day: number) => number,
): number {
  const levels: number[] = [];
  for (let near = Math.max(series.first, day - BESIDE); near <= Math.min(until, day + BESIDE); near += 1) {
    const share = near === day ? 0 : usual(near);
    if (share > 0) levels.push(valueOn(series, near) / share);
  }
  return levels.length === 0 ? 0 : median(levels);
}

/** The mean of the seven days around a day (of those up to `until`, at the end). */
function levelsUpTo(series: DailySeries, until: number): (day: number) => number {
  const { first, values } = series;
  const totals = [0];
  for (let at = 0; at <= until - first && at < values.length; at += 1)
    totals.push((totals[at] as number) + (values[at] as number));
  const length = totals.length - 1;
  return (day) => {
    const end = Math.min(length, day - first + 4);
    const start = Math.max(0, Math.min(day - first - 3, end - 7));
    return end > start ? ((totals[end] as number) - (totals[start] as number)) / (end - start) : 0;
  };
}

function weekdayShares(series: DailySeries, until: number, level: (day: number) => number): number[] {
  const shares: number[][] = Array.from({ length: 7 }, () => []);
  for (let day = Math.max(series.first, until - WEEKDAY_DAYS + 1); day <= until; day += 1) {
    const around = level(day);
    if (series.trades(day) && around > 0) shares[weekday(day)]?.push(valueOn(series, day) / around);
  }
  return shares.map((each) => (each.length === 0 ? 0 : Math.max(0, median(each))));
}

type Usual = (day: number) => number;

/** How much more or less is done on the last and first days of trade of a month. */
function placeFactors(
  series: DailySeries,
  until: number,
  residual: (day: number) => number | null,
): (day: number, usual: Usual) => number {
  const found = new Map<number, number[]>();
  const places = new Map<number, number>();
  const placeOf = (day: number, usual: Usual): number => {
    const known = places.get(day) ?? placeInMonth(day, usual);
    places.set(day, known);
    return known;
  };
  const tradesOn = (day: number): number => (series.trades(day) ? 1 : 0);
  for (let day = Math.max(series.first, until - PLACE_DAYS + 1); day <= until; day += 1) {
    const place = placeOf(day, tradesOn);
    const rest = place === 0 ? null : residual(day);
    if (rest === null) continue;
    const list = found.get(place) ?? [];
    found.set(place, list);
    list.push(rest);
  }
  const factors = new Map(
    [...found].map(([place, rests]) => {
      const n = rests.length;
      return [place, 1 + ((median(rests) - 1) * n) / (n + PLACE_PRIOR)];
    }),
  );
  return (day) => Math.max(0, factors.get(placeOf(day, tradesOn)) ?? 1);
}

/** 1, 2, 3 of the first days of trade, −1, −2, −3 of the last; 0 of all between. */
function placeInMonth(day: number, trades: Usual): number {
  const [year, month, date] = dayText(day).split('-').map(Number) as [number, number, number];
  if (trades(day) === 0) return 0;
  const end = month === 12 ? dayNumberOf(year + 1, 1, 1) : dayNumberOf(year, month + 1, 1);
  let after = 0;
  for (let next = day + 1; next < end && after < LAST_PLACES; next += 1) if (trades(next) > 0) after += 1;
  if (after < LAST_PLACES) return -1 - after;
  let before = 0;
  for (let last = day - 1; last > day - date && before < FIRST_PLACES; last -= 1)
    if (trades(last) > 0) before += 1;
  return before < FIRST_PLACES ? 1 + before : 0;
}
