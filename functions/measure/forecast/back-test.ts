import { type DailySeries, sumOf } from '../../lake/series/daily-series.ts';
import { remembered } from '../../lake/series/remembered.ts';
import { addDays, addMonths, dayNumber } from '../../lake/values/day.ts';
import { FEWEST_TRIALS, type Range, rangeOf, type Trial } from './interval.ts';
import { type Remainder, remainderAfter } from './window-end.ts';

/** Windows looked back over. */
const WINDOWS = 24;
/** Days of history before the first forecast that is tried. */
const FEWEST_HISTORY = 56;

/** Where a window will end. */
export interface Outlook {
  readonly forecast: number;
  readonly range: Range | null;
}

/**
 * Forecasts of where running windows end, each with the range that its own back-test gives: of the windows before it, on the
 * day with as many days left, from what had happened by then. What was forecast once is not computed again: the days of a
 * year share most of their back-tests.
 */
export class Outlooks {
  readonly #series: DailySeries;
  /** The first day that brought less than nothing: returns. */
  readonly #firstTakenBack: number;
  /** By day, what was found on it. */
  readonly #remainderAfter: (until: number) => Remainder;

  constructor(series: DailySeries) {
    this.#series = series;
    this.#remainderAfter = remembered((until) => remembered(remainderAfter(series, until)));
    const at = series.values.findIndex((value) => value < 0);
    this.#firstTakenBack = at === -1 ? Number.POSITIVE_INFINITY : series.first + at;
  }

  /** `months`: of the window, 1 or 3. `startsOn`, `closesOn`: its first and last day. Null where too little is known. */
  of(asOf: string, startsOn: string, closesOn: string, months: number): Outlook | null {
    const [until, start, end] = [dayNumber(asOf), dayNumber(startsOn), dayNumber(closesOn)];
    if (end <= until || until - this.#series.first < FEWEST_HISTORY) return null;
    const rest = this.#remainderAfter(until)(end);
    if (rest === null) return null;
    const booked = sumOf(this.#series, start, until);
    const forecast = booked + rest;
    const trials = this.trials(asOf, closesOn, months);
    const enough = trials.length >= FEWEST_TRIALS ? trials : this.#rolling(until, end - until);
    const range = rangeOf(forecast, rest, enough);
    if (range === null) return { forecast, range };
    // What is there stays, where nothing is ever taken back.
    const least = this.#firstTakenBack <= until ? Number.NEGATIVE_INFINITY : booked;
    return { forecast, range: { ...range, low: Math.max(range.low, least) } };
  }

  /** The windows before, newest first. */
  trials(asOf: string, closesOn: string, months: number): Trial[] {
    const left = dayNumber(closesOn) - dayNumber(asOf);
    const next = addDays(closesOn, 1);
    return Array.from({ length: WINDOWS }, (_, back) => back + 1).flatMap((back) => {
      const end = dayNumber(addMonths(next, -back * months)) - 1;
      const start = dayNumber(addMonths(next, -(back + 1) * months));
      return this.#trial(start, end - left, end);
    });
  }

  /** Where whole windows are too few: any stretches of as many days, a week apart. */
  #rolling(until: number, left: number): Trial[] {
    return Array.from({ length: WINDOWS }, (_, back) => until - 7 * back).flatMap((end) =>
      this.#trial(end - left + 1, end - left, end),
    );
  }

  #trial(start: number, until: number, end: number): Trial[] {
    if (until - this.#series.first < FEWEST_HISTORY) return [];
    const expected = this.#remainderAfter(until)(end);
    if (expected === null) return [];
    const before = sumOf(this.#series, start, until);
    return [{ forecast: before + expected, actual: sumOf(this.#series, start, end), expected }];
  }
}
