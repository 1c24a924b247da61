import { Temporal } from 'temporal-polyfill';
import { isTradingDay } from '../../functions/lake/company/calendar.ts';
import { addDays, type Weekday } from '../../functions/lake/values/day.ts';

export const TIME_ZONE = 'Europe/Paris';
export const DAY_SECONDS = 86_400;

/** A day of the company, with everything about it that the rows of that day need. */
export interface Day {
  /** 0 for the first day generated. */
  readonly index: number;
  readonly date: string;
  /** `YYYYMMDD`. */
  readonly compact: string;
  /** `YYYYMM`. */
  readonly month: string;
  /** 1 to 12. */
  readonly monthNumber: number;
  /** 0 for Monday to 6 for Sunday. */
  readonly weekday: number;
  readonly trading: boolean;
  /** Milliseconds since 1970 at 00:00 UTC of the date. */
  readonly utcMidnight: number;
  /** Of the company's zone, in seconds; as it stands from 06:00 local on. */
  readonly offset: number;
  /** `+01:00`. */
  readonly offsetText: string;
}

/** A moment: seconds after local midnight of a day. Nothing in the company happens before 06:00. */
export interface Moment {
  readonly day: number;
  readonly second: number;
}

/** Where a company says nothing else. */
export const CLOSED_WEEKDAYS: readonly Weekday[] = ['sunday'];
const FIXED_HOLIDAYS = ['01-01', '05-01', '12-25', '12-26'];
/** Days after Easter Sunday: Easter Monday, Ascension Day. */
const EASTER_HOLIDAYS = [1, 39];

/** Public holidays on which the company is closed, of every year that the span touches. */
export function holidays(from: string, to: string): string[] {
  const years = Array.from(
    { length: Number(to.slice(0, 4)) - Number(from.slice(0, 4)) + 1 },
    (_, index) => Number(from.slice(0, 4)) + index,
  );
  return years
    .flatMap((year) => [
      ...FIXED_HOLIDAYS.map((monthDay) => `${year}-${monthDay}`),
      ...EASTER_HOLIDAYS.map((days) => addDays(easterSunday(year), days)),
    ])
    .toSorted();
}

/** Gregorian Easter (the anonymous algorithm of 1876, Meeus, Astronomical Algorithms, chapter 8). */
function easterSunday(year: number): string {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return `${year}-${String(Math.floor(sum / 31)).padStart(2, '0')}-${String((sum % 31) + 1).padStart(2, '0')}`;
}

/** The days from `from` on, `count` of them. */
export function daysFrom(
  from: string,
  count: number,
  closedWeekdays: readonly Weekday[] = CLOSED_WEEKDAYS,
): Day[] {
  const days = holidays(from, addDays(from, count));
  const closed = { weekdays: [...closedWeekdays], days };
  return Array.from({ length: count }, (_, index) =>
    dayOf(addDays(from, index), index, (date) => isTradingDay(closed, date)),
  );
}

function dayOf(date: string, index: number, trading: (date: string) => boolean): Day {
  const noon = Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: TIME_ZONE, plainTime: '12:00' });
  return {
    index,
    date,
    compact: date.replaceAll('-', ''),
    month: date.slice(0, 4) + date.slice(5, 7),
    monthNumber: noon.month,
    weekday: noon.dayOfWeek - 1,
    trading: trading(date),
    utcMidnight: Date.parse(`${date}T00:00:00Z`),
    offset: Math.round(noon.offsetNanoseconds / 1e9),
    offsetText: noon.offset,
  };
}

const two = (value: number): string => (value < 10 ? `0${value}` : String(value));

/** `HH:MM:SS`. */
export const clockText = (second: number): string =>
  `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`;

/** `2026-11-21T09:12:33+01:00`. */
export const localText = (day: Day, second: number): string =>
  `${day.date}T${clockText(second)}${day.offsetText}`;

/** The moment 24 hours later; where the clocks change in between, the wall clock shows another time. */
export function after24Hours(days: readonly Day[], moment: Moment): Moment {
  const [day, next] = [days[moment.day], days[moment.day + 1]];
  if (!day || !next) throw new RangeError(`no day ${moment.day + 1} in the calendar`);
  const second = moment.second + next.offset - day.offset;
  return second < DAY_SECONDS
    ? { day: next.index, second }
    : { day: next.index + 1, second: second - DAY_SECONDS };
}

/** Whether a moment comes after another. */
export const isAfter = (one: Moment, other: Moment): boolean =>
  one.day > other.day || (one.day === other.day && one.second > other.second);

/** The last trading day at or before an index. */
export function tradingDayBefore(days: readonly Day[], index: number): Day {
  for (let at = index; at >= 0; at -= 1) {
    const day = days[at];
    if (day?.trading) return day;
  }
  throw new RangeError('no trading day in the calendar');
}
