import { OTHER_MEMBERS } from '../catalogue/kpi.ts';
import {
  type Aspect,
  type Contrast,
  type Pair,
  quotientContrast,
  shareContrast,
  sizeContrast,
} from './contrast.ts';
import type { DrivenKpi, Form } from './form.ts';
import { type Course, type Deviation, deviationOf, dispersionOf } from './habit.ts';
import type { Sums } from './split.ts';
import { pairOf, type WindowFigures } from './windows.ts';

/** A member that may have moved the whole, and how far that can be told. */
export interface Suspect extends Deviation {
  readonly dimension: string;
  readonly member: string;
  /** What of it moved. */
  readonly aspect: Aspect;
  /** What the whole would not have, had the member kept its habit while the rest is as it is; in the KPI's unit. */
  readonly effect: number;
  /** The effect as a share of the change; below 0 it worked against it. */
  readonly explained: number;
  /** How far it went from what it was in the window compared with, as a share of the larger: 1 came, or vanished. */
  readonly own: number;
  /** How sure and how much: |z|·√min(1, explained); 0 where it explains nothing. */
  readonly score: number;
}

/** Everything that is known of the windows, parsed. */
export interface Timeline {
  readonly kpi: DrivenKpi;
  readonly now: WindowFigures;
  readonly habit: readonly WindowFigures[];
  readonly runs: readonly (readonly WindowFigures[])[];
  /** Of the whole, now against the window compared with. */
  readonly change: number;
}

/**
 * The members of a dimension, each with each of its aspects. `without`: a member that is known to have moved, taken out
 * of what the others are held against; else one that fell makes all others look as if they had risen.
 */
export function suspectsOf(timeline: Timeline, dimension: string, form: Form, without?: string): Suspect[] {
  const courses = membersOf(timeline, dimension)
    .filter((member) => member !== without)
    .flatMap((member) => courseOf(timeline, dimension, member, without) ?? []);
  const judged = contrastsOf(timeline.kpi, form, courses).map((contrast) => {
    const dispersion = dispersionOf(contrast, courses);
    return {
      contrast,
      of: courses.map((course) => (dispersion === null ? null : deviationOf(contrast, course, dispersion))),
    };
  });
  return courses.flatMap((course, index) => {
    const aspects = judged.flatMap(({ contrast, of }) => {
      const deviation = of[index];
      return deviation ? [{ contrast, deviation }] : [];
    });
    return aspects.map((each) => suspectOf(timeline, dimension, form, course, each, aspects));
  });
}

function membersOf({ now, habit }: Timeline, dimension: string): string[] {
  const keys = [now, ...habit.slice(0, 1)].flatMap((window) => [
    ...(window.dimensions.get(dimension)?.keys() ?? []),
  ]);
  return [...new Set(keys)].filter((member) => member !== OTHER_MEMBERS).toSorted();
}

interface NamedCourse extends Course {
  readonly member: string;
}

function courseOf(
  { now, habit, runs }: Timeline,
  dimension: string,
  member: string,
  without?: string,
): NamedCourse | null {
  const pair = (window: WindowFigures) => pairOf(window, dimension, member, without);
  const current = pair(now);
  return current && { member, now: current, habit: habit.map(pair), runs: runs.map((run) => run.map(pair)) };
}

/** Which aspects a member of such a dimension can have. */
function contrastsOf(kpi: DrivenKpi, form: Form, courses: readonly Course[]): readonly Contrast[] {
  if (!kpi.ratio) return [sizeContrast('numerator', kpi.unit === 'count')];
  if (form === 'shared') return [sizeContrast('numerator', false)];
  const counted = isCounted(courses, 'denominator');
  if (kpi.unit === 'percent')
    return [shareContrast(counted && isCounted(courses, 'numerator')), sizeContrast('denominator', counted)];
  return [quotientContrast, sizeContrast('numerator', false), sizeContrast('denominator', counted)];
}

const isCounted = (courses: readonly Course[], side: 'numerator' | 'denominator'): boolean =>
  courses.every((course) => Number.isInteger(course.now.own[side]));

interface JudgedAspect {
  readonly contrast: Contrast;
  readonly deviation: Deviation;
}

function suspectOf(
  timeline: Timeline,
  dimension: string,
  form: Form,
  course: NamedCourse,
  { contrast, deviation }: JudgedAspect,
  aspects: readonly JudgedAspect[],
): Suspect {
  const { kpi, now, change } = timeline;
  const usual = usualSums(course, { contrast, deviation }, aspects);
  const effect = quotient(now.whole, kpi) - wholeWith(timeline, form, course.now.own, usual);
  const explained = Number.isFinite(effect) && change !== 0 ? effect / change : 0;
  const score = explained < LEAST_EXPLAINED ? 0 : Math.abs(deviation.z) * Math.sqrt(Math.min(1, explained));
  return {
    ...deviation,
    dimension,
    member: course.member,
    aspect: contrast.aspect,
    own: ownMove(course, contrast),
    effect,
    explained,
    score,
  };
}

function ownMove({ now, habit }: Course, { aspect }: Contrast): number {
  const size = ({ own }: Pair): number =>
    aspect === 'rate' ? (own.denominator === 0 ? 0 : own.numerator / own.denominator) : own[aspect];
  const [before, after] = [habit[0] ? size(habit[0]) : 0, size(now)];
  const larger = Math.max(Math.abs(before), Math.abs(after));
  return larger === 0 ? 0 : Math.min(1, Math.abs(after - before) / larger);
}

/** Who explains less than this share of the change is not its cause. */
const LEAST_EXPLAINED = 0.25;
/** From here on, the other side of a quotient counts as having moved too. */
const MOVED_TOO = 2;

/** What the member would have had, had it kept its habit in this aspect. */
function usualSums(
  { now, habit }: NamedCourse,
  { contrast, deviation }: JudgedAspect,
  aspects: readonly JudgedAspect[],
): Sums {
  const usual = contrast.expected(now, deviation.habit);
  if (contrast.aspect === 'rate') return usual;
  const side = contrast.aspect === 'numerator' ? 'denominator' : 'numerator';
  const other = aspects.find((each) => each.contrast.aspect === side);
  if (other && Math.abs(other.deviation.z) >= MOVED_TOO)
    return { ...usual, [side]: other.contrast.expected(now, other.deviation.habit)[side] };
  if (contrast.aspect === 'numerator' || other) return usual;
  // Of a share, things that come or go take their own rate along.
  const known = [now, ...habit].find((pair) => pair !== null && pair.own.denominator > 0)?.own;
  return known ? { ...usual, numerator: (usual.denominator * known.numerator) / known.denominator } : usual;
}

function wholeWith({ kpi, now }: Timeline, form: Form, own: Sums, usual: Sums): number {
  const numerator = now.whole.numerator - own.numerator + usual.numerator;
  const denominator =
    form === 'shared' || !kpi.ratio
      ? now.whole.denominator
      : now.whole.denominator - own.denominator + usual.denominator;
  return quotient({ numerator, denominator }, kpi);
}

const quotient = ({ numerator, denominator }: Sums, kpi: DrivenKpi): number =>
  kpi.ratio ? numerator / denominator : numerator;
