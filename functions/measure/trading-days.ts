import { addDays, isTradingDay } from '../lake/calendar.ts';
import type { Company } from '../lake/company/company.ts';

type Closed = Company['company']['closed'];

/** The days of trade between two dates. */
export interface TradingDays {
  /** Ascending, both ends included. */
  list(from: string, to: string): readonly string[];
}

const calendars = new WeakMap<Closed, TradingDays>();

/** The trading days of a calendar; remembers what it found, because a back-fill asks for the same spans again and again. */
export function tradingDaysBetween(closed: Closed): TradingDays {
  const known = calendars.get(closed);
  if (known) return known;
  const lists = new Map<string, readonly string[]>();
  const list = (from: string, to: string): readonly string[] => {
    const key = `${from} ${to}`;
    const found = lists.get(key) ?? walk(closed, from, to);
    lists.set(key, found);
    return found;
  };
  const calendar = { list };
  calendars.set(closed, calendar);
  return calendar;
}

function walk(closed: Closed, from: string, to: string): string[] {
  const days: string[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) if (isTradingDay(closed, date)) days.push(date);
  return days;
}
