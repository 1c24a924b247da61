import { MEDIAN_TO_SIGMA, median } from '../values/statistics.ts';
import { type DailySeries, valueOn } from './daily-series.ts';
import { remembered } from './remembered.ts';
import { comesOn, YEARS } from './yearly-days.ts';

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
/** So far below the usual, in the series' own spread, is no chance if it comes twice; and at least a tenth. */
const FAR = 4;
const LEAST = 0.12;
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
  const factor = remembered((day: number): number | undefined => {
    const { same, holiday } = comesOn(day);
    const rests = same.flatMap((then) => {
      // Nothing is learnt of a date that was a day without trade then.
      const rest = then < series.first || then > until ? null : residual(then);
      return rest === null ? [] : [Math.max(0, rest)];
    });
    const [last] = rests;
    if (last === undefined) return undefined;
    if (last < NOTHING && (holiday || isClosure(same[0], residual))) return last;
    return rests.length === YEARS && rests.every((rest) => rest < low) ? median(rests) : undefined;
  });
  const was = (day: number): boolean => {
    const rest = residual(day);
    return rest !== null && (rest < NOTHING || factor(day) !== undefined);
  };
  return { factor, was };
}

/** Whether what was next to nothing on a day of the year before can be believed to come again, though it is no holiday. */
const isClosure = (same: number | undefined, residual: (day: number) => number | null): boolean =>
  same !== undefined && inARow(same, -1, residual) + inARow(same, 1, residual) + 1 >= CLOSURE_DAYS;

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
