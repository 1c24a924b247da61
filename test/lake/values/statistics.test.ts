import { describe, expect, it } from 'vitest';
import {
  median,
  normalQuantile,
  robustSpread,
  wilsonInterval,
} from '../../../functions/lake/values/statistics.ts';

describe('the normal quantile', () => {
  // Published tables.
  it.each([
    [0.5, 0],
    [0.9, 1.2815515655446004],
    [0.95, 1.6448536269514722],
    [0.975, 1.959963984540054],
    [0.995, 2.5758293035489004],
    [0.9995, 3.2905267314918945],
    [0.025, -1.959963984540054],
    [0.01, -2.3263478740408408],
  ])('of %d is %d', (p, z) => {
    expect(normalQuantile(p)).toBeCloseTo(z, 8);
  });
});

describe('Wilson’s interval', () => {
  // Checked with R: binom::binom.confint(x, n, methods = "wilson").
  it.each([
    [8, 10, 0.95, 0.4901625, 0.9433178],
    [80, 100, 0.95, 0.7111708, 0.8666331],
    [0, 10, 0.95, 0, 0.2775328],
    [10, 10, 0.95, 0.7224672, 1],
  ])('of %d in %d at %d', (hits, trials, confidence, low, high) => {
    const interval = wilsonInterval(hits / trials, trials, confidence);
    expect(interval.low).toBeCloseTo(low, 6);
    expect(interval.high).toBeCloseTo(high, 6);
  });

  it('narrows with more trials and widens with more confidence', () => {
    const width = (trials: number, confidence: number): number => {
      const { low, high } = wilsonInterval(0.3, trials, confidence);
      return high - low;
    };
    expect(width(1000, 0.95)).toBeLessThan(width(100, 0.95));
    expect(width(100, 0.99)).toBeGreaterThan(width(100, 0.95));
  });
});

describe('the usual value and its spread', () => {
  it('is the median, and the MAD as an estimate of the deviation', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    const { usual, spread } = robustSpread([1, 2, 3, 4, 100]);
    expect(usual).toBe(3);
    expect(spread).toBeCloseTo(1.482602, 6);
  });

  it('falls back to the mean deviation, then to one per cent, then to nothing', () => {
    expect(robustSpread([10, 10, 10, 20]).spread).toBeCloseTo(2.5 * 1.253314, 6);
    expect(robustSpread([10, 10, 10]).spread).toBeCloseTo(0.1, 12);
    expect(robustSpread([0, 0, 0]).spread).toBe(0);
  });
});
