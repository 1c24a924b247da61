import {
  type MemberSums,
  type Part,
  rankOverlapping,
  type Sums,
  splitAmount,
  splitRatio,
  splitShared,
  total,
} from './drivers-split.ts';
import { type Kpi, OTHER_MEMBERS } from './kpi.ts';
import { valueOf as figureValue, type SnapshotRow } from './snapshot.ts';

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

/** What of a KPI matters here; without its unit nothing is said of members that overlap in a share. */
export type DrivenKpi = Pick<Kpi, 'ratio'> & Partial<Pick<Kpi, 'unit'>>;

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

interface Whole {
  readonly before: Sums;
  readonly after: Sums;
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

/** How the members of a dimension make up the whole. */
type Form = 'amounts' | 'parts' | 'shared' | 'overlapping';

function formOf(kpi: DrivenKpi, members: readonly MemberSums[], whole: Whole): Form {
  const both = (holds: (window: 'before' | 'after') => boolean): boolean => holds('before') && holds('after');
  if (!both((window) => addsUp(members, window, whole[window], 'numerator'))) return 'overlapping';
  if (!kpi.ratio) return 'amounts';
  if (both((window) => addsUp(members, window, whole[window], 'denominator'))) return 'parts';
  const shares = (window: 'before' | 'after'): boolean =>
    members.every(
      (each) => each[window] === null || near(each[window].denominator, whole[window].denominator, 1),
    );
  return both(shares) ? 'shared' : 'overlapping';
}

function partsOf(kpi: DrivenKpi, form: Form, members: readonly MemberSums[], whole: Whole): Part[] {
  if (!kpi.ratio) return splitAmount(members);
  if (form === 'shared') return splitShared(members, whole);
  return form === 'overlapping' && kpi.unit === 'percent'
    ? rankOverlapping(members, whole)
    : splitRatio(members);
}

const effectOf = (part: Part): number => part.rate + part.mix;

/** Figures are kept to 6 decimals, so each member may be half a unit of the last one off. */
const ROUNDING = 1e-6;

const near = (a: number, b: number, figures: number): boolean =>
  Math.abs(a - b) <= ROUNDING * (figures + 1) + Math.abs(b) * 1e-12;

const addsUp = (
  members: readonly MemberSums[],
  window: 'before' | 'after',
  whole: Sums,
  side: 'numerator' | 'denominator',
): boolean => near(total(members.flatMap((each) => each[window] ?? []))[side], whole[side], members.length);

/**
 * Who stands out. A member's excess is its effect beyond its weight's share of the change, in the direction of the
 * change. The score is the leader's excess as a share of the change, times how much of all excess is the leader's
 * own: many members that fluctuate against one another explain nothing.
 */
function leaderOf(parts: readonly Part[], change: number): { leader: Part; score: number } {
  const direction = Math.sign(change);
  const excess = (part: Part): number => (effectOf(part) - part.weight * change) * direction;
  const candidates = parts.filter((part) => part.member !== OTHER_MEMBERS);
  const leader = (candidates.length > 0 ? candidates : parts).reduce((best, part) =>
    excess(part) > excess(best) ? part : best,
  );
  const most = Math.max(0, excess(leader));
  const all = parts.reduce((sum, part) => sum + Math.max(0, excess(part)), 0);
  const score = all === 0 ? 0 : Math.min(1, most / Math.abs(change)) * Math.min(1, most / all);
  return { leader, score };
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
