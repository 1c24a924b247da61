import { dateOf, dayNumberOf } from '../values/day.ts';

/** Places that may differ: the last trading days of a month (−1 is the last), the first ones (1 is the first). */
const LAST_PLACES = 3;
const FIRST_PLACES = 3;

/** 1, 2, 3 of the first days of trade, −1, −2, −3 of the last; 0 of all between. */
export function placeInMonth(day: number, trades: (day: number) => boolean): number {
  if (!trades(day)) return 0;
  const { year, month, day: date } = dateOf(day);
  const end = month === 12 ? dayNumberOf(year + 1, 1, 1) : dayNumberOf(year, month + 1, 1);
  let after = 0;
  for (let next = day + 1; next < end && after < LAST_PLACES; next += 1) if (trades(next)) after += 1;
  if (after < LAST_PLACES) return -1 - after;
  let before = 0;
  for (let last = day - 1; last > day - date && before < FIRST_PLACES; last -= 1)
    if (trades(last)) before += 1;
  return before < FIRST_PLACES ? 1 + before : 0;
}
