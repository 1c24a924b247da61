/**
 * A day is text `YYYY-MM-DD` wherever people or files see it, and a count of days since 1970-01-01 where millions are
 * stored. Here is all that is calculated with days; hours and zones are in zone.ts.
 */
export const DAY_MS = 86_400_000;

const ZERO = 48;
const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** As vigie.yaml names them. */
export const weekdays = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
] as const;
export type Weekday = (typeof weekdays)[number];
/** 1970-01-01 was a Thursday. */
const FIRST_WEEKDAY = 4;

/** The number that `count` digits from `start` on are; -1 where one is none. */
export function digitsAt(text: string, start: number, count: number): number {
  let number = 0;
  for (let at = start; at < start + count; at += 1) {
    const digit = text.charCodeAt(at) - ZERO;
    // NaN beyond the end is neither.
    if (!(digit >= 0 && digit <= 9)) return -1;
    number = number * 10 + digit;
  }
  return number;
}

/** Days since 1970-01-01 of `YYYY-MM-DD`; NaN where the text is none, or no such day is in the calendar. */
export const dayNumber = (text: string): number => (text.length === 10 ? dayNumberAt(text) : Number.NaN);

/** Of the first ten characters of a text: read one by one, since a pull reads millions. */
export function dayNumberAt(text: string): number {
  if (text[4] !== '-' || text[7] !== '-') return Number.NaN;
  return dayNumberOf(digitsAt(text, 0, 4), digitsAt(text, 5, 2), digitsAt(text, 8, 2));
}

/** Days since 1970-01-01 of a year from 0 on, a month from 1 and a day from 1; NaN where the calendar has none such. */
export function dayNumberOf(year: number, month: number, day: number): number {
  if (!(year >= 0 && month >= 1 && month <= 12 && day >= 1)) return Number.NaN;
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0;
  return day > (LENGTHS[month - 1] as number) + leap ? Number.NaN : daysSinceEpoch(year, month, day);
}

/** Of the Gregorian calendar, also before it was introduced: counted in years that begin in March, whose leap day is last. */
function daysSinceEpoch(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const ofEra = shifted - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468;
}

/** The calendar's year, month (from 1) and day of a whole number of days since 1970-01-01. */
export function dateOf(number: number): {
  readonly year: number;
  readonly month: number;
  readonly day: number;
} {
  // The inverse of daysSinceEpoch: eras of 400 years that begin in March.
  const since = number + 719_468;
  const era = Math.floor(since / 146_097);
  const ofEra = since - era * 146_097;
  const year = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const shifted = Math.floor((5 * ofYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const day = ofYear - Math.floor((153 * shifted + 2) / 5) + 1;
  return { year: year + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

/** The day of a number. Throws a RangeError where that is none. */
export function dayText(number: number): string {
  const { year, month, day } = dateOf(number);
  // What is no whole day of four digits of a year is left to those who know how to refuse it.
  if (!(Number.isInteger(number) && year >= 1000 && year <= 9999))
    return new Date(number * DAY_MS).toISOString().slice(0, 10);
  return `${year}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`;
}

/** Whether a text is a day `YYYY-MM-DD` that the calendar has. */
export const isDay = (text: string): boolean => !Number.isNaN(dayNumber(text));

export const addDays = (date: string, days: number): string => dayText(dayNumber(date) + days);

/** Whole days from one date to another; negative when `to` is earlier. */
export const daysBetween = (from: string, to: string): number => dayNumber(to) - dayNumber(from);

/** Every date from one to another, both included. */
export function datesBetween(from: string, to: string): string[] {
  const first = dayNumber(from);
  return Array.from({ length: Math.max(0, dayNumber(to) - first + 1) }, (_, index) => dayText(first + index));
}

/** The same day so many months later; one that the month does not have becomes its last (31 → 30, 29 Feb → 28). */
export function addMonths(date: string, months: number): string {
  const { year, month, day } = dateOf(dayNumber(date));
  const since = year * 12 + month - 1 + months;
  const [ofYear, ofMonth] = [Math.floor(since / 12), (((since % 12) + 12) % 12) + 1];
  const first = dayNumberOf(ofYear, ofMonth, 1);
  const next = ofMonth === 12 ? dayNumberOf(ofYear + 1, 1, 1) : dayNumberOf(ofYear, ofMonth + 1, 1);
  return dayText(first + Math.min(day, next - first) - 1);
}

/** Of a day's number, that of the first day of its month. */
export const firstDayOfMonth = (number: number): number => number - dateOf(number).day + 1;

/** Of a day's number, that of the last day of its month: the month of a day 31 after the first is the next. */
export const lastDayOfMonth = (number: number): number => firstDayOfMonth(firstDayOfMonth(number) + 31) - 1;

/** `2026-02-01` of `2026-02` or of any day in it. */
export const firstOfMonth = (date: string): string => `${date.slice(0, 7)}-01`;

/** `2026-02-28` of `2026-02` or of any day in it. */
export const lastOfMonth = (date: string): string => addDays(addMonths(firstOfMonth(date), 1), -1);

export const weekdayOf = (date: string): Weekday =>
  weekdays[(((dayNumber(date) + FIRST_WEEKDAY) % 7) + 7) % 7] as Weekday;
