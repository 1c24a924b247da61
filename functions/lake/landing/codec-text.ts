import { type Exact, plainNumbers, readExact, rescale } from './codec-decimal.ts';

/**
 * Canonical texts read character by character: a pull reads millions, and regular expressions with a Date behind them
 * cost ten times as much. They take exactly what functions/lake/tables/column.ts takes (property-tested).
 */
const ZERO = 48;
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
