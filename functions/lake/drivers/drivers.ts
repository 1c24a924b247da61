import { figureValue, type SnapshotRow } from '../snapshot/snapshot.ts';
import { type DrivenKpi, type Form, formOf, partsOf } from './drivers-form.ts';
import { effectOf, leaderOf } from './drivers-leader.ts';
import type { MemberSums, Part, Sums, Windows } from './drivers-split.ts';

/** Why a KPI changed between two windows. Values and effects in the KPI's unit. */
export interface ChangeExplanation {
  readonly before: number | null;
  readonly after: number | null;
  /** after − before; null where one of the two has no value. */
  readonly change: number | null;
  /** The dimension that explains most with the fewest members; null where there is no change or no dimension. */
  readonly best: DimensionSplit | null;
  /** Every dimension, the most telling first. */
  readonly dimensions: readonly DimensionSplit[];
}

export interface DimensionSplit {
  readonly dimension: string;
  /**
   * True when the members add up to the whole, so that their contributions add up to the change (`rest` is then
   * rounding). False where they overlap (a cart with two brands): contributions are then null.
   */
  readonly exact: boolean;
  /** Sum of the members' rate and mix effects; null for an amount, and where the split is not exact. */
  readonly rate: number | null;
  readonly mix: number | null;
  /** Change that the members do not account for. */
  readonly rest: number | null;
  /** The member that carries most beyond its weight, in the direction of the change. */
  readonly leader: MemberEffect;
  /** 0: all members moved alike; 1: one small member carries everything. */
  readonly score: number;
  /** No member stands out: it happened across the board. */
  readonly broad: boolean;
  /** Largest effect first. */
  readonly members: readonly MemberEffect[];
}

export interface MemberEffect {
  readonly member: string;
  readonly before: number | null;
  readonly after: number | null;
  /** Part of the change of the whole (rate + mix); null where the split is not exact. */
  readonly contribution: number | null;
  readonly rate: number | null;
  readonly mix: number | null;
  /** Its share of the denominator in each window; null where the members have no denominators that add up. */
  readonly weightBefore: number | null;
  readonly weightAfter: number | null;
  readonly presence: 'both' | 'appeared' | 'vanished';
}

type Row = Pick<SnapshotRow, 'dimension' | 'member' | 'numerator' | 'denominator'>;

/** Below this score no member stands out. */
const BROAD_BELOW = 0.15;

/**
 * Explains a KPI's change: `current` and `comparison` are its rows of one as-of date and window, the total and every
 * member. Whether members add up is seen from the figures themselves, not taken on trust.
 */
export function explainChange(
  kpi: DrivenKpi,
  current: readonly Row[],
  comparison: readonly Row[],
): ChangeExplanation {
  const [whole0, whole1] = [comparison, current].map((rows) => rows.find((row) => row.dimension === null));
  const before = whole0 ? figureValue(whole0, kpi.ratio) : null;
  const after = whole1 ? figureValue(whole1, kpi.ratio) : null;
  const change = before === null || after === null ? null : after - before;
  if (!whole0 || !whole1 || change === null || change === 0)
    return { before, after, change, best: null, dimensions: [] };
  const whole = { before: sumsOf(whole0, kpi.ratio), after: sumsOf(whole1, kpi.ratio), change };
  const dimensions = [...new Set([...current, ...comparison].flatMap((row) => row.dimension ?? []))]
    .map((dimension) => splitDimension(kpi, dimension, pair(kpi, dimension, comparison, current), whole))
    .filter((split) => split !== null)
    .toSorted((a, b) => b.score - a.score || (a.dimension < b.dimension ? -1 : 1));
  return { before, after, change, best: dimensions[0] ?? null, dimensions };
}

const sumsOf = (row: Row, ratio: boolean): Sums => ({
  numerator: Number(row.numerator ?? 0),
  denominator: ratio ? Number(row.denominator ?? 0) : 1,
});

/** The members of a dimension with their sums in both windows. */
function pair(
  kpi: DrivenKpi,
  dimension: string,
  before: readonly Row[],
  after: readonly Row[],
): MemberSums[] {
  const of = (rows: readonly Row[]) =>
    new Map(
      rows
        .filter((row) => row.dimension === dimension)
        .map((row) => [row.member ?? '', sumsOf(row, kpi.ratio)]),
    );
  const [one, two] = [of(before), of(after)];
  return [...new Set([...one.keys(), ...two.keys()])]
    .toSorted()
    .map((member) => ({ member, before: one.get(member) ?? null, after: two.get(member) ?? null }));
}

interface Whole extends Windows {
  readonly change: number;
}

function splitDimension(
  kpi: DrivenKpi,
  dimension: string,
  members: readonly MemberSums[],
  whole: Whole,
): DimensionSplit | null {
  const form = formOf(kpi, members, whole);
  const parts = partsOf(kpi, form, members, whole);
  if (parts.length === 0) return null;
  const exact = form !== 'overlapping';
  const carried = parts.reduce((sum, part) => sum + effectOf(part), 0);
  // Where not even leaving out says anything, members are ranked by their part in the change of their own pool.
  const pooled = form === 'overlapping' && kpi.unit !== 'percent' && carried !== 0;
  const { leader, score } = leaderOf(parts, pooled ? carried : whole.change);
  const effects = new Map(
    parts.map((part, index) => [
      part.member,
      memberEffect(kpi, members[index] as MemberSums, part, whole, form),
    ]),
  );
  const ranked = parts.toSorted((a, b) => Math.abs(effectOf(b)) - Math.abs(effectOf(a)));
  const sum = (of: 'rate' | 'mix'): number | null =>
    exact && kpi.ratio ? parts.reduce((total, part) => total + part[of], 0) : null;
  return {
    dimension,
    exact,
    rate: sum('rate'),
    mix: sum('mix'),
    rest: exact ? whole.change - carried : null,
    leader: effects.get(leader.member) as MemberEffect,
    score,
    broad: score < BROAD_BELOW,
    members: ranked.map((part) => effects.get(part.member) as MemberEffect),
  };
}

function memberEffect(
  kpi: DrivenKpi,
  { before, after }: MemberSums,
  part: Part,
  whole: Whole,
  form: Form,
): MemberEffect {
  const exact = form !== 'overlapping';
  const value = (sums: Sums | null): number | null =>
    sums === null || sums.denominator === 0 ? null : sums.numerator / sums.denominator;
  const share = (sums: Sums | null, of: Sums): number | null =>
    form === 'parts' ? (sums?.denominator ?? 0) / of.denominator : null;
  return {
    member: part.member,
    before: value(before),
    after: value(after),
    contribution: exact ? effectOf(part) : null,
    rate: exact && kpi.ratio ? part.rate : null,
    mix: exact && kpi.ratio ? part.mix : null,
    weightBefore: share(before, whole.before),
    weightAfter: share(after, whole.after),
    presence: before === null ? 'appeared' : after === null ? 'vanished' : 'both',
  };
}
