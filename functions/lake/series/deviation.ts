/** How a figure is measured against what was expected: on a scale on which its noise is as wide wherever it stands. */
export interface Measure {
  /** 0 where the figure is as expected, more above it. */
  of(value: number, expected: number): number;
  /** The figure that is so far from what was expected. */
  back(distance: number, expected: number): number;
  /** The least spread that a figure of this size has by chance; however steady its history looks. */
  least(expected: number): number;
}

/** How much of what is expected is added to both, so that a figure of nothing is far off, and not infinitely. */
const FLOOR = 0.1;
const LEAST = 1e-3;
/** A history that hardly moves: one per cent is the least spread believed. */
const steady = (): number => 0.01;

/**
 * Of amounts, counts and averages: the logarithm of the ratio, ln(0.1 + 0.9 y/e): twice as much is as far as half as much,
 * nothing at all is 2.3 below. Less than nothing (more taken back than sold) counts as hardly more.
 */
export const relative: Measure = {
  of: (value, expected) => Math.log(Math.max(LEAST, FLOOR + ((1 - FLOOR) * value) / expected)),
  back: (distance, expected) => (expected * (Math.exp(distance) - FLOOR)) / (1 - FLOOR),
  least: steady,
};

/**
 * Of counts: twice the root of the ratio, less 2. What is counted varies as its root does (Poisson), so few and many are on one scale;
 * of many it is as good as the logarithm.
 */
export const counted: Measure = {
  of: (value, expected) => 2 * (Math.sqrt(Math.max(0, value / expected)) - 1),
  back: (distance, expected) => {
    const root = 1 + distance / 2;
    return expected * root * Math.abs(root);
  },
  // One or two a day look steady, by their median; a count of n varies by √n.
  least: (expected) => 1 / Math.sqrt(expected),
};

const logit = (share: number): number => {
  const inside = Math.min(1 - LEAST, Math.max(LEAST, share));
  return Math.log(inside / (1 - inside));
};

/** Of shares of a whole: the difference of log odds, so that 98 % is as far from 96 % as 2 % from 4 %. */
export const odds: Measure = {
  of: (value, expected) => logit(value) - logit(expected),
  back: (distance, expected) => 1 / (1 + Math.exp(-(logit(expected) + distance))),
  least: steady,
};

/**
 * How likely a deviation of so many spreads or more is by chance, on one side: Student's t with five degrees of freedom, since
 * days of a business are wilder than a normal distribution. (Closed form for five: Abramowitz & Stegun 26.7.3.)
 */
export function chanceOf(deviations: number): number {
  const angle = Math.atan(deviations / Math.sqrt(5));
  const cos = Math.cos(angle);
  const inside = (angle + Math.sin(angle) * cos * (1 + (2 / 3) * cos * cos)) / Math.PI;
  return 0.5 - inside;
}
