import { OTHER_MEMBERS } from '../catalogue/kpi.ts';
import type { SnapshotRow } from '../snapshot/snapshot.ts';
import type { Pair } from './contrast.ts';
import type { Sums } from './split.ts';

export type FigureRow = Pick<SnapshotRow, 'dimension' | 'member' | 'numerator' | 'denominator'>;

/** Windows like the two compared, none overlapping another: what is usual is seen in them. */
export interface EarlierWindows {
  /** The window compared with, and those before it: their median is a member's habit. */
  readonly habit: readonly (readonly FigureRow[])[];
  /** All there are, in runs of one window after the other (this year's, last year's): how much a member varies. */
  readonly runs: readonly (readonly (readonly FigureRow[])[])[];
}

/** The figures of one window: the whole, and each member of each dimension. */
export interface WindowFigures {
  readonly whole: Sums;
  readonly dimensions: ReadonlyMap<string, ReadonlyMap<string, Sums>>;
}

/** Null where the window has no total. */
export function windowFigures(rows: readonly FigureRow[], ratio: boolean): WindowFigures | null {
  const total = rows.find((row) => row.dimension === null);
  if (!total || total.numerator === null) return null;
  const dimensions = new Map<string, Map<string, Sums>>();
  for (const row of rows) {
    if (row.dimension === null) continue;
    const members = dimensions.get(row.dimension) ?? new Map<string, Sums>();
    members.set(row.member ?? '', sumsOf(row, ratio));
    dimensions.set(row.dimension, members);
  }
  return { whole: sumsOf(total, ratio), dimensions };
}

export const sumsOf = (row: FigureRow, ratio: boolean): Sums => ({
  numerator: Number(row.numerator ?? 0),
  denominator: ratio ? Number(row.denominator ?? 0) : 1,
});

const NOTHING: Sums = { numerator: 0, denominator: 0 };

/**
 * A member and the rest in a window; null where that cannot be known. A member without a figure had nothing, unless
 * only the largest were kept: then it may be among the others. `without` is a member that is left out of the rest.
 */
export function pairOf(
  window: WindowFigures,
  dimension: string,
  member: string,
  without?: string,
): Pair | null {
  const members = window.dimensions.get(dimension);
  const figure = (name: string): Sums | null =>
    members?.get(name) ?? (members === undefined || members.has(OTHER_MEMBERS) ? null : NOTHING);
  const [own, gone] = [figure(member), without === undefined ? NOTHING : figure(without)];
  return own && gone && { own, rest: less(less(window.whole, own), gone) };
}

/** What is left without a part; what is only left by rounding is nothing. */
export const less = (whole: Sums, part: Sums): Sums => ({
  numerator: left(whole.numerator, part.numerator),
  denominator: left(whole.denominator, part.denominator),
});

const left = (whole: number, part: number): number =>
  Math.abs(whole - part) <= 1e-9 * Math.abs(whole) ? 0 : whole - part;
