import { dayNumber, dayText } from '../values/day.ts';
import { placeInMonth } from './place-in-month.ts';
import { remembered } from './remembered.ts';

/**
 * What happened day by day, up to a day. Days are numbered from 1970-01-01. A day without a figure between the first and the
 * last one counts as 0: nothing of what is added up happened.
 */
export interface DailySeries {
  /** The first day of which there is a figure. */
  readonly first: number;
  readonly values: readonly number[];
  /** Whether the company trades on a day. */
  readonly trades: (day: number) => boolean;
  /** Of which of a month's first or last days of trade a day is: see placeInMonth. */
  readonly place: (day: number) => number;
}

/** A series of days and values, in any order. Null without any. */
export function dailySeries(
  days: ReadonlyMap<string, number>,
  isTradingDay: (date: string) => boolean,
): DailySeries | null {
  const numbers = [...days.keys()].map(dayNumber);
  if (numbers.length === 0) return null;
  const first = numbers.reduce((least, day) => Math.min(least, day));
  const last = numbers.reduce((most, day) => Math.max(most, day));
  const values = Array.from({ length: last - first + 1 }, () => 0);
  for (const [date, value] of days) values[dayNumber(date) - first] = value;
  const trades = remembered((day) => isTradingDay(dayText(day)));
  return { first, values, trades, place: remembered((day) => placeInMonth(day, trades)) };
}

export const valueOn = ({ first, values }: DailySeries, day: number): number => values[day - first] ?? 0;

/** What happened from one day to another, both included. */
export function sumOf({ first, values }: DailySeries, from: number, to: number): number {
  let sum = 0;
  for (let at = Math.max(0, from - first); at <= to - first && at < values.length; at += 1)
    sum += values[at] as number;
  return sum;
}
