import { DECIMAL_SCALE, RATE_SCALE } from '../tables/column.ts';
import type { Column } from '../tables/table.ts';
import { dayNumber } from '../values/day.ts';
import { type Decimal, rescale, zero } from '../values/decimal.ts';
import { instantNumber } from '../values/instant.ts';
import { canonicalMantissa } from '../values/read-decimal.ts';
import { type ColumnStore, setInt, setLong, setText } from './columns.ts';

/**
 * Writes a canonical value into a column's store; false when the column's zod schema refuses it. A codec accepts
 * exactly what the schema accepts (property-tested): zod decides what is right, the codec is only quicker about it.
 * Null is not a codec's business.
 */
export type Codec = (value: unknown, store: ColumnStore, at: number) => boolean;

/** The codec of a column. */
export function codecOf(column: Column): Codec {
  switch (column.kind) {
    case 'text':
      return textCodec(column);
    case 'integer':
      return (value, store, at) => isInt32(value) && setInt(store, at, value);
    case 'decimal':
      return decimalCodec(DECIMAL_SCALE);
    case 'rate':
      return decimalCodec(RATE_SCALE);
    case 'date':
      return dateCodec();
    case 'timestamp':
      return (value, store, at) => {
        const instant = typeof value === 'string' ? instantNumber(value) : Number.NaN;
        return !Number.isNaN(instant) && setLong(store, at, instant);
      };
    case 'boolean':
      return (value, store, at) => typeof value === 'boolean' && setInt(store, at, value ? 1 : 0);
  }
}

/** Why a column refuses a value, in the words of its schema. */
export function explainRefusal(column: Column, value: unknown): string {
  if (value !== null && column.values) return `is none of ${column.values.join(', ')}`;
  const result = column.schema.safeParse(value);
  const message = result.success ? 'refused' : result.error.issues.map((issue) => issue.message).join('; ');
  return value === null ? 'is empty, but required' : message;
}

const accepted = (column: Column, value: unknown): boolean =>
  value !== null && column.schema.safeParse(value).success;
const isInt32 = (value: unknown): value is number => typeof value === 'number' && (value | 0) === value;

/** Each distinct text of a row group is judged once: those in the dictionary have passed. */
function textCodec(column: Column): Codec {
  const plain = column.values === undefined && isPlainText(column);
  return (value, store, at) => {
    if (typeof value !== 'string') return false;
    const known = store.places.get(value);
    if (known !== undefined) return setInt(store, at, known);
    if (plain ? value === '' : !accepted(column, value)) return false;
    return setText(store, at, value);
  };
}

/** Whether a text column asks for nothing but some text: it takes a lone comma, a number and a letter. */
const isPlainText = (column: Column): boolean =>
  [',', '0', 'x', '\u0000'].every((probe) => accepted(column, probe));

/** Neighbouring rows often have the same day. */
function dateCodec(): Codec {
  let last: unknown = Symbol('none yet');
  let day = 0;
  return (value, store, at) => {
    if (value !== last) {
      const found = typeof value === 'string' ? dayNumber(value) : Number.NaN;
      if (Number.isNaN(found)) return false;
      last = value;
      day = found;
    }
    return setInt(store, at, day);
  };
}

/** `-12.3400`: an optional minus, at most 18 − scale digits, then at most `scale` decimals. */
function decimalCodec(scale: number): Codec {
  const out = zero();
  return (value, store, at) => {
    const mantissa = typeof value === 'string' ? canonicalMantissa(value, scale, PRECISION, out) : undefined;
    return mantissa !== undefined && setLong(store, at, mantissa);
  };
}

/** Digits of every decimal of the lake, and the first mantissa with one more. */
const PRECISION = 18;
export const LARGEST = 10n ** BigInt(PRECISION);

/** Writes an exact number into a decimal or rate column, rounded half away from zero; false when it is too large. */
export function encodeExact(exact: Decimal, scale: number, store: ColumnStore, at: number): boolean {
  const mantissa = rescale(exact, scale);
  if (typeof mantissa === 'bigint' && (mantissa >= LARGEST || mantissa <= -LARGEST)) return false;
  setLong(store, at, mantissa);
  return true;
}
