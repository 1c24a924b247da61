import { type ComparisonName, comparisonNames, type PeriodName } from '../catalogue/kpi.ts';
import type { Period } from '../catalogue/periods.ts';
import { addDays, addMonths, datesBetween, daysBetween, firstOfMonth, weekdayOf } from '../values/day.ts';
import type { Company } from './company.ts';

type Closed = Company['company']['closed'];
/** Whether the company trades on that day. */
export const isTradingDay = (closed: Closed, date: string): boolean =>
  !closed.weekdays.includes(weekdayOf(date)) && !closed.days.includes(date);

/** How far back a trading day is looked for before the calendar counts as all closed. */
const LONGEST_CLOSURE = 60;

/** The last trading day on or before a date (the date itself where the calendar has none within 60 days). */
export function latestTradingDay(closed: Closed, date: string): string {
  for (let back = 0; back < LONGEST_CLOSURE; back += 1) {
    const candidate = addDays(date, -back);
    if (isTradingDay(closed, candidate)) return candidate;
  }
  return date;
}

/** How many days of trade lie between two dates, both included. */
export const tradingDays = (closed: Closed, from: string, to: string): number =>
  datesBetween(from, to).filter((date) => isTradingDay(closed, date)).length;

export type CalendarOptions = Pick<Company['company'], 'closed' | 'fiscal_year_starts'>;

interface Span {
  readonly startsOn: string;
  readonly endsOn: string;
}

const ROLLING: Partial<Record<PeriodName, number>> = { day: 1, last_7d: 7, last_28d: 28, last_365d: 365 };
/** Months back to the comparable earlier window of a to-date window. */
const TO_DATE_STEP = { mtd: 1, qtd: 3, ytd: 12 } as const;
/** 52 weeks: the same weekdays a year before. */
const WEEKDAY_ALIGNED_YEAR = 364;

/** Every window and comparison of the given as-of dates: the rows of the relation `periods`. */
export function periodsFor(
  options: CalendarOptions,
  asOfs: readonly string[],
  windows: readonly PeriodName[],
): Period[] {
  return asOfs.flatMap((asOf) =>
    windows.flatMap((period) =>
      comparisonNames.map((comparison) => periodOf(options, asOf, period, comparison)),
    ),
  );
}

/** All KPIs of a run ask for the same windows of the same days. */
const periodsOfCalendar = new WeakMap<CalendarOptions, Map<string, Period>>();

function periodOf(
  options: CalendarOptions,
  asOf: string,
  period: PeriodName,
  comparison: ComparisonName,
): Period {
  const known = periodsOfCalendar.get(options) ?? new Map<string, Period>();
  periodsOfCalendar.set(options, known);
  const key = `${asOf} ${period} ${comparison}`;
  const found = known.get(key);
  if (found) return found;
  const span = spanOf(options, asOf, period, comparison);
  const length = daysBetween(span.startsOn, span.endsOn) + 1;
  const prior = {
    priorStartsOn: addDays(span.startsOn, -length),
    priorEndsOn: addDays(span.startsOn, -1),
  };
  const made: Period = { asOf, period, comparison, ...span, ...prior };
  known.set(key, made);
  return made;
}

/** First and last day of one window. */
export function spanOf(
  options: CalendarOptions,
  asOf: string,
  period: PeriodName,
  comparison: ComparisonName,
): Span {
  const length = ROLLING[period];
  if (length !== undefined) return rolling(rollingEnd(options, asOf, length, comparison), length);
  return toDate(options, asOf, period as keyof typeof TO_DATE_STEP, comparison);
}

const rolling = (endsOn: string, length: number): Span => ({ startsOn: addDays(endsOn, 1 - length), endsOn });

function rollingEnd(
  options: CalendarOptions,
  asOf: string,
  length: number,
  comparison: ComparisonName,
): string {
  if (comparison === 'current') return asOf;
  // A year’s window a year before is the window just before it.
  if (comparison === 'last_year' && length < 365) return addDays(asOf, -WEEKDAY_ALIGNED_YEAR);
  // Monday is compared with Friday where the weekend is closed.
  if (length === 1) return latestTradingDay(options.closed, addDays(asOf, -1));
  return addDays(asOf, -length);
}

/** The last day of the month, quarter or fiscal year that a to-date window runs in; null for the others, which end on their day. */
export function lastDayOf(options: CalendarOptions, asOf: string, period: PeriodName): string | null {
  if (ROLLING[period] !== undefined) return null;
  const { startsOn } = spanOf(options, asOf, period, 'current');
  const months = TO_DATE_STEP[period as keyof typeof TO_DATE_STEP];
  return addDays(addMonths(startsOn, months), -1);
}

/** Same dates one month, quarter or year earlier; a day that month does not have becomes its last (31 → 30, 29 Feb → 28). */
function toDate(
  options: CalendarOptions,
  asOf: string,
  period: keyof typeof TO_DATE_STEP,
  comparison: ComparisonName,
): Span {
  const back = comparison === 'current' ? 0 : comparison === 'previous' ? TO_DATE_STEP[period] : 12;
  const endsOn = addMonths(asOf, -back);
  const sinceFiscalStart = (Number(endsOn.slice(5, 7)) - options.fiscal_year_starts + 12) % 12;
  const monthsIn = sinceFiscalStart % TO_DATE_STEP[period];
  return { startsOn: addMonths(firstOfMonth(endsOn), -monthsIn), endsOn };
}
