import fc from 'fast-check';
import { expect, test } from 'vitest';
import { surveyInterval } from '../../../functions/lake/snapshot/survey.ts';

const satisfaction = { survey: true, unit: 'percent' } as const;
const score = { survey: true, unit: 'points' } as const;

test('a share of answers has Wilson’s interval: 40 of 50, worked out by hand', () => {
  // z² = 3.841459: (0.8 + z²/100 ± 1.959964 √(0.16/50 + z²/10000)) / (1 + z²/50)
  const interval = surveyInterval(satisfaction, { value: 0.8, denominator: 50 });
  expect(interval?.low).toBeCloseTo(0.6696, 4);
  expect(interval?.high).toBeCloseTo(0.8876, 4);
});

test('a score has that of its promoters, were there no passives: 30 points of 100 answers', () => {
  const interval = surveyInterval(score, { value: 30, denominator: 100 });
  expect(interval?.low).toBeCloseTo(10.51, 2);
  expect(interval?.high).toBeCloseTo(47.27, 2);
});

test('what is no survey, or has no value, has none', () => {
  expect(surveyInterval({ unit: 'percent' }, { value: 0.8, denominator: 50 })).toBeNull();
  expect(surveyInterval(score, { value: null, denominator: null })).toBeNull();
  expect(surveyInterval(score, undefined)).toBeNull();
});

test('whatever was answered, the interval holds the figure, stays on its scale, and is as wide as passives would let it be', () => {
  const counts = fc.tuple(fc.nat(300), fc.nat(300), fc.nat(300)).filter((all) => all.some((n) => n > 0));
  fc.assert(
    fc.property(counts, ([promoters, passives, detractors]) => {
      const asked = promoters + passives + detractors;
      const value = (100 * (promoters - detractors)) / asked;
      const { low, high } = surveyInterval(score, { value, denominator: asked }) ?? { low: 1, high: 0 };
      expect(low).toBeGreaterThanOrEqual(-100);
      expect(high).toBeLessThanOrEqual(100);
      expect(value).toBeGreaterThanOrEqual(low - 1e-9);
      expect(value).toBeLessThanOrEqual(high + 1e-9);
      // The same answers with the passives replaced, half by promoters and half by detractors, have the same score.
      const even = surveyInterval(satisfaction, { value: (100 + value) / 200, denominator: asked });
      expect(high - low).toBeCloseTo(200 * ((even?.high ?? 0) - (even?.low ?? 0)), 6);
    }),
  );
});
