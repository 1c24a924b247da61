/**
 * Exact decimals. A number is a whole mantissa and a count of decimals: `-12.34` is -1234 and 2. The mantissa is a
 * JavaScript number as long as that is exact (up to 2^53) and a bigint beyond: amounts stay exact, and fast
 * (docs/decisions/0039-values-have-one-home.md).
 */
export interface Decimal {
  mantissa: number | bigint;
  scale: number;
}

export const zero = (): Decimal => ({ mantissa: 0, scale: 0 });

/** So many digits are exact in a JavaScript number, whatever they are. */
export const SAFE_DIGITS = 15;
const POWERS = Array.from({ length: 19 }, (_, exponent) => 10 ** exponent);
const powerOfTen = (exponent: number): number => POWERS[exponent] ?? 10 ** exponent;

/** A whole number as JavaScript's own where that is exact. */
export const lean = (value: bigint): number | bigint => {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
};

/** out = a × b, exactly. `out` may be `a`. */
export function multiply(a: Decimal, b: Decimal, out: Decimal): void {
  const product = Number(a.mantissa) * Number(b.mantissa);
  out.mantissa = Number.isSafeInteger(product) ? product : lean(BigInt(a.mantissa) * BigInt(b.mantissa));
  out.scale = a.scale + b.scale;
}

/** out = a + b, exactly. `out` may be `a`. */
export const add = (a: Decimal, b: Decimal, out: Decimal): void => combine(a, b, 1, out);

/** out = a − b, exactly. `out` may be `a`. */
export const subtract = (a: Decimal, b: Decimal, out: Decimal): void => combine(a, b, -1, out);

function combine(a: Decimal, b: Decimal, sign: 1 | -1, out: Decimal): void {
  const scale = Math.max(a.scale, b.scale);
  const left = scaledUp(a, scale);
  const right = scaledUp(b, scale);
  const both = typeof left === 'number' && typeof right === 'number';
  const sum = both ? left + sign * right : Number.NaN;
  out.mantissa = Number.isSafeInteger(sum) ? sum : lean(BigInt(left) + BigInt(sign) * BigInt(right));
  out.scale = scale;
}

function scaledUp(value: Decimal, scale: number): number | bigint {
  const product = Number(value.mantissa) * powerOfTen(scale - value.scale);
  if (Number.isSafeInteger(product)) return product;
  return BigInt(value.mantissa) * 10n ** BigInt(scale - value.scale);
}

/** The product of some numbers over the product of others, at a number of decimals, rounded half away from zero. */
export function quotient(above: readonly Decimal[], below: readonly Decimal[], scale: number): Decimal {
  const product = (parts: readonly Decimal[]): bigint =>
    parts.reduce((all, { mantissa }) => all * BigInt(mantissa), 1n);
  const scaleOf = (parts: readonly Decimal[]): number => parts.reduce((sum, part) => sum + part.scale, 0);
  const shift = scale + scaleOf(below) - scaleOf(above);
  const dividend = product(above) * 10n ** BigInt(Math.max(0, shift));
  const divisor = product(below) * 10n ** BigInt(Math.max(0, -shift));
  return { mantissa: lean(roundedQuotient(dividend, divisor)), scale };
}

/** A quotient of whole numbers as a whole number, rounded half away from zero. */
export function roundedQuotient(dividend: bigint, divisor: bigint): bigint {
  const size = (value: bigint): bigint => (value < 0n ? -value : value);
  const rounded = (2n * size(dividend) + size(divisor)) / (2n * size(divisor));
  return dividend < 0n === divisor < 0n ? rounded : -rounded;
}

/** The mantissa at a given number of decimals; where that drops digits, rounded half away from zero. */
export function rescale(value: Decimal, scale: number): number | bigint {
  if (value.scale <= scale) return scaledUp(value, scale);
  const drop = value.scale - scale;
  if (typeof value.mantissa === 'number' && drop <= SAFE_DIGITS) return roundSafe(value.mantissa, drop);
  return lean(roundedQuotient(BigInt(value.mantissa), 10n ** BigInt(drop)));
}

function roundSafe(mantissa: number, digits: number): number {
  const divisor = powerOfTen(digits);
  const size = Math.abs(mantissa);
  const rest = size % divisor;
  const rounded = (size - rest) / divisor + (2 * rest >= divisor ? 1 : 0);
  return mantissa < 0 ? -rounded : rounded;
}

/** Plain text with exactly `scale` decimals, as engines return a DECIMAL: `-12.3400`. */
export function fixedText(mantissa: number | bigint, scale: number, point = '.'): string {
  const value = BigInt(mantissa);
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}${point}${digits.slice(-scale)}`;
  return value < 0n ? `-${text}` : text;
}

/** The shortest text of a number: `-12.34`, `5`, `0`. */
export function shortText(mantissa: number | bigint, scale: number): string {
  const text = fixedText(mantissa, scale);
  return scale === 0 ? text : text.replace(/\.?0+$/, '');
}
