import { aliasesOf, type MemberName } from './aliases.ts';
import type { Form } from './form.ts';
import { type Suspect, suspectsOf, type Timeline } from './suspects.ts';
import type { WindowFigures } from './windows.ts';

/** Who moved a figure, as far as the windows tell. */
export interface Verdict {
  /** The member that moved against the rest, beyond its habit, and explains the change; null where nobody stands out. */
  readonly culprit: Culprit | null;
  /** Two members of a dimension that moved much, one up and one down, whatever became of the total; the larger first. */
  readonly offsetting: readonly [Suspect, Suspect] | null;
  /** Those who explain most and are most unusual, named or not: what an analyst looks at next. */
  readonly suspects: readonly Suspect[];
  /** In how many earlier windows it was seen what is usual. */
  readonly windows: number;
}

export interface Culprit extends Suspect {
  /** True: it was unusual in the window compared with, and is back to its habit now. */
  readonly returned: boolean;
  /** Other names of exactly the same rows: a category that consists of one brand. */
  readonly aliases: readonly MemberName[];
  /** One more of its dimension that moved with it, and one that moved the other way, each beyond its habit. */
  readonly also: Suspect | null;
  readonly against: Suspect | null;
}

/**
 * How many standard deviations name a member, by the number of earlier windows. With no cause at all the best of a
 * hundred members reaches 3 in every fifth window, 4 hardly ever; with few windows the deviations are uncertain.
 */
const LEVELS = [
  { windows: 16, level: 3.75 },
  { windows: 8, level: 4.5 },
  { windows: 4, level: 5.5 },
  { windows: 0, level: 7 },
] as const;

const levelFor = (known: number): number => LEVELS.find(({ windows }) => known >= windows)?.level ?? 7;

const stands = (suspect: Suspect): boolean => Math.abs(suspect.z) >= levelFor(suspect.windows);

/** Judges all members of all dimensions. */
export function judgeMembers(timeline: Timeline, forms: ReadonlyMap<string, Form>): Verdict {
  const windows = timeline.runs.reduce((sum, run) => sum + run.length, 0);
  const moved = [...forms].flatMap(([dimension, form]) => suspectsOf(timeline, dimension, form));
  const culprit = culpritOf(timeline, forms, moved);
  const offsetting = offsettingOf(timeline, forms, moved);
  return { culprit, offsetting, suspects: mostSuspect(moved), windows };
}

const MOST_SUSPECTS = 4;

/** Each member once, with what of it is most telling. */
function mostSuspect(moved: readonly Suspect[]): Suspect[] {
  const ranked = moved.filter(({ score }) => score > 0).toSorted(byScore);
  const isFirst = (one: Suspect, at: number): boolean =>
    ranked.findIndex((other) => other.dimension === one.dimension && other.member === one.member) === at;
  return ranked.filter(isFirst).slice(0, MOST_SUSPECTS);
}

function culpritOf(
  timeline: Timeline,
  forms: ReadonlyMap<string, Form>,
  moved: readonly Suspect[],
): Culprit | null {
  const earlier = asItWas(timeline);
  const back = earlier ? [...forms].flatMap(([dimension, form]) => suspectsOf(earlier, dimension, form)) : [];
  const all = [
    ...moved.map((each) => ({ each, returned: false })),
    ...back.map((each) => ({ each, returned: true })),
  ];
  const first = all.filter(({ each }) => each.score > 0).toSorted((a, b) => byScore(a.each, b.each))[0];
  if (!first || !stands(first.each)) return null;
  const { returned } = first;
  const each = whoMoved(timeline, first.each, returned ? back : moved);
  const others = othersThan(timeline, forms, each);
  const also = others.filter(({ score }) => score > 0).toSorted(byScore)[0] ?? null;
  const against = others
    .filter((other) => other.explained < 0 && isLarge(timeline, other))
    .toSorted(byDeviation)[0];
  return {
    ...each,
    returned,
    aliases: aliasesOf(timeline, [...forms.keys()], each),
    also,
    against: against ?? null,
  };
}

/**
 * Of two members that are each other's rest, both explain a shift of weights alike: the one that moved more of itself
 * did it.
 */
function whoMoved({ now }: Timeline, first: Suspect, all: readonly Suspect[]): Suspect {
  if ((now.dimensions.get(first.dimension)?.size ?? 0) !== 2) return first;
  const other = all.find(
    (each) =>
      each.dimension === first.dimension &&
      each.member !== first.member &&
      each.aspect === first.aspect &&
      each.score > 0,
  );
  return other && other.own > first.own ? other : first;
}

/** Enough to tell whether the window compared with was itself unusual. */
const HABIT_OF_COMPARED = 4;

/** The window compared with, held against those before it: a change may be somebody's return to normal. */
function asItWas({ kpi, habit, runs, change }: Timeline): Timeline | null {
  const [now, ...before] = habit;
  if (!now || before.length < HABIT_OF_COMPARED) return null;
  const others = (run: readonly WindowFigures[]) => run.filter((window) => window !== now);
  return { kpi, now, habit: before, runs: runs.map(others), change: -change };
}

/**
 * Who else of a dimension stands out once a member is taken out of the rest; nobody is known to where members overlap
 * and cannot be taken out.
 */
function othersThan(
  timeline: Timeline,
  forms: ReadonlyMap<string, Form>,
  { dimension, member }: MemberName,
): Suspect[] {
  const form = forms.get(dimension);
  if (form === undefined || form === 'overlapping') return [];
  return suspectsOf(timeline, dimension, form, member).filter(stands);
}

/** Equal scores (two names of the same rows) are told by a fixed order. */
const byScore = (a: Suspect, b: Suspect): number =>
  differ(a.score, b.score) ? b.score - a.score : byName(a, b);

const differ = (a: number, b: number): boolean => Math.abs(a - b) > 1e-6 * Math.max(Math.abs(a), Math.abs(b));

const byDeviation = (a: Suspect, b: Suspect): number =>
  Math.abs(Math.abs(a.z) - Math.abs(b.z)) > 1e-6 * Math.abs(b.z)
    ? Math.abs(b.z) - Math.abs(a.z)
    : byName(a, b);

const byName = (a: MemberName, b: MemberName): number => (nameOf(a) < nameOf(b) ? -1 : 1);

const nameOf = ({ dimension, member }: MemberName): string => `${dimension}\t${member}`;

/** Two members that offset one another are told from this share of the whole on. */
const LARGE = 0.02;

const isLarge = ({ kpi, now }: Timeline, { effect }: Suspect): boolean => {
  const { numerator, denominator } = now.whole;
  return Math.abs(effect) >= LARGE * Math.abs(kpi.ratio ? numerator / denominator : numerator);
};

/** The pair of which the less unusual one is most unusual, each held against the dimension without the other. */
function offsettingOf(
  timeline: Timeline,
  forms: ReadonlyMap<string, Form>,
  moved: readonly Suspect[],
): Verdict['offsetting'] {
  const pairs = [...forms.keys()].flatMap((dimension) => {
    const first = moved
      .filter((each) => each.dimension === dimension && stands(each) && isLarge(timeline, each))
      .toSorted(byDeviation)[0];
    if (!first) return [];
    const opposite = (one: Suspect) =>
      othersThan(timeline, forms, one)
        .filter((each) => each.effect * one.effect < 0 && isLarge(timeline, each))
        .toSorted(byDeviation);
    const second = opposite(first)[0];
    const again = second && opposite(second).find(({ member }) => member === first.member);
    return second && again ? [[again, second] as const] : [];
  });
  const least = (pair: readonly Suspect[]): number => Math.min(...pair.map(({ z }) => Math.abs(z)));
  return pairs.toSorted((a, b) => least(b) - least(a) || byName(a[0], b[0]))[0] ?? null;
}
