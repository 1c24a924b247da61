import { figureValue } from '../snapshot/snapshot.ts';
import type { MemberName } from './aliases.ts';
import { judgeMembers, type Verdict } from './culprit.ts';
import { type DimensionSplit, type MemberEffect, splitDimension } from './dimension-split.ts';
import { type DrivenKpi, type Form, formOf } from './form.ts';
import type { MemberSums } from './split.ts';
import type { Suspect } from './suspects.ts';
import { type EarlierWindows, type FigureRow, sumsOf, type WindowFigures, windowFigures } from './windows.ts';

/** Why a KPI changed between two windows. Values and effects in the KPI's unit. */
export interface ChangeExplanation extends Verdict {
  readonly before: number | null;
  readonly after: number | null;
  /** after − before; null where one of the two has no value. */
  readonly change: number | null;
  /** Every dimension with the exact parts of its members, by name. */
  readonly dimensions: readonly DimensionSplit[];
}

/**
 * Explains a KPI's change: `current` and `comparison` are its rows of one as-of date and window, the total and every
 * member; `earlier` the windows before them. Whether members add up is seen from the figures themselves, not taken on
 * trust.
 */
export function explainChange(
  kpi: DrivenKpi,
  current: readonly FigureRow[],
  comparison: readonly FigureRow[],
  earlier: EarlierWindows = { habit: [comparison], runs: [] },
): ChangeExplanation {
  const [whole0, whole1] = [comparison, current].map((rows) => rows.find((row) => row.dimension === null));
  const before = whole0 ? figureValue(whole0, kpi.ratio) : null;
  const after = whole1 ? figureValue(whole1, kpi.ratio) : null;
  const change = before === null || after === null ? null : after - before;
  const [one, two] = [comparison, current].map((rows) => windowFigures(rows, kpi.ratio));
  const nothing = {
    before,
    after,
    change,
    culprit: null,
    offsetting: null,
    suspects: [],
    windows: 0,
    dimensions: [],
  };
  if (!whole0 || !whole1 || !one || !two || change === null) return nothing;
  const whole = { before: sumsOf(whole0, kpi.ratio), after: sumsOf(whole1, kpi.ratio), change };
  const dimensions = [...new Set([...one.dimensions.keys(), ...two.dimensions.keys()])].toSorted();
  const members = new Map(dimensions.map((dimension) => [dimension, pair(dimension, one, two)]));
  const forms = new Map(
    dimensions.map((dimension) => [dimension, formOf(kpi, members.get(dimension) ?? [], whole)]),
  );
  const verdict = judgeMembers({ kpi, now: two, ...parsed(kpi, earlier, comparison, one), change }, forms);
  const splits = dimensions.flatMap(
    (dimension) =>
      splitDimension(kpi, dimension, forms.get(dimension) as Form, members.get(dimension) ?? [], whole) ?? [],
  );
  return { before, after, change, ...consistent(verdict, splits, change), dimensions: splits };
}

/**
 * What is told must be seen in the two windows compared as well: nobody is named whose own part in the change has the
 * other sign.
 */
function consistent(verdict: Verdict, dimensions: readonly DimensionSplit[], change: number): Verdict {
  const isSeen = (suspect: Suspect, sign: number): boolean =>
    (effectOfMember(dimensions, suspect)?.contribution ?? sign) * sign > 0;
  const { culprit, offsetting } = verdict;
  const seen = (suspect: Suspect | null, sign: number) => (suspect && isSeen(suspect, sign) ? suspect : null);
  return {
    ...verdict,
    culprit:
      culprit && isSeen(culprit, change)
        ? { ...culprit, also: seen(culprit.also, change), against: seen(culprit.against, -change) }
        : null,
    offsetting: offsetting?.every((each) => isSeen(each, each.effect))
      ? largerFirst(dimensions, offsetting)
      : null,
  };
}

function largerFirst(
  dimensions: readonly DimensionSplit[],
  [one, two]: readonly [Suspect, Suspect],
): [Suspect, Suspect] {
  const part = (suspect: Suspect): number =>
    Math.abs(effectOfMember(dimensions, suspect)?.contribution ?? suspect.effect);
  return part(two) > part(one) ? [two, one] : [one, two];
}

/** A member's exact part, of the dimension it was named in. */
export const effectOfMember = (
  dimensions: readonly DimensionSplit[],
  { dimension, member }: MemberName,
): MemberEffect | undefined =>
  dimensions
    .find((split) => split.dimension === dimension)
    ?.members.find((effect) => effect.member === member);

/** Windows without a total say nothing. One that is both habit and part of a run is read once. */
function parsed(
  kpi: DrivenKpi,
  { habit, runs }: EarlierWindows,
  comparison: readonly FigureRow[],
  compared: WindowFigures,
): { habit: WindowFigures[]; runs: WindowFigures[][] } {
  const known = new Map<readonly FigureRow[], WindowFigures | null>([[comparison, compared]]);
  const read = (rows: readonly FigureRow[]): WindowFigures[] => {
    const figures = known.has(rows) ? known.get(rows) : windowFigures(rows, kpi.ratio);
    known.set(rows, figures ?? null);
    return figures ? [figures] : [];
  };
  return { habit: habit.flatMap(read), runs: runs.map((run) => run.flatMap(read)) };
}

/** The members of a dimension with their sums in both windows. */
function pair(dimension: string, before: WindowFigures, after: WindowFigures): MemberSums[] {
  const [one, two] = [before.dimensions.get(dimension), after.dimensions.get(dimension)];
  return [...new Set([...(one?.keys() ?? []), ...(two?.keys() ?? [])])]
    .toSorted()
    .map((member) => ({ member, before: one?.get(member) ?? null, after: two?.get(member) ?? null }));
}
