import { dayNumberOf, dayText, weekdayOf } from '../../lake/values/day.ts';
import { MEDIAN_TO_SIGMA, median } from '../../lake/values/statistics.ts';
import { type DailySeries, valueOn } from './series.ts';

/** Days that are no others: a holiday, the closure of a year's end, as the years before show them. */
export interface SpecialDays {
  /** What was done on such a day, out of its usual; undefined of a day like others. */
  factor(day: number): number | undefined;
  /** Whether a day that was was one. */
  was(day: number): boolean;
}

/** Next to nothing of the usual: it was closed, or the counting was broken. */
const NOTHING = 0.15;
/** So many days of trade in a row are no breakdown: a closure, which may come again after one year. */
const CLOSURE_DAYS = 3;
/** Nor is one of the holidays that most of the world keeps. */
const WORLDWIDE = ['01-01', '05-01', '12-24', '12-25', '12-26', '12-31'];
/** So far below the usual, in the series' own spread, is no chance if it comes twice; and at least a tenth. */
const FAR = 4;
const LEAST = 0.12;
/** Years looked back for the same day. */
const YEARS = 2;
/** Holidays that move with Easter: from the Thursday before to Corpus Christi. */
const EASTER_OFFSETS = [-3, -2, 1, 39, 50, 60];
/** Days of the last year that tell the spread, and the fewest of them. */
const SPREAD_DAYS = 364;
const FEWEST_DAYS = 7;

/**
 * Days that come again: on which, on the same date or as far from Easter, next to nothing was done a year before, or much less than usual in
 * each of two years. Nobody has to list holidays, and a company's own closures are known after one year.
 */
export function comesAgain(
  series: DailySeries,
  until: number,
  residual: (day: number) => number | null,
): SpecialDays {
  const low = lowLevel(series, until, residual);
  const factors = new Map<number, number | undefined>();
  const earlier = (day: number): number | undefined => {
    const rests = sameDays(day).flatMap((same) => {
      // Nothing is learnt of a date that was a day without trade then.
      const rest = same < series.first || same > until ? null : residual(same);
      return rest === null ? [] : [Math.max(0, rest)];
    });
    const [last] = rests;
    if (last === undefined) return undefined;
    if (last < NOTHING && isClosure(day, residual)) return last;
    return rests.length === YEARS && rests.every((rest) => rest < low) ? median(rests) : undefined;
  };
  const factor = (day: number): number | undefined => {
    if (!factors.has(day)) factors.set(day, earlier(day));
    return factors.get(day);
  };
  const was = (day: number): boolean => {
    const rest = residual(day);
    return rest !== null && (rest < NOTHING || factor(day) !== undefined);
  };
  return { factor, was };
}

/** Whether what was next to nothing on the day a year before can be believed to come again. */
function isClosure(day: number, residual: (day: number) => number | null): boolean {
  const [same] = sameDays(day);
  if (same === undefined) return false;
  const year = Number(dayText(day).slice(0, 4));
  const holiday = WORLDWIDE.includes(dayText(day).slice(5)) || EASTER_OFFSETS.includes(day - easter(year));
  if (holiday || mondayHoliday(day)) return true;
  return inARow(same, -1, residual) + inARow(same, 1, residual) + 1 >= CLOSURE_DAYS;
}

/** Days of trade beside a day on which next to nothing was done either; days without trade between are passed over. */
function inARow(day: number, step: 1 | -1, residual: (day: number) => number | null): number {
  let count = 0;
  for (let next = day + step; Math.abs(next - day) <= 7; next += step) {
    const rest = residual(next);
    if (rest === null) continue;
    if (rest >= NOTHING) break;
    count += 1;
  }
  return count;
}

/** Below it a day is none like others, if it comes twice. */
function lowLevel(series: DailySeries, until: number, residual: (day: number) => number | null): number {
  const logs: number[] = [];
  for (let day = Math.max(series.first, until - SPREAD_DAYS + 1); day <= until; day += 1) {
    const rest = residual(day);
    if (rest !== null && rest > 0 && valueOn(series, day) > 0) logs.push(Math.log(rest));
  }
  if (logs.length < FEWEST_DAYS) return 0;
  const middle = median(logs);
  const spread = median(logs.map((each) => Math.abs(each - middle))) * MEDIAN_TO_SIGMA;
  return Math.exp(-Math.max(FAR * spread, LEAST));
}

const EARLIER = Array.from({ length: YEARS }, (_, back) => back + 1);

/** The days of earlier years that a day is the same as, the one to believe first. */
function sameDays(day: number): number[] {
  const [year, month, date] = dayText(day).split('-').map(Number) as [number, number, number];
  const offset = day - easter(year);
  if (EASTER_OFFSETS.includes(offset)) return EARLIER.map((back) => easter(year - back) + offset);
  const monday = mondayHoliday(day);
  if (monday && !WORLDWIDE.includes(dayText(day).slice(5))) return EARLIER.map((back) => monday(year - back));
  const dates = EARLIER.map((back) => dayNumberOf(year - back, month, date));
  // 29 February has no year before.
  return dates.filter(
    (same) =>
      !Number.isNaN(same) && !EASTER_OFFSETS.includes(same - easter(Number(dayText(same).slice(0, 4)))),
  );
}

/** Of the first or last Monday of a month, on which many countries put their holidays: the same one of another year. */
function mondayHoliday(day: number): ((year: number) => number) | null {
  const [, month, date] = dayText(day).split('-').map(Number) as [number, number, number];
  if (weekdayOf(dayText(day)) !== 'monday') return null;
  const first = (year: number, of: number): number => {
    const begin = dayNumberOf(year, of, 1);
    return begin + ((((MONDAY - ((begin % 7) + 7)) % 7) + 7) % 7);
  };
  if (date <= 7) return (year) => first(year, month);
  if (dayText(day + 7).slice(5, 7) === dayText(day).slice(5, 7)) return null;
  return (year) => (month === 12 ? first(year + 1, 1) : first(year, month + 1)) - 7;
}

/** 5 January 1970, the first Monday that days are counted from, is number 4. */
const MONDAY = 4;

/** Easter Sunday of the Gregorian calendar, as a day's number (Meeus, Jones and Butcher). */
export function easter(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
  return dayNumberOf(year, Math.floor(f / 31), (f % 31) + 1);
}
