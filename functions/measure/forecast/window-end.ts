import { type DailySeries, sumOf, valueOn } from '../../lake/series/daily-series.ts';
import { type Profile, profileAt } from '../../lake/series/profile.ts';
import { median, winsorizedMean } from '../../lake/values/statistics.ts';

/** Days back from which the level of now is taken; the fewest days of trade it takes. */
const LEVEL_DAYS = [14, 28, 56];
const FEWEST_DAYS = 5;
/** How much of last year's move from those days to the days ahead is believed. */
const SEASON_SHARES = [0, 0.5, 1];
/** 52 weeks: the same weekdays, a year before. */
const YEAR_OF_WEEKS = 364;
/** Days of history that it takes to know last year's move. */
const SEASON_HISTORY = 395;
/** The longest window that is forecast. */
const QUARTER_DAYS = 92;
/** A season moves a level at most so far. */
const MOST_SEASON = 2;

/** What the days after a day will bring, up to `end`; null where too little is known. */
export type Remainder = (end: number) => number | null;

/**
 * What the days after `until` will bring: level × weekday × place in the month × season, summed over the days of trade; the
 * median of nine such sums, since no level and no season is best of all. Under a year of history, the mean of that and a
 * straight line over days of trade. Pure: nothing after `until` is looked at. What does not depend on the end is computed
 * once, for back-tests ask one day for many ends; of the profile only what up to `longest` days ahead need is kept.
 */
export function remainderAfter(series: DailySeries, until: number, longest = QUARTER_DAYS): Remainder {
  const profile = profileAt(series, until);
  const levels = levelsOfNow(series, profile, until);
  const ahead = expectedSums(profile, until, longest);
  const aYearAgo = levelsByDay(series, profile, until - YEAR_OF_WEEKS + 1, until - YEAR_OF_WEEKS + longest);
  return (end) => {
    const days = end - until;
    if (days <= 0) return 0;
    if (days > longest) return remainderAfter(series, until, days)(end);
    if (levels.length === 0) return null;
    const after = usualOf(aYearAgo.slice(0, days));
    const candidates = levels.flatMap(({ level, before }) => {
      const move = seasonMove(before, after);
      const shares = move === null ? [0] : SEASON_SHARES;
      return shares.map((share) => level * (ahead[days - 1] as number) * (move ?? 1) ** share);
    });
    const found = median(candidates);
    return until - series.first < SEASON_HISTORY ? (found + straightLine(series, until, end)) / 2 : found;
  };
}

/** The levels of now, each with that of a year before from as many days; null where that is not known. */
function levelsOfNow(
  series: DailySeries,
  profile: Profile,
  until: number,
): { readonly level: number; readonly before: number | null }[] {
  const then = until - YEAR_OF_WEEKS;
  return LEVEL_DAYS.flatMap((days) => {
    const level = usualOf(levelsByDay(series, profile, until - days + 1, until));
    if (level === null) return [];
    const known = then - days >= series.first;
    return [{ level, before: known ? usualOf(levelsByDay(series, profile, then - days + 1, then)) : null }];
  });
}

/** What is expected from the day after `until` on, up to one, two, … days later. */
function expectedSums(profile: Profile, until: number, days: number): number[] {
  let sum = 0;
  return Array.from({ length: days }, (_, index) => {
    sum += profile.expected(until + 1 + index);
    return sum;
  });
}

/** The level that each day shows, from one to another; null of a day that tells none. */
const levelsByDay = (series: DailySeries, profile: Profile, from: number, to: number): (number | null)[] =>
  Array.from({ length: to - from + 1 }, (_, index) => {
    const day = from + index;
    if (day < series.first) return null;
    const expected = profile.expected(day);
    return expected > 0 && profile.tells(day) ? valueOn(series, day) / expected : null;
  });

/** The level that these days show; null where too few tell it. */
function usualOf(levels: readonly (number | null)[]): number | null {
  const told = levels.filter((level) => level !== null);
  return told.length < FEWEST_DAYS ? null : winsorizedMean(told);
}

/** How the level moved a year ago, from the days before this day to the days that are ahead now. */
const seasonMove = (before: number | null, after: number | null): number | null =>
  before === null || after === null || before <= 0 || after <= 0
    ? null
    : Math.min(MOST_SEASON, Math.max(1 / MOST_SEASON, after / before));

/** The mean day of trade of the last four weeks, on each day of trade ahead. */
function straightLine(series: DailySeries, until: number, end: number): number {
  const from = Math.max(series.first, until - 27);
  const days = (first: number, last: number): number => {
    let count = 0;
    for (let day = first; day <= last; day += 1) if (series.trades(day)) count += 1;
    return count;
  };
  return (sumOf(series, from, until) / Math.max(1, days(from, until))) * days(until + 1, end);
}
