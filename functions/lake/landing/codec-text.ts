import { type Exact, plainNumbers, readExact, rescale } from './codec-decimal.ts';

/**
 * Canonical texts read character by character: a pull reads millions, and regular expressions with a Date behind them
 * cost ten times as much. They take exactly what functions/lake/tables/column.ts takes (property-tested).
 */
const ZERO = 48;
const DAY_MS = 86_400_000;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The number that `count` digits from `start` on are; -1 where one is none. */
function digitsAt(text: string, start: number, count: number): number {
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
export const dayOf = (text: string): number => (text.length === 10 ? dayAt(text) : Number.NaN);

function dayAt(text: string): number {
  const year = digitsAt(text, 0, 4);
  const month = digitsAt(text, 5, 2);
  const day = digitsAt(text, 8, 2);
  if (year < 0 || month < 1 || month > 12 || day < 1 || text[4] !== '-' || text[7] !== '-') return Number.NaN;
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0;
  if (day > (DAYS[month - 1] as number) + leap) return Number.NaN;
  return daysSinceEpoch(year, month, day);
}

/** Of the Gregorian calendar, also before it was introduced: counted in years that begin in March, whose leap day is last. */
function daysSinceEpoch(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const ofEra = shifted - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468;
}

/** Milliseconds since 1970 of `YYYY-MM-DDTHH:MM:SS[.mmm]Z`; NaN where the text is none. */
export function instantOf(text: string): number {
  const length = text.length;
  if (length < 20 || length > 24 || length === 21 || text[10] !== 'T' || text[length - 1] !== 'Z')
    return Number.NaN;
  const day = dayAt(text);
  const hour = digitsAt(text, 11, 2);
  const minute = digitsAt(text, 14, 2);
  const second = digitsAt(text, 17, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return Number.NaN;
  if (text[13] !== ':' || text[16] !== ':') return Number.NaN;
  const millis = length === 20 ? 0 : fractionAt(text, length - 21);
  return millis < 0 ? Number.NaN : day * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000 + millis;
}

/** Milliseconds of `.m`, `.mm` or `.mmm`. */
function fractionAt(text: string, digits: number): number {
  if (text[19] !== '.') return -1;
  const number = digitsAt(text, 20, digits);
  return number < 0 ? -1 : number * 10 ** (3 - digits);
}

const exact: Exact = { mantissa: 0, scale: 0 };
const POWERS = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];
/** So many digits are exact in a JavaScript number, whatever they are. */
const SAFE_DIGITS = 15;

/** The number × 10^scale of a canonical decimal; undefined where the text is none of at most `scale` decimals. */
export function decimalOf(text: string, scale: number): number | bigint | undefined {
  const length = text.length;
  const start = text.charCodeAt(0) === 45 ? 1 : 0;
  let mantissa = 0;
  let point = -1;
  for (let at = start; at < length; at += 1) {
    const digit = text.charCodeAt(at) - ZERO;
    if (digit >= 0 && digit <= 9) mantissa = mantissa * 10 + digit;
    else if (digit === -2 && point < 0) point = at;
    else return undefined;
  }
  const whole = (point < 0 ? length : point) - start;
  const decimals = point < 0 ? 0 : length - point - 1;
  if (whole < 1 || whole > 18 - scale || decimals > scale || (point >= 0 && decimals === 0)) return undefined;
  if (whole + scale <= SAFE_DIGITS) {
    const scaled = mantissa * (POWERS[scale - decimals] as number);
    return start === 1 ? -scaled : scaled;
  }
  return readExact(text, plainNumbers, exact) ? rescale(exact, scale) : undefined;
}
