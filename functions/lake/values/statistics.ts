/** The middle value; the mean of the two middle ones where the count is even. NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.length <= FEW ? inOrder(values) : Float64Array.from(values).sort();
  const count = values.length;
  if (count === 0) return Number.NaN;
  const upper = sorted[count >> 1] as number;
  return count % 2 === 1 ? upper : ((sorted[(count >> 1) - 1] as number) + upper) / 2;
}

/** So few are put in order one by one: forecasts and their back-tests ask for the median of a dozen a million times. */
const FEW = 24;
const few = new Float64Array(FEW);

/** Ascending, what is no number last, at the beginning of an array that the next call writes over. */
function inOrder(values: readonly number[]): Float64Array {
  for (let count = 0; count < values.length; count += 1) {
    const value = values[count] as number;
    let at = count;
    for (; at > 0 && !Number.isNaN(value) && !((few[at - 1] as number) <= value); at -= 1)
      few[at] = few[at - 1] as number;
    few[at] = value;
  }
  return few;
}

/** Makes the median absolute deviation, and the mean one, estimate a normal spread (Iglewicz and Hoaglin, 1993). */
export const MEDIAN_TO_SIGMA = 1.482602;
const MEAN_TO_SIGMA = 1.253314;
/** A history that hardly moves: one per cent of its median is the least spread believed. */
const LEAST_SPREAD = 0.01;

/**
 * The usual value and its robust spread. Where more than half of the values are equal the median deviation is zero;
 * then the mean deviation stands in. `spread` is 0 only for a history of zeros.
 */
export function robustSpread(values: readonly number[]): { readonly usual: number; readonly spread: number } {
  const usual = median(values);
  const deviations = values.map((value) => Math.abs(value - usual));
  const mad = median(deviations) * MEDIAN_TO_SIGMA;
  const mean = (deviations.reduce((sum, each) => sum + each, 0) / deviations.length) * MEAN_TO_SIGMA;
  return { usual, spread: Math.max(mad > 0 ? mad : mean, Math.abs(usual) * LEAST_SPREAD) };
}

/**
 * Wilson's score interval of a share (Wilson 1927): where the true share lies with the given two-sided confidence.
 * Unlike the plain normal interval it holds for small counts and for shares near 0 and 1.
 */
export function wilsonInterval(
  share: number,
  trials: number,
  confidence: number,
): { readonly low: number; readonly high: number } {
  const z = normalQuantile((1 + confidence) / 2);
  const scale = 1 + z ** 2 / trials;
  const centre = (share + z ** 2 / (2 * trials)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / trials + z ** 2 / (4 * trials ** 2));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/** Coefficients of Acklam's rational approximation (relative error below 1.15e-9). */
const CENTRE_TOP = [
  -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1,
  2.506628277459239,
];
const CENTRE_BOTTOM = [
  -5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1,
  1,
];
const TAIL_TOP = [
  -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const TAIL_BOTTOM = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416, 1];
const TAIL = 0.02425;

const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduce((sum, each) => sum * x + each, 0);

/** The value below which a standard normal variable lies with probability `p`, 0 < p < 1. */
export function normalQuantile(p: number): number {
  if (p > 1 - TAIL) return -normalQuantile(1 - p);
  if (p < TAIL) {
    const q = Math.sqrt(-2 * Math.log(p));
    return polynomial(TAIL_TOP, q) / polynomial(TAIL_BOTTOM, q);
  }
  const q = p - 0.5;
  return (polynomial(CENTRE_TOP, q * q) * q) / polynomial(CENTRE_BOTTOM, q * q);
}

/** The mean in which the outer tenths count as much as the nearest of the others. NaN without values. */
export function winsorizedMean(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const cut = Math.floor(sorted.length * WINSORIZED);
  const [low, high] = [sorted[cut] as number, sorted[sorted.length - 1 - cut] as number];
  return sorted.reduce((sum, value) => sum + Math.min(high, Math.max(low, value)), 0) / sorted.length;
}

const WINSORIZED = 0.1;
