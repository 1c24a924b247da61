import { type Decimal, lean, rescale, SAFE_DIGITS, zero } from './decimal.ts';

/** How numbers are written. */
export interface NumberFormat {
  readonly decimal: string;
  /** Between groups of three digits; `none`: there is none. */
  readonly thousands: string;
  /** Any way to write a number: `1.234,50`, `12,50-`, `+.5`, `1E-7`. Groups must be of three: `1.5` is not fifteen. */
  readonly pattern: RegExp;
}

export function numberFormat(decimal: string, thousands: string): NumberFormat {
  // A space between groups may be a no-break one, a narrow one or an ordinary one.
  const group = thousands === ' ' ? '[ \\u00a0\\u202f]' : `\\${thousands}`;
  const whole = thousands === 'none' ? '\\d*' : `\\d{1,3}(?:${group}\\d{3})+|\\d*`;
  const pattern = new RegExp(`^([+-]?)(${whole})(?:\\${decimal}(\\d*))?(?:[eE]([+-]?\\d{1,6}))?(-?)$`);
  return { decimal, thousands, pattern };
}

export const plainNumbers = numberFormat('.', 'none');

const ZERO = 48;
const MINUS = 45;
const POINT = 46;

/** Reads a number into `out`; false when the text is none. Takes a sign in front or, as SAP writes it, behind. */
export const readDecimal = (text: string, format: NumberFormat, out: Decimal): boolean =>
  readPlain(text, format.decimal.charCodeAt(0), out) || readFull(text, format.pattern, out);

/** The common case, without allocations: an optional minus, at most 15 digits, at most one decimal character. */
function readPlain(text: string, decimal: number, out: Decimal): boolean {
  const length = text.length;
  const negative = text.charCodeAt(0) === MINUS;
  const start = negative ? 1 : 0;
  if (length === start || length - start > SAFE_DIGITS + 1) return false;
  let mantissa = 0;
  let point = -1;
  for (let at = start; at < length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= ZERO && code <= ZERO + 9) mantissa = mantissa * 10 + (code - ZERO);
    else if (code === decimal && point < 0 && at > start && at < length - 1) point = at;
    else return false;
  }
  if (length - start - (point < 0 ? 0 : 1) > SAFE_DIGITS) return false;
  out.mantissa = negative ? -mantissa : mantissa;
  out.scale = point < 0 ? 0 : length - 1 - point;
  return true;
}

/** Beyond any amount and any rate; without a limit `1E999999` would fill the memory. */
const MOST_DIGITS = 64;

function readFull(text: string, pattern: RegExp, out: Decimal): boolean {
  const [found, before = '', whole = '', fraction = '', exponent = '0', after = ''] =
    pattern.exec(text) ?? [];
  if (found === undefined || (before !== '' && after !== '') || whole + fraction === '') return false;
  const digits = whole.replace(/\D/g, '') + fraction;
  const scale = fraction.length - Number(exponent);
  // So small that it is nothing at any scale: engines print 5e-324.
  const isNothing = /^0*$/.test(digits) || scale - digits.length > MOST_DIGITS;
  if (!isNothing && (digits.length - scale > MOST_DIGITS || digits.length > 4 * MOST_DIGITS)) return false;
  const value = isNothing ? 0n : BigInt(digits) * (before === '-' || after === '-' ? -1n : 1n);
  out.mantissa = lean(isNothing || scale >= 0 ? value : value * 10n ** BigInt(-scale));
  out.scale = isNothing ? 0 : Math.max(0, scale);
  return true;
}

const DIGITS = /^-?\d+(?:\.\d+)?$/;

/**
 * The number × 10^scale of a canonical decimal: an optional minus, at most `precision` − `scale` digits, perhaps a point
 * and at most `scale` more. Undefined where the text is none. `out` is written over: a pull reads millions.
 */
export function canonicalMantissa(
  text: string,
  scale: number,
  precision: number,
  out: Decimal,
): number | bigint | undefined {
  if (!readPlain(text, POINT, out)) {
    if (!DIGITS.test(text) || !readFull(text, plainNumbers.pattern, out)) return undefined;
    const point = text.indexOf('.');
    if (out.scale === 0 && point >= 0) rescaleTo(out, text.length - point - 1);
  }
  const sign = text.charCodeAt(0) === MINUS ? 1 : 0;
  const whole = text.length - sign - (out.scale === 0 ? 0 : out.scale + 1);
  return out.scale > scale || whole > precision - scale ? undefined : rescale(out, scale);
}

/** Zeros behind the point count as well. */
function rescaleTo(out: Decimal, scale: number): void {
  out.mantissa = rescale(out, scale);
  out.scale = scale;
}

/** A number as engines print it (`12.5`, `1e-7`) × 10^scale, rounded half away from zero; undefined where it is none. */
export function scaledNumber(text: string, scale: number): bigint | undefined {
  const value = zero();
  return readDecimal(text, plainNumbers, value) ? BigInt(rescale(value, scale)) : undefined;
}
