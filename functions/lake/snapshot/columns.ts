import { sha256 } from '../../platform/hash.ts';
import { shortText } from '../values/decimal.ts';
import { scaledNumber } from '../values/read-decimal.ts';

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
  let lines = JSON.stringify(facts);
  let head = '';
  for (let i = 0; i < period.length; i += 1) {
    const isLikeBefore =
      i > 0 &&
      period[i] === period[i - 1] &&
      comparison[i] === comparison[i - 1] &&
      dimension[i] === dimension[i - 1];
    if (!isLikeBefore) head = `${period[i]}\t${comparison[i]}\t${dimension[i] ?? ''}\t`;
    lines += `${head}${member[i]?.length}\t${member[i]}\t${numerator[i]}\t${denominator[i]}\n`;
  }
  return sha256(lines, 24);
}

/** A scaled number as canonical text: `-12.34` of -12340000. */
export const scaledToText = (value: bigint): string => shortText(value, FIGURE_SCALE);

/** Exact decimal text, or a number as engines print it, scaled; half a unit of the last place goes away from zero. Undefined: not a number. */
export const textToScaled = (text: string): bigint | undefined => scaledNumber(text, FIGURE_SCALE);
