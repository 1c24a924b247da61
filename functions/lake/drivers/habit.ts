import { MEDIAN_TO_SIGMA, median } from '../values/statistics.ts';
import type { Contrast, Pair } from './contrast.ts';

/** A member over time. Pairs are null where the member is not known in that window. */
export interface Course {
  readonly now: Pair;
  /** The windows whose median is the habit, latest first. */
  readonly habit: readonly (Pair | null)[];
  /** All earlier windows, run by run; each run has a level of its own. */
  readonly runs: readonly (readonly (Pair | null)[])[];
}

/** How far a member is from its habit. */
export interface Deviation {
  /** In standard deviations: of what sampling and its own earlier ups and downs make usual. */
  readonly z: number;
  /** The contrast it usually has. */
  readonly habit: number;
  /** Of so many windows its ups and downs are known. */
  readonly windows: number;
}

/** What the dimension as a whole tells of the variation counts as so many windows of the member. */
const PRIOR_WINDOWS = 6;
/** A median of n windows has about this much more variance than one window has, over n. */
const MEDIAN_VARIANCE = 1.5;
/** With fewer deviations than this the history does not tell how much members vary. */
const ENOUGH_DEVIATIONS = 8;
/** Nobody is called unusual for moving by less than this against the rest (4 % of 25 %). */
const LEAST_SIGMA = 0.01;
/** Counts without any history may vary this much more than pure counts do. */
const UNKNOWN_DISPERSION = 2;

/**
 * How much more (or less) the members of a dimension vary than one thing at a time would: for amounts about the size
 * of an order, for counts 1 or more. From the ups and downs of all members in all earlier windows. Null where those are
 * too few, and nothing is counted.
 */
export function dispersionOf(contrast: Contrast, courses: readonly Course[]): number | null {
  const floor = contrast.counted ? 1 : 0;
  const least = contrast.counted ? 0.5 : 0;
  const past = courses.flatMap((course) =>
    course.runs.flatMap((run) => scaledDeviations(contrast, run, least)),
  );
  if (past.length >= ENOUGH_DEVIATIONS) return Math.max(floor, spread(past));
  return floor === 0 ? null : UNKNOWN_DISPERSION;
}

/** Squared standard deviation of numbers around zero, whatever a few of them do. */
const spread = (deviations: readonly number[]): number =>
  (MEDIAN_TO_SIGMA * median(deviations.map(Math.abs))) ** 2;

/** From the run's median, in units of sampling. */
function scaledDeviations(contrast: Contrast, run: readonly (Pair | null)[], least: number): number[] {
  const read = run.flatMap((pair) => readAt(contrast, pair, least));
  if (read.length < 2) return [];
  const level = median(read.map(({ at }) => at));
  return read.map(({ at, variance }) => ((at - level) / Math.sqrt(variance)) * lost(read.length));
}

/** Deviations from a median of n are smaller than those from the truth. */
const lost = (n: number): number => Math.sqrt(n / (n - 1));

function readAt(contrast: Contrast, pair: Pair | null, least: number): { at: number; variance: number }[] {
  const at = pair && contrast.read(pair, least);
  const variance = pair && contrast.variance(pair, least);
  return at === null || variance === null ? [] : [{ at, variance }];
}

/** How far a member is from its habit now; null where it has none, or cannot be read. */
export function deviationOf(contrast: Contrast, course: Course, dispersion: number): Deviation | null {
  const least = contrast.counted ? 0.5 : dispersion / 2;
  const now = contrast.read(course.now, least);
  const usual = course.habit.flatMap((pair) => (pair && contrast.read(pair, least)) ?? []);
  if (now === null || usual.length === 0) return null;
  const habit = median(usual);
  const sampled = samplingVariance(contrast, course.now, habit, least) * dispersion;
  const own = ownVariance(contrast, course, least);
  const shrunk = (PRIOR_WINDOWS * sampled + own.windows * own.variance) / (PRIOR_WINDOWS + own.windows);
  const variance = Math.max(LEAST_SIGMA ** 2, sampled, shrunk) * (1 + MEDIAN_VARIANCE / usual.length);
  return { z: (now - habit) / Math.sqrt(variance), habit, windows: own.windows };
}

/** Half-way between what is seen and what was to be expected: fair to a member that all but vanished. */
function samplingVariance(contrast: Contrast, now: Pair, habit: number, least: number): number {
  const seen = contrast.variance(now, least) ?? 0;
  const expected = contrast.variance({ ...now, own: contrast.expected(now, habit) }, least) ?? seen;
  return ((Math.sqrt(seen) + Math.sqrt(expected)) / 2) ** 2;
}

/** The variance of the member's own ups and downs, and of how many windows. */
function ownVariance(
  contrast: Contrast,
  course: Course,
  least: number,
): { variance: number; windows: number } {
  const deviations = course.runs.flatMap((run) => {
    const read = run.flatMap((pair) => (pair && contrast.read(pair, least)) ?? []);
    const level = read.length < 2 ? 0 : median(read);
    return read.length < 2 ? [] : read.map((at) => (at - level) * lost(read.length));
  });
  return { variance: deviations.length === 0 ? 0 : spread(deviations), windows: deviations.length };
}
