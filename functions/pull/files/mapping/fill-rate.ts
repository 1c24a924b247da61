import type { FieldSource } from '../../../lake/company/feed.ts';
import { encodeExact } from '../../../lake/landing/codec.ts';
import { RATE_SCALE } from '../../../lake/tables/column.ts';
import { type Decimal, quotient } from '../../../lake/values/decimal.ts';
import { type NumberFormat, plainNumbers, readDecimal } from '../../../lake/values/read-decimal.ts';
import type { Cell } from '../records.ts';
import type { FieldContext } from './field-context.ts';
import type { ColumnInput } from './fill-column.ts';
import { notANumber, TOO_LARGE } from './scribe.ts';
import { cellText, type Fill } from './slice.ts';

export type RateSource = Extract<FieldSource, { quote: unknown }>;

/** What a row says of one part of the quotation: a number above zero (the quote's sign is told apart), or why not. */
type Part = (row: readonly Cell[], positions: readonly number[]) => Decimal | string;

/**
 * Fills a rate from a quotation: `units` of the foreign currency are worth `quote` times `in_units` of the reporting
 * currency; inverse, `quote` times `units` of the foreign currency are worth `in_units` of the reporting currency.
 */
export function fillRate(source: RateSource, context: FieldContext): Fill {
  const { numbers } = context.notation;
  const quoted = context.read(source.quote);
  const price = columnPart(quoted, numbers);
  const units = unitsPart(source.units, context);
  const inUnits = unitsPart(source.in_units, context);
  const rateOf = (row: readonly Cell[], positions: readonly number[]): Decimal | string => {
    const [quote, foreign, own] = [price(row, positions), units(row, positions), inUnits(row, positions)];
    if (typeof quote === 'string') return `${source.quote} ${quote}`;
    if (typeof foreign === 'string') return foreign;
    if (typeof own === 'string') return own;
    return quotedRate(quote, foreign, own, source.inverse) ?? `${source.quote} ${SIGN}`;
  };
  return (slice, store, start) => {
    for (const [index, row] of slice.rows.entries()) {
      const text = cellText(row[slice.positions[quoted.index] as number]);
      if (text === null) continue;
      const rate = rateOf(row, slice.positions);
      const why =
        typeof rate === 'string'
          ? rate
          : encodeExact(rate, RATE_SCALE, store, start + index)
            ? null
            : TOO_LARGE;
      if (why !== null) slice.refuse(index, source.quote, text, why);
    }
  };
}

const SIGN = 'is negative: SAP writes inverse quotations so; say `inverse: negative`';

/** The value of one foreign unit, rounded once; undefined where the sign is not one that the mapping knows. */
export function quotedRate(
  quote: Decimal,
  units: Decimal,
  inUnits: Decimal,
  inverse: RateSource['inverse'],
): Decimal | undefined {
  const negative = BigInt(quote.mantissa) < 0n;
  if (negative && (inverse === undefined || inverse === 'always')) return undefined;
  const size = { mantissa: negative ? -quote.mantissa : quote.mantissa, scale: quote.scale };
  const isInverse = inverse === 'always' || (inverse !== undefined && negative === (inverse === 'negative'));
  return isInverse
    ? quotient([inUnits], [size, units], RATE_SCALE)
    : quotient([size, inUnits], [units], RATE_SCALE);
}

function columnPart(input: ColumnInput, numbers: NumberFormat): Part {
  const reason = notANumber(numbers);
  return (row, positions) => {
    const text = cellText(row[positions[input.index] as number]);
    const exact: Decimal = { mantissa: 0, scale: 0 };
    if (text === null) return 'is empty';
    if (!readDecimal(text, numbers, exact)) return reason;
    return BigInt(exact.mantissa) === 0n ? 'is zero' : exact;
  };
}

const ONE: Decimal = { mantissa: 1, scale: 0 };
const RATIO =
  'SAP then keeps the ratio of the two currencies in TCURF: join it to the export, or write `{ by: COLUMN, values: { JPY: 100 } }`';

function unitsPart(source: RateSource['units'], context: FieldContext): Part {
  if (source === undefined) return () => ONE;
  if (typeof source === 'string') {
    const part = columnPart(context.read(source), context.notation.numbers);
    return (row, positions) => {
      const units = part(row, positions);
      const isBad = typeof units === 'string' || BigInt(units.mantissa) < 0n;
      return isBad
        ? `needs ${source}, which ${typeof units === 'string' ? units : 'is negative'}; ${RATIO}`
        : units;
    };
  }
  const by = context.read(source.by);
  const values = new Map(Object.entries(source.values).map(([word, number]) => [word, plain(number)]));
  const others = plain(source.else);
  return (row, positions) => values.get(cellText(row[positions[by.index] as number]) ?? '') ?? others;
}

/** A number of vigie.yaml, whose schema takes none but whole ones above zero. */
function plain(number: number): Decimal {
  const exact: Decimal = { mantissa: 0, scale: 0 };
  readDecimal(String(number), plainNumbers, exact);
  return exact;
}
