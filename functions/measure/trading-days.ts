import { isTradingDay } from '../lake/company/calendar.ts';
import type { Company } from '../lake/company/company.ts';
import { addDays, datesBetween } from '../lake/values/day.ts';

type Closed = Company['company']['closed'];

/** The days of trade between two dates. */
export interface TradingDays {
  /** Ascending, both ends included. */
  list(from: string, to: string): readonly string[];
}

const calendars = new WeakMap<Closed, TradingDays>();

/** The trading days of a calendar; walked once, because a back-fill asks for the same days again and again. */
export function tradingDaysBetween(closed: Closed): TradingDays {
  const known = calendars.get(closed);
  if (known) return known;
  let walked: Walked = { from: '', to: '', days: [] };
  const list = (from: string, to: string): readonly string[] => {
    if (from > to) return [];
    if (walked.days.length === 0 || from < walked.from || to > walked.to)
      walked = wider(closed, walked, from, to);
    return walked.days.slice(place(walked.days, from), place(walked.days, addDays(to, 1)));
  };
  const calendar = { list };
  calendars.set(closed, calendar);
  return calendar;
}

interface Walked {
  readonly from: string;
  readonly to: string;
  /** Ascending. */
  readonly days: readonly string[];
}

function wider(closed: Closed, walked: Walked, from: string, to: string): Walked {
  const first = walked.from !== '' && walked.from < from ? walked.from : from;
  const last = walked.to > to ? walked.to : to;
  return {
    from: first,
    to: last,
    days: datesBetween(first, last).filter((day) => isTradingDay(closed, day)),
  };
}

/** Where a day stands, or would stand, in ascending days. */
function place(days: readonly string[], day: string): number {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] as string) < day) low = middle + 1;
    else high = middle;
  }
  return low;
}
