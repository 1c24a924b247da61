import type { Kpi } from '../catalogue/kpi.ts';
import {
  type MemberSums,
  type Part,
  rankOverlapping,
  type Sums,
  splitAmount,
  splitRatio,
  splitShared,
  total,
  type Windows,
} from './split.ts';

/** What of a KPI matters here; without its unit nothing is said of members that overlap in a share. */
export type DrivenKpi = Pick<Kpi, 'ratio'> & Partial<Pick<Kpi, 'unit'>>;

/** How the members of a dimension make up the whole. */
export type Form = 'amounts' | 'parts' | 'shared' | 'overlapping';

/** Seen from the figures themselves: whether they add up. */
export function formOf(kpi: DrivenKpi, members: readonly MemberSums[], whole: Windows): Form {
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

/** Each member’s part in the change, as its form allows. */
export function partsOf(kpi: DrivenKpi, form: Form, members: readonly MemberSums[], whole: Windows): Part[] {
  if (!kpi.ratio) return splitAmount(members);
  if (form === 'shared') return splitShared(members, whole);
  return form === 'overlapping' && kpi.unit === 'percent'
    ? rankOverlapping(members, whole)
    : splitRatio(members);
}

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
