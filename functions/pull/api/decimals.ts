import { DECIMAL_SCALE } from '../../lake/tables/column.ts';
import {
  add,
  type Decimal,
  multiply,
  rescale,
  shortText,
  subtract,
  zero,
} from '../../lake/values/decimal.ts';
import { plainNumbers, readDecimal } from '../../lake/values/read-decimal.ts';
import { FieldError } from './record-reader.ts';

/**
 * Decimals of the lake, from texts as vendors write them. What is given back is canonical: an optional minus, at most 14
 * digits, at most 4 decimals; calculated exactly, rounded once, half away from zero. A text that is no decimal, or too
 * large for the lake, throws a `FieldError` (see values.ts).
 */
const CANONICAL = /^-?\d{1,14}(\.\d{1,4})?$/;
/** A number whose minus stands in front; behind it only SAP writes one. */
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
/** The largest mantissa of a DECIMAL(18, 4). */
const LARGEST = 10n ** 18n;

/** `12.50`, `1.5e-7`, `+3.00005` with at most 4 decimals. What is canonical already stays as it is. */
export const roundDecimal = (text: string): string => (CANONICAL.test(text) ? text : kept(parse(text), text));

/** Millionths, as Google counts money: `2500000` is `2.5`. */
export const fromMicros = (text: string): string => shiftDecimal(text, -6);

/** The number times 10^places: `shiftDecimal('12.5', -1)` is `1.25`. */
export function shiftDecimal(text: string, places: number): string {
  const shifted = parse(text);
  const factor: Decimal =
    places < 0 ? { mantissa: 1, scale: -places } : { mantissa: 10n ** BigInt(places), scale: 0 };
  multiply(shifted, factor, shifted);
  return kept(shifted, text);
}

/** A decimal as SAP sends it: spaces around, the minus sign perhaps behind (`12.50-`). */
export function sapDecimal(text: string): string {
  const trimmed = text.trim();
  return roundDecimal(/^[\d.]+-$/.test(trimmed) ? `-${trimmed.slice(0, -1)}` : trimmed);
}

/** Exact sum; rounded once, at the end. No texts: `0`. */
export function sumDecimals(texts: readonly string[]): string {
  const sum = zero();
  for (const text of texts) add(sum, parse(text), sum);
  return kept(sum, texts);
}

/** a − b, exactly; rounded once. */
export function subtractDecimals(a: string, b: string): string {
  const difference = parse(a);
  subtract(difference, parse(b), difference);
  return kept(difference, [a, b]);
}

/** a × b, exactly; rounded once. */
export function multiplyDecimals(a: string, b: string): string {
  const product = parse(a);
  multiply(product, parse(b), product);
  return kept(product, [a, b]);
}

/** The number with its sign turned: lines of returns are negative in the lake. */
export function negateDecimal(text: string): string {
  const turned = zero();
  subtract(turned, parse(text), turned);
  return kept(turned, text);
}

/** -1, 0 or 1. */
export function signOf(text: string): -1 | 0 | 1 {
  const { mantissa } = parse(text);
  return mantissa > 0 ? 1 : mantissa < 0 ? -1 : 0;
}

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

function parse(text: string): Decimal {
  const value = zero();
  const trimmed = text.trim();
  if (!NUMBER.test(trimmed)) throw new FieldError('', text, 'is not a decimal number such as 12.50');
  if (!readDecimal(trimmed, plainNumbers, value)) throw tooLarge(text);
  return value;
}

/** The canonical text at the lake's scale. */
function kept(value: Decimal, from: unknown): string {
  const mantissa = rescale(value, DECIMAL_SCALE);
  if (mantissa >= LARGEST || mantissa <= -LARGEST) throw tooLarge(from);
  return shortText(mantissa, DECIMAL_SCALE);
}

const tooLarge = (from: unknown): FieldError =>
  new FieldError('', from, 'is too large: 14 digits and 4 decimals are kept');
