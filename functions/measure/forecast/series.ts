import { dayNumber, dayText } from '../../lake/values/day.ts';

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
  const known = new Map<number, boolean>();
  const trades = (day: number): boolean => {
    const found = known.get(day) ?? isTradingDay(dayText(day));
    known.set(day, found);
    return found;
  };
  return { first, values, trades };
}

export const valueOn = ({ first, values }: DailySeries, day: number): number => values[day - first] ?? 0;

/** What happened from one day to another, both included. */
export function sumOf({ first, values }: DailySeries, from: number, to: number): number {
  let sum = 0;
  for (let at = Math.max(0, from - first); at <= to - first && at < values.length; at += 1)
    sum += values[at] as number;
  return sum;
}
