import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  type Decimal,
  fixedText,
  multiply,
  quotient,
  rescale,
  roundedQuotient,
  shortText,
  subtract,
} from '../../../functions/lake/values/decimal.ts';
import {
  canonicalMantissa,
  numberFormat,
  plainNumbers,
  readDecimal,
  scaledNumber,
} from '../../../functions/lake/values/read-decimal.ts';
import { runs } from '../../kit/runs.ts';

const exactly = (text: string, format = plainNumbers): Decimal | undefined => {
  const out: Decimal = { mantissa: 0, scale: 0 };
  return readDecimal(text, format, out) ? out : undefined;
};
const rendered = (value: Decimal | undefined, scale = 4) => value && fixedText(rescale(value, scale), scale);

describe('exact decimals', () => {
  const number = fc.tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 8 }));

  it('read back as they are written', () => {
    fc.assert(
      fc.property(number, ([value, scale]) => {
        const text = fixedText(value, scale);
        expect(rendered(exactly(text), scale)).toBe(text);
      }),
      { numRuns: runs(300) },
    );
  });

  it('multiply, subtract and round as whole numbers do', () => {
    const rounded = (value: bigint, drop: number): bigint => {
      const divisor = 10n ** BigInt(drop);
      const size = value < 0n ? -value : value;
      return ((2n * size + divisor) / (2n * divisor)) * (value < 0n ? -1n : 1n);
    };
    fc.assert(
      fc.property(number, number, fc.integer({ min: 0, max: 8 }), ([a, as], [b, bs], scale) => {
        const [left, right] = [exactly(fixedText(a, as)) as Decimal, exactly(fixedText(b, bs)) as Decimal];
        const out: Decimal = { mantissa: 0, scale: 0 };
        multiply(left, right, out);
        expect(BigInt(rescale(out, scale))).toBe(
          as + bs > scale ? rounded(a * b, as + bs - scale) : a * b * 10n ** BigInt(scale - as - bs),
        );
        subtract(left, right, out);
        const [common, up] = [Math.max(as, bs), (value: bigint, by: number) => value * 10n ** BigInt(by)];
        expect(BigInt(rescale(out, common))).toBe(up(a, common - as) - up(b, common - bs));
      }),
      { numRuns: runs(400) },
    );
  });

  it('subtract numbers that no float holds', () => {
    const out: Decimal = { mantissa: 0, scale: 0 };
    subtract(exactly('-95411113308909117.441') as Decimal, exactly('-95420120508163842.050') as Decimal, out);
    expect(rendered(out, 3)).toBe('9007199254724.609');
  });

  const comma = numberFormat(',', '.');
  it.each([
    ['1.234.567,89', comma, '1234567.8900'],
    ['12,50-', comma, '-12.5000'],
    ['+0,5', comma, '0.5000'],
    [',5', comma, '0.5000'],
    ['1 234,5', numberFormat(',', ' '), '1234.5000'],
    ['1\u202f234,5', numberFormat(',', ' '), '1234.5000'],
    ["1'234.5", numberFormat('.', "'"), '1234.5000'],
    ['1E-7', plainNumbers, '0.0000'],
    ['1.5e3', plainNumbers, '1500.0000'],
    ['0.00005', plainNumbers, '0.0001'],
    ['-0.00005', plainNumbers, '-0.0001'],
    ['0.30000000000000004', plainNumbers, '0.3000'],
    ['99999999999999.9999', plainNumbers, '99999999999999.9999'],
  ])('%s is read', (text, format, expected) => expect(rendered(exactly(text, format))).toBe(expected));

  it.each([
    // Fifteen, or one and a half? Groups are of three.
    ['1.5', comma],
    ['1.2345,6', comma],
    ['1,234.5', plainNumbers],
    ['1,5', plainNumbers],
    ['', plainNumbers],
    ['-', plainNumbers],
    ['.', plainNumbers],
    ['-5-', plainNumbers],
    ['12 EUR', plainNumbers],
    ['1e999', plainNumbers],
    ['NaN', plainNumbers],
  ])('%s is no number', (text, format) => expect(exactly(text, format)).toBeUndefined());
});

describe('sums, quotients and texts', () => {
  const number = fc.tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 8 }));

  it('a sum and a difference undo one another', () => {
    fc.assert(
      fc.property(number, number, ([a, as], [b, bs]) => {
        const [left, right] = [exactly(fixedText(a, as)) as Decimal, exactly(fixedText(b, bs)) as Decimal];
        const out: Decimal = { mantissa: 0, scale: 0 };
        add(left, right, out);
        subtract(out, right, out);
        expect(rendered(out, 8)).toBe(rendered(left, 8));
      }),
    );
  });

  it('a quotient is less than half a unit of its last place away from the exact one', () => {
    fc.assert(
      fc.property(number, number, fc.integer({ min: 0, max: 12 }), ([a, as], [b, bs], scale) => {
        fc.pre(b !== 0n);
        const { mantissa } = quotient([{ mantissa: a, scale: as }], [{ mantissa: b, scale: bs }], scale);
        // |q·b·10^as − a·10^(bs+scale)| · 2 ≤ |b|·10^as
        const rest = BigInt(mantissa) * b * 10n ** BigInt(as) - a * 10n ** BigInt(bs + scale);
        const size = (value: bigint): bigint => (value < 0n ? -value : value);
        expect(2n * size(rest) <= size(b) * 10n ** BigInt(as)).toBe(true);
      }),
    );
    expect([roundedQuotient(5n, 2n), roundedQuotient(-5n, 2n), roundedQuotient(4n, -3n)]).toEqual([
      3n,
      -3n,
      -1n,
    ]);
  });

  it('the shortest text is the same number as the one with all decimals', () => {
    fc.assert(
      fc.property(number, ([value, scale]) => {
        const short = shortText(value, scale);
        expect(scaledNumber(short, scale)).toBe(value);
        expect(short).not.toMatch(/\.$|\.\d*0$|^-0$/);
        expect(fixedText(value, scale, ',')).toBe(fixedText(value, scale).replace('.', ','));
      }),
    );
  });

  it('a canonical text is one that its pattern takes, and its mantissa what stands there', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789.-'), maxLength: 21 });
    fc.assert(
      fc.property(
        fc.oneof(
          digits,
          number.map(([value, scale]) => fixedText(value, scale)),
        ),
        (text) => {
          const found = canonicalMantissa(text, 4, 18, { mantissa: 0, scale: 0 });
          expect(found !== undefined).toBe(/^-?\d{1,14}(\.\d{1,4})?$/.test(text));
          if (found === undefined) return;
          const [whole = '', fraction = ''] = text.replace('-', '').split('.');
          const size = BigInt(whole + fraction.padEnd(4, '0'));
          expect(BigInt(found)).toBe(text.startsWith('-') ? -size : size);
        },
      ),
      { numRuns: runs(500) },
    );
  });

  it('a number of an engine that is next to nothing is nothing', () => {
    expect([scaledNumber('5e-324', 6), scaledNumber('-1e-7', 6), scaledNumber('0e999', 6)]).toEqual([
      0n,
      0n,
      0n,
    ]);
    expect(scaledNumber('1e300', 6)).toBeUndefined();
  });
});
