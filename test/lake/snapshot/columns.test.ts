import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scaledToText, textToScaled } from '../../../functions/lake/snapshot/columns.ts';

test('text and scaled numbers are the same number', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 37n), max: 10n ** 37n }), (scaled) => {
      expect(textToScaled(scaledToText(scaled))).toBe(scaled);
    }),
  );
});

describe('rounding and forms', () => {
  test.each([
    ['0.0000005', '0.000001'],
    ['-0.0000005', '-0.000001'],
    ['0.00000049', '0'],
    ['12', '12'],
    ['.5', '0.5'],
    ['1e3', '1000'],
    ['2.5E-7', '0'],
    ['1.5e-6', '0.000002'],
    ['-12.340000', '-12.34'],
  ])('%s is kept as %s', (text, kept) => {
    expect(scaledToText(textToScaled(text) as bigint)).toBe(kept);
  });

  test.each(['', '.', 'NaN', 'Infinity', '1,5', '0x10', ' 1'])('%j is no number', (text) => {
    expect(textToScaled(text)).toBeUndefined();
  });
});
