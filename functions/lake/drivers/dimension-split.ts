import { type DrivenKpi, type Form, partsOf } from './form.ts';
import { effectOf, type MemberSums, type Part, type Sums, type Windows } from './split.ts';

/** The exact parts of a dimension's members in a change. */
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

/** Null where there is nothing to split. */
export function splitDimension(
  kpi: DrivenKpi,
  dimension: string,
  form: Form,
  members: readonly MemberSums[],
  whole: Windows & { readonly change: number },
): DimensionSplit | null {
  const parts = partsOf(kpi, form, members, whole);
  if (parts.length === 0) return null;
  const exact = form !== 'overlapping';
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
    rest: exact ? whole.change - parts.reduce((carried, part) => carried + effectOf(part), 0) : null,
    members: ranked.map((part) => effects.get(part.member) as MemberEffect),
  };
}

function memberEffect(
  kpi: DrivenKpi,
  { before, after }: MemberSums,
  part: Part,
  whole: Windows,
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
