import { DECIMAL_SCALE } from '../../lake/tables/column.ts';
import { FieldError } from './record-reader.ts';

/**
 * Exact decimals as text, whatever way a vendor writes them. What is given back is canonical: an optional minus, at
 * most 14 digits, at most 4 decimals. Rounded once, half away from zero. A text that is no decimal, or
 * too large for the lake, throws a `FieldError` (see values.ts).
 */
const CANONICAL = /^-?\d{1,14}(\.\d{1,4})?$/;
const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,6}))?$/;
/** The largest mantissa of a DECIMAL(18, 4). */
const LARGEST = 10n ** 18n;
/** An amount is far below this; without a limit `1e999999` would fill the memory. */
const MOST_DIGITS = 64;

/** `12.50`, `1.5e-7`, `+3.00005` with at most 4 decimals. What is canonical already stays as it is. */
export const roundDecimal = (text: string): string => (CANONICAL.test(text) ? text : shiftDecimal(text, 0));

/** Millionths, as Google counts money: `2500000` is `2.5`. */
export const fromMicros = (text: string): string => shiftDecimal(text, -6);

/** The number times 10^places: `shiftDecimal('12.5', -1)` is `1.25`. */
export const shiftDecimal = (text: string, places: number): string =>
  format(roundedMantissa(parse(text), places, text), DECIMAL_SCALE);

/** A decimal as SAP sends it: spaces around, the minus sign perhaps behind (`12.50-`). */
export function sapDecimal(text: string): string {
  const trimmed = text.trim();
  return roundDecimal(/^[\d.]+-$/.test(trimmed) ? `-${trimmed.slice(0, -1)}` : trimmed);
}

/** Exact sum; rounded once, at the end. No texts: `0`. */
export function sumDecimals(texts: readonly string[]): string {
  const parts = texts.map(parse);
  const scale = Math.max(0, ...parts.map((part) => part.scale));
  const sum = parts.reduce((total, part) => total + part.mantissa * 10n ** BigInt(scale - part.scale), 0n);
  return format(roundedMantissa({ mantissa: sum, scale }, 0, texts), DECIMAL_SCALE);
}

/** a − b, exactly; rounded once. */
export const subtractDecimals = (a: string, b: string): string => sumDecimals([a, turned(b)]);

/** a × b, exactly; rounded once. */
export function multiplyDecimals(a: string, b: string): string {
  const [left, right] = [parse(a), parse(b)];
  const product = { mantissa: left.mantissa * right.mantissa, scale: left.scale + right.scale };
  return format(roundedMantissa(product, 0, [a, b]), DECIMAL_SCALE);
}

/** The number with its sign turned: lines of returns are negative in the lake. */
export const negateDecimal = (text: string): string => shiftDecimal(turned(text), 0);

/** -1, 0 or 1. */
export function signOf(text: string): -1 | 0 | 1 {
  const { mantissa } = parse(text);
  return mantissa > 0n ? 1 : mantissa < 0n ? -1 : 0;
}

const turned = (text: string): string => {
  const trimmed = text.trim();
  return trimmed.startsWith('-') ? trimmed.slice(1) : `-${trimmed.replace(/^\+/, '')}`;
};

/**
 * An amount that was stored with two decimals whatever its currency, as SAP stores amounts inside (table TCURX says how
 * many a currency really has): `1.00` JPY is 100 yen, `12.34` KWD is 1.234. `decimals` are the currency's, by default ISO 4217's.
 */
export const fromTwoDecimals = (
  text: string,
  currency: string,
  decimals = currencyDecimals(currency),
): string => shiftDecimal(text, 2 - decimals);

const known = new Map<string, number>();

/** Decimals of a currency by ISO 4217: EUR 2, JPY 0, KWD 3. */
export function currencyDecimals(currency: string): number {
  const found = known.get(currency);
  if (found !== undefined) return found;
  if (!/^[A-Z]{3}$/.test(currency)) throw new FieldError('', currency, 'is not an ISO 4217 code');
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const decimals = format.resolvedOptions().maximumFractionDigits ?? 2;
  known.set(currency, decimals);
  return decimals;
}

interface Parsed {
  readonly mantissa: bigint;
  /** Decimals of the mantissa; 0 or more. */
  readonly scale: number;
}

function parse(text: string): Parsed {
  const found = DECIMAL.exec(text.trim());
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = found ?? [];
  if (!found || whole + fraction === '')
    throw new FieldError('', text, 'is not a decimal number such as 12.50');
  const digits = whole + fraction;
  const scale = fraction.length - Number(exponent);
  if (/^0*$/.test(digits)) return { mantissa: 0n, scale: 0 };
  // So small that it is nothing at four decimals: JSON prints 5e-324.
  if (digits.length - scale < -MOST_DIGITS) return { mantissa: 0n, scale: 0 };
  if (digits.length - scale > MOST_DIGITS || digits.length > 4 * MOST_DIGITS) throw tooLarge(text);
  const value = BigInt(digits) * (sign === '-' ? -1n : 1n);
  return scale >= 0 ? { mantissa: value, scale } : { mantissa: value * 10n ** BigInt(-scale), scale: 0 };
}

/** The mantissa at the lake's scale, of the number × 10^places. */
function roundedMantissa({ mantissa, scale }: Parsed, places: number, from: unknown): bigint {
  const drop = scale - places - DECIMAL_SCALE;
  const rounded = drop <= 0 ? mantissa * 10n ** BigInt(-drop) : halfAway(mantissa, 10n ** BigInt(drop));
  if (rounded >= LARGEST || rounded <= -LARGEST) throw tooLarge(from);
  return rounded;
}

function halfAway(mantissa: bigint, divisor: bigint): bigint {
  const size = mantissa < 0n ? -mantissa : mantissa;
  const rounded = (2n * size + divisor) / (2n * divisor);
  return mantissa < 0n ? -rounded : rounded;
}

function format(mantissa: bigint, scale: number): string {
  const size = (mantissa < 0n ? -mantissa : mantissa).toString().padStart(scale + 1, '0');
  const fraction = size.slice(-scale).replace(/0+$/, '');
  return `${mantissa < 0n ? '-' : ''}${size.slice(0, -scale)}${fraction === '' ? '' : `.${fraction}`}`;
}

const tooLarge = (from: unknown): FieldError =>
  new FieldError('', from, 'is too large: 14 digits and 4 decimals are kept');
