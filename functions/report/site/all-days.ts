import { readAlertHistory } from '../../lake/alerts/store.ts';
import type { AlertReport } from '../../lake/catalogue/alert.ts';
import { addDays, datesBetween, firstOfMonth, weekdayOf } from '../../lake/values/day.ts';
import type { Bucket } from '../../platform/bucket.ts';
import { type AlertSpan, alertSpans } from '../model/alert-spans.ts';
import type { Day } from '../model/day.ts';

/** Months of the calendar, the newest day's among them: the year that a day is read with. */
const MONTHS = 12;

/** What the calendar shows. */
export interface AllDays {
  /** Days that have pages, newest first. */
  readonly days: readonly string[];
  /** Newest first, each with its days in order. */
  readonly months: readonly CalendarMonth[];
  /** Every opening of an alert in these months, newest first. */
  readonly spans: readonly AlertSpan[];
}

export interface CalendarMonth {
  /** Its first day. */
  readonly first: string;
  readonly days: readonly CalendarDay[];
}

export interface CalendarDay {
  readonly date: string;
  readonly hasPages: boolean;
  /** Alerts that were open on it; null where nothing was judged. */
  readonly open: number | null;
}

/**
 * The days of the calendar: which have pages (by their names alone), and what was open on them, which was read with the
 * newest day; only for who writes an older one again it is read here.
 */
export async function readAllDays(
  bucket: Bucket,
  days: readonly string[],
  { asOf, history }: Pick<Day, 'asOf' | 'history'>,
): Promise<AllDays> {
  const [newest = ''] = days.toSorted().slice(-1);
  let from = firstOfMonth(newest);
  for (let month = 1; month < MONTHS; month += 1) from = firstOfMonth(addDays(from, -1));
  const judged = asOf === newest ? history : await readAlertHistory(bucket, from, newest);
  return allDays(
    days,
    from,
    newest,
    judged.filter((report) => report.asOf >= from),
  );
}

/** Pure. Months before the first day that has anything are left out. */
export function allDays(
  days: readonly string[],
  from: string,
  newest: string,
  history: readonly AlertReport[],
): AllDays {
  const known = [...days, ...history.map(({ asOf }) => asOf)].filter((date) => date >= from).toSorted();
  const pages = new Set(days);
  const open = new Map(
    history.map(({ asOf, states }) => [asOf, states.filter(({ firedOn }) => firedOn !== null).length]),
  );
  const months = new Map<string, CalendarDay[]>();
  for (const date of datesBetween(firstOfMonth(known[0] ?? newest), newest)) {
    const month = months.get(firstOfMonth(date)) ?? [];
    month.push({ date, hasPages: pages.has(date), open: open.get(date) ?? null });
    months.set(firstOfMonth(date), month);
  }
  return {
    days: days
      .filter((date) => date >= from)
      .toSorted()
      .reverse(),
    months: [...months].map(([first, its]) => ({ first, days: its })).reverse(),
    spans: alertSpans(history).toReversed(),
  };
}

const WEEK = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** Days in rows of weeks from Monday; null where a week has no day of the month. */
export function weeksOf(days: readonly CalendarDay[]): (CalendarDay | null)[][] {
  const before = WEEK.indexOf(weekdayOf(days[0]?.date ?? ''));
  const places = [...Array.from({ length: before }, () => null), ...days];
  return Array.from({ length: Math.ceil(places.length / 7) }, (_, week) =>
    Array.from({ length: 7 }, (_, day) => places[week * 7 + day] ?? null),
  );
}
