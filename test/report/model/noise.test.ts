import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isAlike,
  isBeyondNoise,
  moveOf,
  noiseOf,
  UNKNOWN_NOISE,
} from '../../../functions/report/model/noise.ts';

const amount = { unit: 'currency', ratio: false } as const;
const share = { unit: 'percent', ratio: true } as const;
const count = { unit: 'count', ratio: false } as const;
const sum = (numerator: number) => ({ numerator: String(numerator), denominator: null });
const part = (numerator: number, denominator: number) => ({
  numerator: String(numerator),
  denominator: String(denominator),
});

describe('a change goes beyond noise', () => {
  test('from two per cent on where nothing is known of the figure', () => {
    expect(isBeyondNoise(amount, sum(98.1), sum(100), UNKNOWN_NOISE)).toBe(false);
    expect(isBeyondNoise(amount, sum(97.9), sum(100), UNKNOWN_NOISE)).toBe(true);
  });

  test('from twice its usual spread on where it swings', () => {
    // Changes of ±10 % and nothing else: the median deviation is 10 %, the spread 14.8 %.
    const noise = noiseOf(Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? 0.1 : -0.1)));
    expect(noise.spread).toBeCloseTo(0.148, 3);
    expect(isBeyondNoise(amount, sum(71), sum(100), noise)).toBe(false);
    expect(isBeyondNoise(amount, sum(70), sum(100), noise)).toBe(true);
  });

  test('a figure that falls by the same every day is falling: its steady move is no noise', () => {
    const noise = noiseOf(Array.from({ length: 30 }, () => -0.05));
    expect(isBeyondNoise(amount, sum(95), sum(100), noise)).toBe(true);
  });

  test('one customer fewer of seventy is chance; of seventy thousand, five per cent is not', () => {
    expect(isBeyondNoise(count, sum(66), sum(70), UNKNOWN_NOISE)).toBe(false);
    expect(isBeyondNoise(count, sum(66_500), sum(70_000), UNKNOWN_NOISE)).toBe(true);
  });

  test('a share of few is chance, the same share of many is not', () => {
    expect(isBeyondNoise(share, part(76, 100), part(72, 100), UNKNOWN_NOISE)).toBe(false);
    expect(isBeyondNoise(share, part(7600, 10_000), part(7200, 10_000), UNKNOWN_NOISE)).toBe(true);
  });

  test('a share that keeps to half a point every week has moved by four points, however few it is made of', () => {
    const steady = noiseOf(Array.from({ length: 30 }, (_, index) => (index % 2 === 0 ? 0.002 : -0.002)));
    expect(isBeyondNoise(share, part(669, 884), part(633, 884), UNKNOWN_NOISE)).toBe(false);
    expect(isBeyondNoise(share, part(669, 884), part(633, 884), steady)).toBe(true);
  });

  test('never where there is nothing to compare', () => {
    expect(isBeyondNoise(share, part(1, 0), part(72, 100), UNKNOWN_NOISE)).toBe(false);
    expect(isBeyondNoise(amount, sum(1), sum(0), UNKNOWN_NOISE)).toBe(false);
    expect(moveOf(amount, null, 3)).toBeNull();
  });

  test('a larger change in the same direction never does less', () => {
    const spread = fc.option(fc.double({ min: 0, max: 0.5, noNaN: true }), { nil: null });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999 }),
        fc.integer({ min: 0, max: 500 }),
        spread,
        (less, more, noise) => {
          const beyond = (by: number) => isBeyondNoise(amount, sum(1000 + by), sum(1000), { spread: noise });
          if (beyond(less)) expect(beyond(less + more)).toBe(true);
        },
      ),
    );
  });
});

test('two weeks make a noise', () => {
  expect(noiseOf(Array.from({ length: 13 }, () => 0.2))).toEqual(UNKNOWN_NOISE);
  expect(noiseOf(Array.from({ length: 14 }, () => 0.2)).spread).not.toBeNull();
});

test('a month to date is set against days about as far into a month; other windows against all', () => {
  expect(isAlike('mtd', '2026-10-02', '2026-11-27')).toBe(false);
  expect(isAlike('mtd', '2026-10-25', '2026-11-27')).toBe(true);
  expect(isAlike('last_7d', '2026-10-02', '2026-11-27')).toBe(true);
});
