import type { Timeline } from './suspects.ts';
import { pairOf } from './windows.ts';

export interface MemberName {
  readonly dimension: string;
  readonly member: string;
}

/** Equal figures in so many windows are no coincidence. */
const WINDOWS_ALIKE = 3;

/**
 * Members of other dimensions that have the same figures in every window: two names of the same rows. Which of them is
 * named decides a fixed order.
 */
export function aliasesOf(timeline: Timeline, dimensions: readonly string[], one: MemberName): MemberName[] {
  return dimensions
    .filter((dimension) => dimension !== one.dimension)
    .flatMap((dimension) =>
      [...(timeline.now.dimensions.get(dimension)?.keys() ?? [])].map((member) => ({ dimension, member })),
    )
    .filter((other) => sameFigures(timeline, one, other))
    .toSorted((a, b) => (a.dimension + a.member < b.dimension + b.member ? -1 : 1));
}

function sameFigures(timeline: Timeline, one: MemberName, other: MemberName): boolean {
  const windows = [timeline.now, ...new Set([...timeline.habit, ...timeline.runs.flat()])];
  const pairs = windows.flatMap((window) => {
    const [a, b] = [one, other].map(({ dimension, member }) => pairOf(window, dimension, member)?.own);
    return a && b ? [[a, b] as const] : [];
  });
  return (
    pairs.length >= WINDOWS_ALIKE &&
    pairs.every(([a, b]) => alike(a.numerator, b.numerator) && alike(a.denominator, b.denominator))
  );
}

const alike = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
