import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codecOf, explainRefusal } from '../../../functions/lake/landing/codec.ts';
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
