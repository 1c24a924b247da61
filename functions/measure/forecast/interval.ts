import { median } from '../../lake/values/statistics.ts';

/** A forecast that was made for a window which is over. */
export interface Trial {
  readonly forecast: number;
  readonly actual: number;
  /** What was still to come, as expected then: what errors are measured in. */
  readonly expected: number;
}

/** Where the end lies four times in five, and how far forecasts of the same stage usually were off. */
export interface Range {
  readonly low: number;
  readonly high: number;
  /** Median distance from what came, as a share of what came. */
  readonly usualError: number;
}

/** Fewer windows say too little. */
export const FEWEST_TRIALS = 8;
const COVERAGE = 0.8;
/** Of the last four windows, so many outside: something broke, and the widest error counts. */
const RECENT = 4;
const MOST_MISSES = 3;

/**
 * The range by split conformal prediction (Vovk 2005; Lei et al. 2018): of n errors, each measured in what was still to come, the
 * one of rank ⌈0.8 (n + 1)⌉ is passed by one new one in five, whatever their distribution. `trials`: newest first. Null of
 * fewer than 8.
 */
export function rangeOf(
  forecast: number,
  expected: number,
  trials: readonly Trial[],
): (Range & { readonly broken: boolean }) | null {
  const usable = trials.filter((trial) => trial.expected > 0);
  if (usable.length < FEWEST_TRIALS) return null;
  const errors = usable.map((trial) => Math.abs(trial.actual - trial.forecast) / trial.expected);
  const sorted = errors.toSorted((a, b) => a - b);
  const rank = Math.ceil(COVERAGE * (errors.length + 1));
  const usual = sorted[Math.min(rank, sorted.length) - 1] as number;
  const broken = errors.slice(0, RECENT).filter((error) => error > usual).length >= MOST_MISSES;
  const half = expected * (broken ? (sorted.at(-1) as number) : usual);
  const shares = usable.flatMap(({ forecast: said, actual }) =>
    actual > 0 ? [Math.abs(said - actual) / actual] : [],
  );
  return { low: forecast - half, high: forecast + half, usualError: median(shares), broken };
}

/**
 * The range of a forecast that may lean to one side, by how earlier ones did: of n shares by which what came exceeded what was
 * said, those of rank 0.1 (n + 1) and 0.9 (n + 1), between two of them where that is no whole number (Hyndman & Fan 1996, type 6).
 * Never below what is booked.
 */
export function rangeOfShares(
  forecast: number,
  booked: number,
  earlier: readonly { readonly said: number; readonly came: number }[],
): Range | null {
  const n = earlier.length;
  if (n < FEWEST_TRIALS) return null;
  const shares = earlier.map(({ said, came }) => came / said - 1).sort((a, b) => a - b);
  const low = atRank(shares, TAIL * (n + 1));
  const high = atRank(shares, (1 - TAIL) * (n + 1));
  const off = earlier.flatMap(({ said, came }) => (came > 0 ? [Math.abs(said - came) / came] : []));
  return {
    low: Math.max(booked, forecast * (1 + low)),
    high: Math.max(booked, forecast * (1 + high)),
    usualError: off.length === 0 ? 0 : median(off),
  };
}

const TAIL = (1 - COVERAGE) / 2;

/** The value of a rank from 1 on, of values ascending; the extremes beyond them. */
function atRank(sorted: readonly number[], rank: number): number {
  const within = Math.min(Math.max(rank, 1), sorted.length);
  const [below, above] = [sorted[Math.floor(within) - 1], sorted[Math.ceil(within) - 1]] as [number, number];
  return below + (within - Math.floor(within)) * (above - below);
}
