import { median, winsorizedMean } from '../values/statistics.ts';
import { type DailySeries, valueOn } from './daily-series.ts';
import { remembered } from './remembered.ts';
import { comesAgain } from './special-days.ts';

/** Days back that tell what a weekday usually is, and what the place in the month is. */
const WEEKDAY_DAYS = 182;
const PLACE_DAYS = 400;
/** Days without trade that are no weekday's, beside the weekdays 0 to 6. */
const HOLIDAY = 7;
/** Months whose weight a place's own gets against none. */
const PLACE_PRIOR = 3;

/** What is usual of a day, out of 1 on a mean day: by weekday, place in the month, and whether it is a day of its own. */
export interface Profile {
  /** Of days ahead, and of days that were, those without trade as well. 0 where nothing is done. */
  expected(day: number): number;
  /** Whether a day that was is like others, so that it tells the level. */
  tells(day: number): boolean;
  /** Whether the day is one of its own, which comes again: a holiday, a closure. */
  isSpecial(day: number): boolean;
  /** What is known of the day's place in the month; null of a day in the middle of one. */
  place(day: number): Place | null;
}

/** A place in the month, by the months before. */
export interface Place {
  /** What was done there out of the usual, in each of the months before. */
  readonly rests: readonly number[];
  /** What is expected there, out of the usual: their median, with the weight of three months without any difference. */
  readonly factor: number;
}

const weekday = (day: number): number => (((day + 4) % 7) + 7) % 7;

/** The profile that the days up to `until` show. Pure: nothing later is looked at. */
export function profileAt(series: DailySeries, until: number): Profile {
  const level = levelsUpTo(series, until);
  const weekdays = weekdayShares(series, until, level);
  const usual = (day: number): number => (series.trades(day) ? (weekdays[weekday(day)] ?? 0) : 0);
  const levels = levelsByDay(series, until, usual);
  const residual = remembered((day: number): number | null => {
    const share = usual(day);
    if (share <= 0 || day < series.first || day > until) return null;
    // In the middle of a closure the days around are as empty.
    const expected = share * levelBeside(levels, day - series.first);
    return expected > 0 ? valueOn(series, day) / expected : 0;
  });
  const special = comesAgain(series, until, residual);
  const places = placeFactors(series, until, (day) => (special.was(day) ? null : residual(day)));
  const closed = closedShares(series, until, level);
  const expected = (day: number): number =>
    series.trades(day)
      ? usual(day) * (special.factor(day) ?? Math.max(0, places(day)?.factor ?? 1))
      : closed(day);
  return {
    expected: remembered(expected),
    tells: (day) => usual(day) > 0 && !special.was(day),
    isSpecial: (day) => special.factor(day) !== undefined,
    place: places,
  };
}

/** Days on either side that tell what would be usual on a day. */
const BESIDE = 7;

/** The level that each day from the first to `until` shows by itself; NaN of a day without trade. */
function levelsByDay(series: DailySeries, until: number, usual: (day: number) => number): Float64Array {
  const levels = new Float64Array(Math.max(0, until - series.first + 1)).fill(Number.NaN);
  for (let day = series.first; day <= until; day += 1) {
    const share = usual(day);
    if (share > 0) levels[day - series.first] = valueOn(series, day) / share;
  }
  return levels;
}

/** The level that the days beside a day show, without it: their median, so that no peak makes its neighbours look small. */
function levelBeside(levels: Float64Array, at: number): number {
  const beside: number[] = [];
  for (let near = Math.max(0, at - BESIDE); near <= Math.min(levels.length - 1, at + BESIDE); near += 1) {
    const level = levels[near] as number;
    if (near !== at && !Number.isNaN(level)) beside.push(level);
  }
  return beside.length === 0 ? 0 : median(beside);
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

/**
 * What is done on days without trade, by weekday, and on holidays together: a form on the web, or a shop, is open when the
 * company is not. A mean, since on most such days it may be nothing; of days so extreme as the outer tenths the nearest others count.
 */
function closedShares(
  series: DailySeries,
  until: number,
  level: (day: number) => number,
): (day: number) => number {
  const weekends = closedWeekdays(series, until);
  const kind = (day: number): number => (weekends.has(weekday(day)) ? weekday(day) : HOLIDAY);
  const shares: number[][] = Array.from({ length: HOLIDAY + 1 }, () => []);
  for (let day = Math.max(series.first, until - PLACE_DAYS + 1); day <= until; day += 1) {
    if (series.trades(day) || (kind(day) !== HOLIDAY && day <= until - WEEKDAY_DAYS)) continue;
    const around = level(day);
    if (around > 0) shares[kind(day)]?.push(valueOn(series, day) / around);
  }
  const means = shares.map((each) => (each.length === 0 ? 0 : Math.max(0, winsorizedMean(each))));
  return (day) => means[kind(day)] as number;
}

/** Weekdays without trade more often than not, as far back as weekdays are looked at. */
function closedWeekdays(series: DailySeries, until: number): ReadonlySet<number> {
  const lead = [0, 0, 0, 0, 0, 0, 0];
  for (let day = Math.max(series.first, until - WEEKDAY_DAYS + 1); day <= until; day += 1)
    lead[weekday(day)] = (lead[weekday(day)] as number) + (series.trades(day) ? -1 : 1);
  return new Set(lead.flatMap((each, day) => (each > 0 ? [day] : [])));
}

/** How much more or less is done on the last and first days of trade of a month. */
function placeFactors(
  series: DailySeries,
  until: number,
  residual: (day: number) => number | null,
): (day: number) => Place | null {
  const found = new Map<number, number[]>();
  for (let day = Math.max(series.first, until - PLACE_DAYS + 1); day <= until; day += 1) {
    const place = series.place(day);
    const rest = place === 0 ? null : residual(day);
    if (rest === null) continue;
    const list = found.get(place) ?? [];
    found.set(place, list);
    list.push(rest);
  }
  const factors = new Map(
    [...found].map(([place, rests]): [number, Place] => {
      const n = rests.length;
      return [place, { rests, factor: 1 + ((median(rests) - 1) * n) / (n + PLACE_PRIOR) }];
    }),
  );
  return (day) => {
    const place = series.place(day);
    return place === 0 ? null : (factors.get(place) ?? NOT_SEEN);
  };
}

const NOT_SEEN: Place = { rests: [], factor: 1 };
