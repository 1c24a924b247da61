import { dateOf, dayNumberOf } from '../values/day.ts';
import { remembered } from './remembered.ts';

/** Years looked back for the same day. */
export const YEARS = 2;
/** Holidays that most of the world keeps: month and day. */
const WORLDWIDE = [
  [1, 1],
  [5, 1],
  [12, 24],
  [12, 25],
  [12, 26],
  [12, 31],
];
/** Holidays that move with Easter: from the Thursday before to Corpus Christi. */
const EASTER_OFFSETS = [-3, -2, 1, 39, 50, 60];
const EARLIER = Array.from({ length: YEARS }, (_, back) => back + 1);

/** What the calendar says of a day. */
interface YearlyDay {
  /** The days of earlier years that it is the same as, the one to believe first. */
  readonly same: readonly number[];
  /** Whether most of the world keeps it, or many countries might. */
  readonly holiday: boolean;
}

/** Of the calendar alone, whatever the series: some thousand days, for all series of a run. */
export const comesOn = remembered((day: number): YearlyDay => {
  const { year, month, day: date } = dateOf(day);
  const offset = day - easter(year);
  const worldwide = WORLDWIDE.some(([of, on]) => of === month && on === date);
  if (EASTER_OFFSETS.includes(offset))
    return { same: EARLIER.map((back) => easter(year - back) + offset), holiday: true };
  const monday = mondayHoliday(day);
  if (monday && !worldwide) return { same: EARLIER.map((back) => monday(year - back)), holiday: true };
  const dates = EARLIER.map((back) => dayNumberOf(year - back, month, date));
  // 29 February has no year before.
  const same = dates.filter(
    (then) => !Number.isNaN(then) && !EASTER_OFFSETS.includes(then - easter(dateOf(then).year)),
  );
  return { same, holiday: worldwide || monday !== null };
});

/** Of the first or last Monday of a month, on which many countries put their holidays: the same one of another year. */
function mondayHoliday(day: number): ((year: number) => number) | null {
  if ((((day - MONDAY) % 7) + 7) % 7 !== 0) return null;
  const { month, day: date } = dateOf(day);
  const first = (year: number, of: number): number => {
    const begin = dayNumberOf(year, of, 1);
    return begin + ((((MONDAY - ((begin % 7) + 7)) % 7) + 7) % 7);
  };
  if (date <= 7) return (year) => first(year, month);
  if (dateOf(day + 7).month === month) return null;
  return (year) => (month === 12 ? first(year + 1, 1) : first(year, month + 1)) - 7;
}

/** 5 January 1970, the first Monday that days are counted from, is number 4. */
const MONDAY = 4;

/** Easter Sunday of the Gregorian calendar, as a day's number (Meeus, Jones and Butcher). */
export function easter(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
  return dayNumberOf(year, Math.floor(f / 31), (f % 31) + 1);
}
