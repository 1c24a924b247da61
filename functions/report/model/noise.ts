import type { FigureKind, Kpi, PeriodName } from '../../lake/catalogue/kpi.ts';
import { figureValue, type SnapshotRow } from '../../lake/snapshot/snapshot.ts';
import { addDays } from '../../lake/values/day.ts';
import { robustSpread } from '../../lake/values/statistics.ts';

/**
 * Whether a change is worth a colour: beyond what the figure does anyway. Red and green are for moves that somebody should
 * look at; a figure that breathes stays grey.
 */
export interface Noise {
  /** Robust spread of the same comparison on earlier days: of relative changes, of differences for a share. Null: too few days. */
  readonly spread: number | null;
}

/** Key of a figure's noise: one a KPI, window and comparison. */
export const noiseKey = (kpi: string, period: PeriodName, kind: FigureKind): string =>
  `${kpi}|${period}|${kind}`;

export const UNKNOWN_NOISE: Noise = { spread: null };

/** Below these nobody acts on a change, however steady the figure: 2 %, half a percentage point. */
const LEAST = { relative: 0.02, share: 0.005 } as const;
/** Earlier days from which the usual spread is known. */
const FEWEST_DAYS = 14;
/** How many spreads, or sampling errors, are beyond the usual. */
const BEYOND = 2;

type Compared = Pick<SnapshotRow, 'numerator' | 'denominator'>;
type Measured = Pick<Kpi, 'unit' | 'ratio'>;

/** A change as it is judged: a difference of shares, else relative to the reference; null where there is none. */
export function moveOf(
  { unit }: Pick<Kpi, 'unit'>,
  value: number | null,
  reference: number | null,
): number | null {
  if (value === null || reference === null) return null;
  if (unit === 'percent') return value - reference;
  return reference === 0 ? null : (value - reference) / Math.abs(reference);
}

/** The noise that earlier changes show; their median does not matter: a figure that falls every day is still falling. */
export function noiseOf(moves: readonly number[]): Noise {
  return moves.length < FEWEST_DAYS ? UNKNOWN_NOISE : { spread: robustSpread(moves).spread };
}

/** Whether a change goes beyond the least worth telling and beyond the figure's noise; where that is not known, beyond chance. */
export function isBeyondNoise(kpi: Measured, current: Compared, reference: Compared, noise: Noise): boolean {
  const move = moveOf(kpi, figureValue(current, kpi.ratio), figureValue(reference, kpi.ratio));
  if (move === null) return false;
  const least = kpi.unit === 'percent' ? LEAST.share : LEAST.relative;
  // What is known of the figure holds its chance already.
  const usual = BEYOND * (noise.spread ?? samplingError(kpi, current, reference));
  return Math.abs(move) >= Math.max(least, usual);
}

/**
 * What chance alone does to things that are counted: a count of n varies by √n (Poisson), a share p of n by √(p(1 − p)/n)
 * (binomial). Amounts have no such law without their documents: 0.
 */
function samplingError(kpi: Measured, current: Compared, reference: Compared): number {
  if (!kpi.ratio && (kpi.unit === 'count' || kpi.unit === 'units')) {
    const [n, m] = [Number(current.numerator), Number(reference.numerator)];
    return n > 0 && m > 0 ? Math.sqrt(1 / n + 1 / m) : 0;
  }
  if (!kpi.ratio || kpi.unit !== 'percent') return 0;
  const [n, m] = [Number(current.denominator), Number(reference.denominator)];
  const p = (Number(current.numerator) + Number(reference.numerator)) / (n + m);
  // A target is kept over 1: it is wanted, not counted.
  const over = (size: number): number => (size > 1 ? 1 / size : 0);
  return p > 0 && p < 1 ? Math.sqrt(p * (1 - p) * (over(n) + over(m))) : 0;
}

/**
 * Days whose window had run about as long: on the second of a month the month to date swings more than on the 28th. Other
 * windows are as long every day.
 */
export const isAlike = (period: PeriodName, day: string, asOf: string): boolean =>
  period !== 'mtd' || Math.abs(Number(day.slice(8)) - Number(asOf.slice(8))) <= 5;

/** Days looked back at: a quarter, so that a season does not count as noise. */
export const NOISE_DAYS = 91;

/**
 * What the changes of a KPI usually are, by `noiseKey`: each comparison of each window against its own past. `rows`: totals of
 * the days before `asOf`. Late days are left out.
 */
export function noiseOfAll(kpi: Kpi, asOf: string, rows: readonly SnapshotRow[]): Map<string, Noise> {
  const current = new Map<string, number | null>();
  for (const row of rows)
    if (row.comparison === 'current') current.set(`${row.period} ${row.asOf}`, figureValue(row, kpi.ratio));
  const moves = new Map<string, number[]>();
  for (const row of rows) {
    if (!isPast(row, asOf)) continue;
    const value = current.get(`${row.period} ${row.asOf}`) ?? null;
    const move = moveOf(kpi, value, figureValue(row, kpi.ratio));
    const key = noiseKey(kpi.id, row.period, row.comparison);
    if (move !== null) moves.set(key, [...(moves.get(key) ?? []), move]);
  }
  return new Map([...moves].map(([key, found]) => [key, noiseOf(found)]));
}

const COMPARED: ReadonlySet<FigureKind> = new Set(['previous', 'last_year', 'target'] as const);

const isPast = (row: SnapshotRow, asOf: string): boolean =>
  row.asOf < asOf &&
  row.asOf >= addDays(asOf, -NOISE_DAYS) &&
  COMPARED.has(row.comparison) &&
  row.quality !== 'stale' &&
  isAlike(row.period, row.asOf, asOf);
