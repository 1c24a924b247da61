import { median } from '../../lake/values/statistics.ts';
import { type Profile, profileAt } from './profile.ts';
import { type DailySeries, sumOf, valueOn } from './series.ts';

/** Days back from which the level of now is taken; the fewest days of trade it takes. */
const LEVEL_DAYS = [14, 28, 56];
const FEWEST_DAYS = 5;
/** How much of last year's move from those days to the days ahead is believed. */
const SEASON_SHARES = [0, 0.5, 1];
/** Of days so extreme as the outer tenths, only as much as the nearest of the others counts. */
const WINSORIZED = 0.1;
/** 52 weeks: the same weekdays, a year before. */
const YEAR_OF_WEEKS = 364;
/** Days of history that it takes to know last year's move. */
const SEASON_HISTORY = 395;
/** A season moves a level at most so far. */
const MOST_SEASON = 2;

/**
 * What the days after `until`, up to `end`, will bring: level × weekday × place in the month × season, summed over the days
 * of trade; the median of nine such sums, since no level and no season is best of all. Under a year of history, the mean of
 * that and a straight line over days of trade. Null where too little is known. Pure: nothing after `until` is looked at.
 */
export function remainder(series: DailySeries, until: number, end: number): number | null {
  if (end <= until) return 0;
  const profile = profileAt(series, until);
  const ahead = expectedSum(profile, until + 1, end);
  const candidates = LEVEL_DAYS.flatMap((days) => {
    const level = levelOf(series, profile, until - days + 1, until);
    if (level === null) return [];
    const move = seasonMove(series, profile, until, end, days);
    const shares = move === null ? [0] : SEASON_SHARES;
    return shares.map((share) => level * ahead * (move ?? 1) ** share);
  });
  if (candidates.length === 0) return null;
  const found = median(candidates);
  return until - series.first < SEASON_HISTORY ? (found + straightLine(series, until, end)) / 2 : found;
}

function expectedSum(profile: Profile, from: number, to: number): number {
  let sum = 0;
  for (let day = from; day <= to; day += 1) sum += profile.expected(day);
  return sum;
}

/** What a usual day was, from one day to another; null of too few days that tell it. */
function levelOf(series: DailySeries, profile: Profile, from: number, to: number): number | null {
  const days: number[] = [];
  for (let day = Math.max(from, series.first); day <= to; day += 1) {
    const expected = profile.expected(day);
    if (expected > 0 && profile.tells(day)) days.push(valueOn(series, day) / expected);
  }
  return days.length < FEWEST_DAYS ? null : winsorizedMean(days);
}

function winsorizedMean(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const cut = Math.floor(sorted.length * WINSORIZED);
  const [low, high] = [sorted[cut] as number, sorted[sorted.length - 1 - cut] as number];
  return sorted.reduce((sum, value) => sum + Math.min(high, Math.max(low, value)), 0) / sorted.length;
}

/** How the level moved a year ago, from as many days before this day to the days that are ahead now. */
function seasonMove(
  series: DailySeries,
  profile: Profile,
  until: number,
  end: number,
  days: number,
): number | null {
  const then = until - YEAR_OF_WEEKS;
  if (then - days < series.first) return null;
  const before = levelOf(series, profile, then - days + 1, then);
  const after = levelOf(series, profile, then + 1, end - YEAR_OF_WEEKS);
  if (before === null || after === null || before <= 0 || after <= 0) return null;
  return Math.min(MOST_SEASON, Math.max(1 / MOST_SEASON, after / before));
}

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
