import type { ComparisonName, PeriodName } from '../catalogue/kpi.ts';
import { type CalendarOptions, latestTradingDay } from '../company/calendar.ts';
import { addDays, addMonths } from '../values/day.ts';
import type { EarlierWindows, FigureRow } from './windows.ts';

/** The figures of a window that may be recorded; empty where it is not. */
export type ReadWindow = (asOf: string, comparison: ComparisonName) => readonly FigureRow[];

export interface Compared {
  readonly asOf: string;
  readonly period: PeriodName;
  readonly against: 'previous' | 'last_year';
}

/** So many windows back are looked at: this year's, and as many of last year's. */
const MOST_WINDOWS = 12;
/** The habit is seen in at most so many. */
const HABIT_WINDOWS = 8;

/** How often a window of its length fits into the year before, and how many of last year's are of one season. */
const RHYTHM: Readonly<Record<PeriodName, { readonly thisYear: number; readonly season: number }>> = {
  day: { thisYear: 12, season: 8 },
  last_7d: { thisYear: 12, season: 8 },
  last_28d: { thisYear: 12, season: 3 },
  mtd: { thisYear: 11, season: 3 },
  qtd: { thisYear: 3, season: 1 },
  ytd: { thisYear: 0, season: 1 },
  last_365d: { thisYear: 0, season: 1 },
};

/** As-of dates whose windows follow one another without overlapping, the given one first. */
export function earlierAsOfs(calendar: CalendarOptions, asOf: string, period: PeriodName): string[] {
  const dates = [asOf];
  while (dates.length <= MOST_WINDOWS) dates.push(before(calendar, dates, period));
  return dates;
}

const DAYS: Partial<Record<PeriodName, number>> = { last_7d: 7, last_28d: 28, last_365d: 365 };
const MONTHS: Partial<Record<PeriodName, number>> = { mtd: 1, qtd: 3, ytd: 12 };

function before({ closed }: CalendarOptions, dates: readonly string[], period: PeriodName): string {
  const [first, last] = [dates[0] as string, dates.at(-1) as string];
  const months = MONTHS[period];
  // From the first: 31 March, 28 February, 31 January.
  if (months !== undefined) return addMonths(first, -months * dates.length);
  const days = DAYS[period];
  return days === undefined ? latestTradingDay(closed, addDays(last, -1)) : addDays(last, -days);
}

/**
 * The windows before the two compared, from what is recorded of those days. A window that is not recorded of itself may
 * be known as what a later one was compared with, so that a company sees last year's from its first day on.
 */
export function earlierWindows(
  calendar: CalendarOptions,
  { asOf, period, against }: Compared,
  read: ReadWindow,
): EarlierWindows {
  const dates = earlierAsOfs(calendar, asOf, period);
  const { thisYear, season } = RHYTHM[period];
  const known = (rows: readonly FigureRow[]) => (rows.length === 0 ? [] : [rows]);
  const now = dates.slice(1, thisYear + 1).map((date, index) => {
    const later = read(dates[index] as string, 'previous');
    // What the change is counted from is what was recorded with it.
    return index === 0 && later.length > 0 ? later : (known(read(date, 'current'))[0] ?? later);
  });
  const year = dates.map((date) => read(date, 'last_year'));
  const [ours, last] = [now.flatMap(known), year.flatMap(known)];
  const habit =
    against === 'previous' && ours.length > 0 ? ours.slice(0, HABIT_WINDOWS) : last.slice(0, season);
  return { habit, runs: [ours, last] };
}
