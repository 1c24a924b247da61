import type { AlertState, HeldBack } from '../lake/catalogue/alert.ts';
import { kindOf } from '../lake/catalogue/alert-kinds/kinds.ts';
import type { BoundRule } from '../lake/company/alert-rules.ts';
import { chanceOf } from '../lake/series/deviation.ts';
import type { Verdict } from './verdict.ts';

/** Of alerts that open by the budget, at most so many in ten are chance. */
const FALSE_SHARE = 0.1;

/** A figure held against what is usual, before it is decided whether that opens an alert. */
export interface Unusual {
  readonly bound: BoundRule;
  readonly member: string | null;
  readonly verdict: Verdict;
  readonly before: AlertState | undefined;
}

export const asksUsual = ({ rule }: BoundRule): boolean => kindOf(rule).asksUsual === true;

/**
 * Which unusual figures of a morning open no alert. Of hundreds that are judged, some are far off by chance: the procedure of Benjamini
 * and Hochberg (1995) keeps the share of those among the alerts at a tenth. Of the others the furthest off open, so many a
 * day; what is open already is not asked about.
 */
export function heldBack(judged: readonly Unusual[], mostADay: number): HeldBack[] {
  const ranked = judged
    .filter(({ verdict }) => verdict.deviations !== null)
    .map((each, order) => ({ ...each, order, chance: chanceOf(sideways(each)) }))
    .toSorted((a, b) => a.chance - b.chance || a.order - b.order);
  const last = ranked.findLastIndex(({ chance }, at) => chance <= (FALSE_SHARE * (at + 1)) / ranked.length);
  let opened = 0;
  return ranked.flatMap((each, at) => {
    if (each.verdict.says !== 'breach' || isOpen(each.before)) return [];
    if (at > last) return [held(each, 'chance')];
    if (!opens(each)) return [];
    opened += 1;
    return opened > mostADay ? [held(each, 'budget')] : [];
  });
}

/** How far off on the rule's side. */
const sideways = ({ bound, verdict }: Unusual): number =>
  (verdict.deviations ?? 0) * (bound.rule.above === undefined ? -1 : 1);

const isOpen = (state: AlertState | undefined): boolean => state !== undefined && state.firedOn !== null;

/** Whether it would open on this day, rather than wait for more of `for`. */
const opens = ({ bound, before }: Unusual): boolean => {
  const pending = before?.state === 'pending' || before?.before === 'pending' ? before.count : 0;
  return pending + 1 >= bound.rule.for;
};

const held = ({ bound, member, verdict }: Unusual, why: HeldBack['why']): HeldBack => ({
  ...{ rule: bound.rule.id, member, value: verdict.value, level: verdict.level, why },
});
