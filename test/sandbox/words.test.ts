import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { carrier, randomStream, weighted } from '../../sandbox/kit/random.ts';
import { csv, european, plain } from '../../sandbox/kit/words.ts';

const cents = fc.integer({ min: -(10 ** 13), max: 10 ** 13 });

describe('amounts as systems write them', () => {
  test.each([
    [0, '0.00', '0,00'],
    [5, '0.05', '0,05'],
    [-123_450, '-1234.50', '-1.234,50'],
    [100_000_000_09, '100000000.09', '100.000.000,09'],
    [1_000_07, '1000.07', '1.000,07'],
  ])('%i cents', (amount, american, german) => {
    expect(plain(amount)).toBe(american);
    expect(european(amount)).toBe(german);
  });

  test('no cent is lost', () => {
    fc.assert(
      fc.property(cents, (amount) => {
        expect(Number(plain(amount).replace('.', ''))).toBe(amount);
        expect(Number(european(amount, ' ').replaceAll(/[ ,]/g, ''))).toBe(amount);
      }),
    );
  });

  test('a field that holds the delimiter or a quote is quoted', () => {
    expect(csv(';', 'a;b', 'Reifen "Nord"', null, 'c')).toBe('"a;b";"Reifen ""Nord""";;c');
  });
});

describe('chance', () => {
  test('streams repeat, and differ by name and by seed', () => {
    const draw = (seed: number, name: string) => {
      const random = randomStream(seed, name);
      return Array.from({ length: 5 }, () => random.int(1_000_000));
    };
    expect(draw(1, 'carts')).toEqual(draw(1, 'carts'));
    expect(draw(1, 'carts')).not.toEqual(draw(1, 'orders'));
    expect(draw(1, 'carts')).not.toEqual(draw(2, 'carts'));
  });

  test('what is carried over is never lost', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 50, noNaN: true })), (expected) => {
        const next = carrier();
        const whole = expected.reduce((sum, each) => sum + next(each), 0);
        const exact = expected.reduce((sum, each) => sum + each, 0);
        expect(Math.abs(whole - exact)).toBeLessThanOrEqual(0.5 + 1e-6);
      }),
    );
  });

  test('weights are how often a value stands in the list', () => {
    expect(
      weighted([
        ['a', 2],
        ['b', 1],
      ]),
    ).toEqual(['a', 'a', 'b']);
  });
});
