import { sha256 } from '../../platform/hash.ts';

/** Decimals kept of numerators and denominators. */
export const FIGURE_SCALE = 6;

/**
 * Figures of one as-of date in columns of equal length: a year of a KPI has a million of them. Ordered by period,
 * comparison, dimension (totals last) and member. Numbers are exact, times 10^6.
 */
export interface FigureColumns {
  readonly period: readonly string[];
  readonly comparison: readonly string[];
  readonly dimension: readonly (string | null)[];
  readonly member: readonly (string | null)[];
  readonly numerator: readonly (bigint | null)[];
  readonly denominator: readonly (bigint | null)[];
}

/** Figures that are still being gathered. */
export type GrowingColumns = { [Name in keyof FigureColumns]: FigureColumns[Name][number][] };

export const noFigures = (): GrowingColumns => ({
  period: [],
  comparison: [],
  dimension: [],
  member: [],
  numerator: [],
  denominator: [],
});

/** Adds row `index` of one set of figures to another. */
export function copyFigure(from: FigureColumns, index: number, to: GrowingColumns): void {
  to.period.push(from.period[index] as string);
  to.comparison.push(from.comparison[index] as string);
  to.dimension.push(from.dimension[index] ?? null);
  to.member.push(from.member[index] ?? null);
  to.numerator.push(from.numerator[index] ?? null);
  to.denominator.push(from.denominator[index] ?? null);
}

/** Totals (rows without a dimension) and members apart: nearly every reader wants the few totals only. */
export function splitTotals(figures: FigureColumns): { totals: GrowingColumns; members: GrowingColumns } {
  const totals = noFigures();
  const members = noFigures();
  for (let index = 0; index < figures.period.length; index += 1) {
    copyFigure(figures, index, figures.dimension[index] == null ? totals : members);
  }
  return { totals, members };
}

/** Equal for equal figures, whoever recorded them. */
export function figuresHash(figures: FigureColumns, ...facts: readonly string[]): string {
  const { period, comparison, dimension, member, numerator, denominator } = figures;
  const lines = period.map(
    (name, i) =>
      `${name}\t${comparison[i]}\t${dimension[i] ?? ''}\t${member[i]?.length}\t${member[i]}\t${numerator[i]}\t${denominator[i]}\n`,
  );
  return sha256(JSON.stringify(facts) + lines.join(''), 24);
}

/** `-12.340000` (scaled by 10^6) as canonical text: `-12.34`. */
export function scaledToText(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(FIGURE_SCALE + 1, '0');
  const decimals = digits.slice(-FIGURE_SCALE).replace(/0+$/, '');
  const whole = digits.slice(0, -FIGURE_SCALE);
  return `${value < 0n ? '-' : ''}${whole}${decimals === '' ? '' : `.${decimals}`}`;
}

const SHORT = /^-?\d+(?:\.\d{1,6})?$/;
const PLAIN = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** Exact decimal text, or a number, scaled by 10^6; half a unit of the last place goes away from zero. Undefined: not a number. */
export function textToScaled(text: string): bigint | undefined {
  if (SHORT.test(text)) {
    // What nearly every figure looks like.
    const point = text.indexOf('.');
    if (point < 0) return BigInt(text) * 10n ** BigInt(FIGURE_SCALE);
    return BigInt(text.slice(0, point) + text.slice(point + 1).padEnd(FIGURE_SCALE, '0'));
  }
  const match = PLAIN.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '', decimals = '', exponent = '0'] = match;
  if (whole === '' && decimals === '') return undefined;
  const shift = FIGURE_SCALE - decimals.length + Number(exponent);
  const digits = BigInt(whole + decimals);
  const scaled = shift >= 0 ? digits * 10n ** BigInt(shift) : roundedQuotient(digits, 10n ** BigInt(-shift));
  return sign === '-' ? -scaled : scaled;
}

/** `numerator / denominator` of two natural numbers, rounded half up. */
export const roundedQuotient = (numerator: bigint, denominator: bigint): bigint =>
  (2n * numerator + denominator) / (2n * denominator);
