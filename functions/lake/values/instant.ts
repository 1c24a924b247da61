import { DAY_MS, dayNumberAt, digitsAt } from './day.ts';

/** Milliseconds since 1970 of `YYYY-MM-DDTHH:MM:SS[.mmm]Z`, the canonical text of an instant; NaN where it is none. */
export function instantNumber(text: string): number {
  const length = text.length;
  if (length < 20 || length > 24 || length === 21 || text[10] !== 'T' || text[length - 1] !== 'Z')
    return Number.NaN;
  const day = dayNumberAt(text);
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
