import { expect, test } from 'vitest';
import { en } from '../../../functions/languages/en.ts';
import { fr } from '../../../functions/languages/fr.ts';
import { benchmarkOf, intervalOf } from '../../../functions/report/letters/beside.ts';
import type { ComparedFigure } from '../../../functions/report/model/day.ts';

const lineOf = (value: number | null, denominator: number | null): ComparedFigure => ({
  figures: { current: { value, numerator: null, denominator } },
  notable: new Set(),
});
const [english, french] = [en, fr].map((language) => ({ language, currency: 'EUR' })) as [
  { language: typeof en; currency: string },
  { language: typeof fr; currency: string },
];
const plain = (text: string | null): string | undefined => text?.replace(/[\u00a0\u202f]/g, ' ');

test('a survey is told with its interval and its answers, in both languages', () => {
  const kpi = { survey: true, unit: 'percent' } as const;
  expect(plain(intervalOf(kpi, lineOf(0.8, 50), english))).toBe(
    'Between 67.0% and 88.8% (95%), by 50 answers.',
  );
  expect(plain(intervalOf(kpi, lineOf(0.8, 50), french))).toBe(
    'Entre 67,0 % et 88,8 % (95 %), selon 50 réponses.',
  );
  expect(intervalOf({ unit: 'percent' }, lineOf(0.8, 50), english)).toBeNull();
  expect(intervalOf(kpi, lineOf(null, null), english)).toBeNull();
});

test('a benchmark is told with the gap to it', () => {
  const kpi = { unit: 'percent', benchmark: { value: 0.75, source: 'a study' } } as const;
  expect(plain(benchmarkOf(kpi, lineOf(0.72, 100), english))).toBe('Benchmark 75.0%: −3.0 pts.');
  expect(plain(benchmarkOf(kpi, lineOf(0.774, 100), french))).toBe('Repère 75,0 % : +2,4 pts.');
  expect(benchmarkOf(kpi, lineOf(null, 0), english)).toBeNull();
  expect(benchmarkOf({ unit: 'percent' }, lineOf(0.72, 100), english)).toBeNull();
});
