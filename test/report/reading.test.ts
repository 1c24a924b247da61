import { expect, test } from 'vitest';
import type { FigureKind } from '../../functions/lake/catalogue/kpi.ts';
import type { ComparedFigure } from '../../functions/report/model/day.ts';
import { readingOf } from '../../functions/report/model/reading.ts';

const figure = (value: number) => ({ value, numerator: value, denominator: null });
const line = (now: number, before: number, notable: FigureKind[]): ComparedFigure => ({
  figures: { current: figure(now), previous: figure(before) },
  notable: new Set(notable),
});

test.each([
  ['a rise of what should rise', line(120, 100, ['previous']), 'up', '+20 %', 'better'],
  ['a rise of what should fall', line(120, 100, ['previous']), 'down', '+20 %', 'worse'],
  ['a fall of what should rise', line(80, 100, ['previous']), 'up', '−20 %', 'worse'],
  ['of what should do neither', line(120, 100, ['previous']), 'neither', '+20 %', 'same'],
  ['as far as the figure moves anyway', line(120, 100, []), 'up', '+20 %', 'same'],
  ['far only against something else', line(120, 100, ['last_year']), 'up', '+20 %', 'same'],
  ['what rounds to nothing', line(100.001, 100, ['previous']), 'up', '0 %', 'same'],
] as const)('%s', (_, compared, good, change, reads) => {
  expect(readingOf(compared, 'previous', { good }, change)).toBe(reads);
});

test('without a figure there is nothing to read', () => {
  expect(readingOf(undefined, 'previous', { good: 'up' }, '+20 %')).toBe('same');
});
