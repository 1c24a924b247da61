/**
 * Exact decimals. A number is an integer mantissa and a count of decimals: `-12.34` is -1234 and 2. The mantissa is a
 * JavaScript number as long as that is exact (up to 2^53) and a bigint beyond: amounts stay exact, and fast.
 */
export interface Exact {
  mantissa: number | bigint;
  scale: number;
}

/** How numbers are written. */
export interface NumberFormat {
  readonly decimal: string;
  /** Between groups of three digits; `none`: there is none. */
  readonly thousands: string;
}

export const plainNumbers: NumberFormat = { decimal: '.', thousands: 'none' };

const FAST_DIGITS = 15;
const POWERS = Array.from({ length: 19 }, (_, exponent) => 10 ** exponent);
const powerOfTen = (exponent: number): number => POWERS[exponent] ?? 10 ** exponent;

/** Reads a number into `out`; false when the text is none. Takes a sign in front or, as SAP writes it, behind. */
export function readExact(text: string, format: NumberFormat, out: Exact): boolean {
  return readPlain(text, format.decimal.charCodeAt(0), out) || readFull(text, format, out);
}

/** The common case, without allocations: an optional minus, at most 15 digits, at most one decimal character. */
function readPlain(text: string, decimal: number, out: Exact): boolean {
  const length = text.length;
  const negative = text.charCodeAt(0) === 45;
  const start = negative ? 1 : 0;
  if (length === start || length - start > FAST_DIGITS + 1) return false;
  let mantissa = 0;
  let point = -1;
  for (let at = start; at < length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) mantissa = mantissa * 10 + (code - 48);
    else if (code === decimal && point < 0 && at > start && at < length - 1) point = at;
    else return false;
  }
  if (length - start - (point < 0 ? 0 : 1) > FAST_DIGITS) return false;
  out.mantissa = negative ? -mantissa : mantissa;
  out.scale = point < 0 ? 0 : length - 1 - point;
  return true;
}

/** Any way to write a number: `1.234,50`, `12,50-`, `+.5`, `1E-7`. Groups must be of three: `1.5` is not fifteen. */
function readFull(text: string, format: NumberFormat, out: Exact): boolean {
  const match = fullPattern(format).exec(text);
  if (!match) return false;
  const [, before = '', whole = '', fraction = '', exponent = '0', after = ''] = match;
  if ((before !== '' && after !== '') || (whole === '' && fraction === '')) return false;
  const digits = whole.replace(/\D/g, '') + fraction;
  const scale = fraction.length - Number(exponent);
  // 40 digits are beyond any amount and any rate; without a limit `1E999999` would fill the memory.
  if (digits.length > 40 || Math.abs(scale) > 40) return false;
  const value = BigInt(digits) * (before === '-' || after === '-' ? -1n : 1n);
  out.mantissa = lean(scale < 0 ? value * 10n ** BigInt(-scale) : value);
  out.scale = Math.max(0, scale);
  return true;
}

const patterns = new Map<string, RegExp>();

function fullPattern({ decimal, thousands }: NumberFormat): RegExp {
  const known = patterns.get(decimal + thousands);
  if (known) return known;
  // A space between groups may be a no-break one, a narrow one or an ordinary one.
  const group = thousands === ' ' ? '[ \\u00a0\\u202f]' : `\\${thousands}`;
  const whole = thousands === 'none' ? '\\d*' : `\\d{1,3}(?:${group}\\d{3})+|\\d*`;
  const pattern = new RegExp(`^([+-]?)(${whole})(?:\\${decimal}(\\d*))?(?:[eE]([+-]?\\d{1,3}))?(-?)$`);
  patterns.set(decimal + thousands, pattern);
  return pattern;
}

const lean = (value: bigint): number | bigint => {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
};

/** out = a × b, exactly. `out` may be `a`. */
export function multiply(a: Exact, b: Exact, out: Exact): void {
  const product = Number(a.mantissa) * Number(b.mantissa);
  out.mantissa = Number.isSafeInteger(product) ? product : lean(BigInt(a.mantissa) * BigInt(b.mantissa));
  out.scale = a.scale + b.scale;
}

/** out = a − b, exactly. `out` may be `a`. */
export function subtract(a: Exact, b: Exact, out: Exact): void {
  const scale = Math.max(a.scale, b.scale);
  const left = scaledUp(a, scale);
  const right = scaledUp(b, scale);
  const both = typeof left === 'number' && typeof right === 'number';
  const difference = both ? left - right : Number.NaN;
  out.mantissa = Number.isSafeInteger(difference) ? difference : lean(BigInt(left) - BigInt(right));
  out.scale = scale;
}

function scaledUp(value: Exact, scale: number): number | bigint {
  const factor = powerOfTen(scale - value.scale);
  const product = Number(value.mantissa) * factor;
  if (Number.isSafeInteger(product)) return product;
  return BigInt(value.mantissa) * 10n ** BigInt(scale - value.scale);
}

/** The product of some numbers over the product of others, at a number of decimals, rounded half away from zero. */
export function quotient(above: readonly Exact[], below: readonly Exact[], scale: number): Exact {
  const product = (parts: readonly Exact[]): bigint =>
    parts.reduce((all, { mantissa }) => all * BigInt(mantissa), 1n);
  const scaleOf = (parts: readonly Exact[]): number => parts.reduce((sum, part) => sum + part.scale, 0);
  const shift = scale + scaleOf(below) - scaleOf(above);
  const dividend = product(above) * 10n ** BigInt(Math.max(0, shift));
  const divisor = product(below) * 10n ** BigInt(Math.max(0, -shift));
  const size = (value: bigint): bigint => (value < 0n ? -value : value);
  const rounded = (2n * size(dividend) + size(divisor)) / (2n * size(divisor));
  return { mantissa: lean(dividend < 0n === divisor < 0n ? rounded : -rounded), scale };
}

/** The mantissa at a given number of decimals; where that drops digits, rounded half away from zero. */
export function rescale(value: Exact, scale: number): number | bigint {
  if (value.scale <= scale) return scaledUp(value, scale);
  if (typeof value.mantissa === 'number' && value.scale - scale <= FAST_DIGITS)
    return roundSafe(value.mantissa, value.scale - scale);
  const mantissa = BigInt(value.mantissa);
  const divisor = 10n ** BigInt(value.scale - scale);
  const rest = mantissa % divisor;
  const away = 2n * (rest < 0n ? -rest : rest) >= divisor ? 1n : 0n;
  return lean(mantissa / divisor + (mantissa < 0n ? -away : away));
}

function roundSafe(mantissa: number, digits: number): number {
  const divisor = powerOfTen(digits);
  const size = Math.abs(mantissa);
  const rest = size % divisor;
  const rounded = (size - rest) / divisor + (2 * rest >= divisor ? 1 : 0);
  return mantissa < 0 ? -rounded : rounded;
}

/** Plain text with exactly `scale` decimals, as engines return a DECIMAL: `-12.3400`. */
export function formatScaled(mantissa: number | bigint, scale: number): string {
  const value = BigInt(mantissa);
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return value < 0n ? `-${text}` : text;
}
