import { DAY_MS } from '../../../lake/values/day.ts';

/** A spreadsheet keeps fifteen digits; what stands behind them is the noise of its floating point. */
const DIGITS = 15;

/** A stored number as a spreadsheet shows it, exact, without exponent: `0.30000000000000004` is 0.3. Undefined where it is no number. */
export function plainNumber(stored: string): string | undefined {
  const number = Number(stored);
  if (stored.trim() === '' || !Number.isFinite(number)) return undefined;
  const [, sign = '', whole = '0', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(number.toPrecision(DIGITS)) ?? [];
  const point = whole.length + Number(exponent);
  const digits = `${'0'.repeat(Math.max(0, 1 - point))}${whole}${fraction}`;
  const at = Math.max(1, point);
  const before = digits
    .slice(0, at)
    .padEnd(at, '0')
    .replace(/^0+(?=\d)/, '');
  const behind = digits.slice(at).replace(/0+$/, '');
  const text = behind === '' ? before : `${before}.${behind}`;
  return text === '0' ? '0' : `${sign}${text}`;
}

/** Days from 1899-12-30 and from 1904-01-01 to 1970-01-01. */
const TO_1970 = { 1900: 25_569, 1904: 24_107 } as const;
/** Excel counts a 29 February 1900 that never was. */
const FALSE_DAY = 60;
/** 31 December 9999. */
const LAST = 2_958_466;

export type Epoch = keyof typeof TO_1970;

/**
 * A serial number as ISO text: a day, or a day and time where it has one or its format shows one; a time alone where it
 * is less than a day. Undefined where it is no date.
 */
export function dateText(stored: string, epoch: Epoch, timed: boolean): string | undefined {
  const serial = Number(stored);
  if (stored.trim() === '' || !(serial >= 0 && serial < LAST)) return undefined;
  const milliseconds = Math.round((serial % 1) * DAY_MS);
  const whole = Math.floor(serial);
  const time = new Date(milliseconds)
    .toISOString()
    .slice(11, 23)
    .replace(/\.000$/, '');
  if (whole === 0) return timed || milliseconds > 0 ? time : undefined;
  if (epoch === 1900 && whole === FALSE_DAY) return undefined;
  const early = epoch === 1900 && whole < FALSE_DAY ? 1 : 0;
  // A time that rounds to 24:00 is the next day's first moment.
  const instant = (whole + early - TO_1970[epoch]) * DAY_MS + milliseconds;
  const text = new Date(instant).toISOString();
  if (!timed && milliseconds % DAY_MS === 0) return text.slice(0, 10);
  return text.slice(0, 23).replace(/\.000$/, '');
}
