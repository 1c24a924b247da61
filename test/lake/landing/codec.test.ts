import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codecOf, explainRefusal } from '../../../functions/lake/landing/codec.ts';
import {
  type Exact,
  formatScaled,
  multiply,
  plainNumbers,
  readExact,
  rescale,
  subtract,
} from '../../../functions/lake/landing/codec-decimal.ts';
import { createStore, numberAt } from '../../../functions/lake/landing/columns.ts';
import { runs } from '../../kit/runs.ts';
import { tableNames, tableOf } from '../../kit/tables.ts';

/** One column of every kind of schema that the lake has. */
const schemas = new Map(
  tableNames
    .flatMap((table) => tableOf(table).columns)
    .map((column) => [
      `${column.kind} ${column.nullable} ${column.values ?? column.schema.safeParse('x').success}`,
      column,
    ]),
);

const digits = (most: number) => fc.stringMatching(new RegExp(`^-?\\d{1,${most}}(\\.\\d{0,9})?$`));
const dates = fc.stringMatching(/^(19|20)\d\d-[01]\d-[0-3]\d$/);
const times = fc.stringMatching(/^20\d\d-0[1-3]-[0-3]\dT[0-2]\d:[0-5]\d:[0-6]\d(\.\d{1,4})?Z?$/);
const anything = fc.oneof(
  ...[
    digits(16),
    dates,
    times,
    fc.string(),
    fc.constantFrom('', 'EUR', 'eur', 'order', 'open', '0', '-0', '1.', '.5', '+1', '1e3', ' 1', '１'),
  ],
  ...[
    fc.integer(),
    fc.double(),
    fc.boolean(),
    fc.constantFrom(2 ** 31, -(2 ** 31), -(2 ** 31) - 1, 1.5),
    fc.bigInt(),
    fc.constant({}),
    fc.constant(undefined),
  ],
);

describe('codecs', () => {
  it.each([...schemas])('accept what zod accepts: %s', (_, column) => {
    const codec = codecOf(column);
    const store = createStore(column, 1);
    fc.assert(
      fc.property(anything, (value) => {
        expect(codec(value, store, 0)).toBe(column.schema.safeParse(value).success);
      }),
      { numRuns: runs(300) },
    );
  });

  it.each([...schemas].filter(([, { kind }]) => kind === 'date' || kind === 'timestamp'))(
    'keep the instant: %s',
    (_, column) => {
      const codec = codecOf(column);
      const store = createStore(column, 1);
      const unit = column.kind === 'date' ? 86_400_000 : 1;
      fc.assert(
        fc.property(
          fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
          (date) => {
            const text = column.kind === 'date' ? date.toISOString().slice(0, 10) : date.toISOString();
            expect(codec(text, store, 0)).toBe(true);
            const kept = column.kind === 'date' ? (store.ints[0] as number) : numberAt(store, 0);
            expect(kept * unit).toBe(Date.parse(text));
          },
        ),
        { numRuns: runs(200) },
      );
    },
  );

  it('let zod say why', () => {
    const currency = tableOf('order_lines').columns.find(({ name }) => name === 'currency');
    if (!currency) throw new Error('no currency');
    expect(explainRefusal(currency, 'euro')).toBe('not an ISO 4217 code');
  });
});

const exactly = (text: string, format = plainNumbers): Exact | undefined => {
  const out: Exact = { mantissa: 0, scale: 0 };
  return readExact(text, format, out) ? out : undefined;
};
const rendered = (value: Exact | undefined, scale = 4) => value && formatScaled(rescale(value, scale), scale);

describe('exact decimals', () => {
  const number = fc.tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 8 }));

  it('read back as they are written', () => {
    fc.assert(
      fc.property(number, ([value, scale]) => {
        const text = formatScaled(value, scale);
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
        const [left, right] = [exactly(formatScaled(a, as)) as Exact, exactly(formatScaled(b, bs)) as Exact];
        const out: Exact = { mantissa: 0, scale: 0 };
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
    const out: Exact = { mantissa: 0, scale: 0 };
    subtract(exactly('-95411113308909117.441') as Exact, exactly('-95420120508163842.050') as Exact, out);
    expect(rendered(out, 3)).toBe('9007199254724.609');
  });

  const comma = { decimal: ',', thousands: '.' };
  it.each([
    ['1.234.567,89', comma, '1234567.8900'],
    ['12,50-', comma, '-12.5000'],
    ['+0,5', comma, '0.5000'],
    [',5', comma, '0.5000'],
    ['1 234,5', { decimal: ',', thousands: ' ' }, '1234.5000'],
    ['1\u202f234,5', { decimal: ',', thousands: ' ' }, '1234.5000'],
    ["1'234.5", { decimal: '.', thousands: "'" }, '1234.5000'],
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
