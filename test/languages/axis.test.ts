import { expect, it } from 'vitest';
import { axisValue } from '../../functions/languages/axis.ts';
import { languageOf } from '../../functions/languages/languages.ts';

const en = { language: languageOf('en'), currency: 'EUR' } as const;
const fr = { language: languageOf('fr'), currency: 'EUR' } as const;

it('says round values as short as can be, in either language', () => {
  expect(axisValue(0, 'currency', en)).toBe('0');
  expect(axisValue(50, 'currency', en)).toBe('€50');
  expect(axisValue(2.5, 'currency', en)).toBe('€2.5');
  expect(axisValue(500_000, 'currency', en)).toBe('€500k');
  expect(axisValue(1_500_000, 'currency', en)).toBe('€1.5m');
  expect(axisValue(-500, 'currency', en)).toBe('−€500');
  expect(axisValue(0.025, 'percent', en)).toBe('2.5%');
  expect(axisValue(0.75, 'percent', fr)).toBe('75\u202f%');
  expect(axisValue(1_500_000, 'currency', fr)).toBe('1,5\u202fM\u202f€');
  expect(axisValue(1200, 'count', fr)).toBe('1\u202f200');
  expect(axisValue(0.25, 'ratio', fr)).toBe('0,25');
});
