import { expect, test } from 'vitest';
import { scanPrice } from '../../../functions/platform/aws/athena-price.ts';

const MB = 2 ** 20;
const TB = 2 ** 40;

test.each([
  ['DDL is free', undefined, 5, 0],
  ['10 MB at least', 0, 5, (10 * MB * 5) / TB],
  ['10 MB at least', 3, 5, (10 * MB * 5) / TB],
  ['whole megabytes', 10 * MB + 1, 5, (11 * MB * 5) / TB],
  ['a terabyte', TB, 5, 5],
  ['a region’s own price', TB, 9, 9],
] as const)('%s: %s bytes at %s USD are %s', (_, bytes, usdPerTb, usd) => {
  expect(scanPrice(bytes, usdPerTb)).toBeCloseTo(usd, 12);
});
