import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCompany } from '../../../../functions/lake/company/file.ts';
import type { CanonicalRow } from '../../../../functions/lake/landing/writer.ts';
import { FieldError, RecordReader } from '../../../../functions/pull/api/record-reader.ts';
import { loadKinds } from '../../../../functions/pull/source-kinds.ts';
import { map, records } from '../../../../functions/pull/sources/ecb-rates/map.ts';
import { settings } from '../../../../functions/pull/sources/ecb-rates/settings.ts';
import { tables } from '../../../kit/tables.ts';
import { pageOf, sliceOf } from '../ad-spend/asking.ts';

const DAY = '2026-11-20';

interface Asked {
  readonly reporting?: string;
  readonly keys?: object;
  readonly day?: string;
}

/** The rates of a day, by currency; what the ECB says of a euro goes in. */
function rates(quotes: Record<string, unknown>, { reporting = 'EUR', keys = {}, day = DAY }: Asked = {}) {
  const record = { day, quotes: Object.entries(quotes).map(([currency, value]) => ({ currency, value })) };
  const rows: CanonicalRow[] = [];
  const skipped: string[] = [];
  const sink = {
    row: (_: string, row: CanonicalRow) => void rows.push(row),
    empty: () => undefined,
    skip: (reason: string) => void skipped.push(reason),
  };
  map(new RecordReader(record), sink, {
    ...{ settings: settings.parse(keys), slice: sliceOf('', '2026-11-14', '2026-11-21'), page: pageOf('') },
    ...{ source: 'ecb', timeZone: 'Europe/Paris', currency: reporting },
  });
  expect(rows.every((row) => row['rated_on'] === day)).toBe(true);
  return { rates: Object.fromEntries(rows.map((row) => [row['currency'], row['rate']])), skipped };
}

describe('a rate is what one unit is worth in the reporting currency', () => {
  // 1 / 1.25 = 0.8; 1 / 160 = 0.00625; 1 / 20000 = 0.00005
  test('the euro: the reciprocal of what the ECB says', () => {
    const { rates: found } = rates({ USD: 1.25, JPY: 160, IDR: 20000 });
    expect(found).toEqual({ USD: '0.800000000000', JPY: '0.006250000000', IDR: '0.000050000000' });
  });

  // A euro is 0.96 francs and 1.2 dollars: a dollar is 0.8 francs.
  test('another: over the euro of the same day, and the euro has a rate itself', () => {
    const { rates: found } = rates({ USD: 1.2, CHF: 0.96 }, { reporting: 'CHF' });
    expect(found).toEqual({ EUR: '0.960000000000', USD: '0.800000000000' });
  });

  test('rounded once, at twelve decimals', () => {
    expect(rates({ USD: 3 }).rates).toEqual({ USD: '0.333333333333' });
    expect(rates({ USD: 3, CHF: 2 }, { reporting: 'CHF' }).rates['USD']).toBe('0.666666666667');
  });

  test('there and back is one, whatever the quotations', () => {
    const quotation = fc.integer({ min: 1000, max: 99_999_999 }).map((number) => number / 10_000);
    fc.assert(
      fc.property(quotation, quotation, (usd, chf) => {
        const inFrancs = Number(rates({ USD: usd, CHF: chf }, { reporting: 'CHF' }).rates['USD']);
        const inDollars = Number(rates({ USD: usd, CHF: chf }, { reporting: 'USD' }).rates['CHF']);
        expect(inFrancs * inDollars).toBeCloseTo(1, 4);
      }),
    );
  });
});

test('only the currencies that are wanted are kept; the reporting one is there all the same', () => {
  const keys = { currencies: ['USD'] };
  expect(rates({ USD: 1.2, CHF: 0.96, GBP: 0.8 }, { reporting: 'CHF', keys }).rates).toEqual({
    USD: '0.800000000000',
  });
});

test('a day that is written down without any rate is no gap', () => {
  expect(rates({ USD: null, JPY: null })).toEqual({ rates: {}, skipped: ['no publication'] });
  expect(rates({ USD: null, JPY: 160 }).rates).toEqual({ JPY: '0.006250000000' });
});

test.each<[string, Record<string, unknown>, Asked, string]>([
  ['a zero', { USD: 0 }, {}, 'quotes[0].value'],
  ['a negative quotation', { USD: -1.1 }, {}, 'quotes[0].value'],
  ['a word', { USD: 'NaN' }, {}, 'quotes[0].value'],
  ['a currency that is none', { usd: 1.1 }, {}, 'quotes[0].currency'],
  ['a reporting currency that the ECB does not quote', { USD: 1.1 }, { reporting: 'MAD' }, 'quotes'],
  ['a day that was not asked for', { USD: 1.1 }, { day: '2026-11-30' }, 'day'],
])('%s is refused, never guessed', (_, quotes, asked, field) => {
  try {
    rates(quotes, asked);
  } catch (error) {
    expect(error).toBeInstanceOf(FieldError);
    expect((error as FieldError).field).toBe(field);
    return;
  }
  throw new Error('it was taken');
});

test('two lines of vigie.yaml are enough', async () => {
  const text = `company: { name: Test, time_zone: Europe/Paris, currency: EUR }
sources:
  - kind: ecb-rates
    starts_on: 2025-01-01
`;
  const { sources } = parseCompany(text, 'vigie.yaml', { tables, kinds: await loadKinds(['ecb-rates']) });
  expect(sources).toMatchObject([
    { kind: 'ecb-rates', name: 'ecb-rates', delivers: [{ table: 'exchange_rates' }] },
  ]);
});

describe('an answer', () => {
  test('of nothing is a weekend', () => expect(records(pageOf(''))).toEqual([]));

  const dimension = (id: string, ...values: string[]) => ({
    id,
    values: values.map((value) => ({ id: value })),
  });
  const answer = {
    dataSets: [
      {
        series: { '0:1': { observations: { 0: [1.25], 1: [null] } }, '0:0': { observations: { 1: [160] } } },
      },
    ],
    structure: {
      dimensions: {
        series: [dimension('FREQ', 'D'), dimension('CURRENCY', 'JPY', 'USD')],
        observation: [dimension('TIME_PERIOD', '2026-11-19', DAY)],
      },
    },
  };

  test('gives a record a day, by the places of currencies and days', () => {
    expect(records(pageOf(answer))).toEqual([
      { day: '2026-11-19', quotes: [{ currency: 'USD', value: 1.25 }] },
      {
        day: DAY,
        quotes: [
          { currency: 'USD', value: null },
          { currency: 'JPY', value: 160 },
        ],
      },
    ]);
  });

  test.each<[string, object]>([
    ['no structure', { dataSets: [] }],
    ['no data set', { structure: answer.structure }],
    [
      'no currencies',
      { ...answer, structure: { dimensions: { ...answer.structure.dimensions, series: [] } } },
    ],
    [
      'a place that has no currency',
      { ...answer, dataSets: [{ series: { '0:7': { observations: { 0: [1] } } } }] },
    ],
    [
      'a place that has no day',
      { ...answer, dataSets: [{ series: { '0:0': { observations: { 7: [1] } } } }] },
    ],
    ['series of another form', { ...answer, dataSets: [{ series: [] }] }],
  ])('with %s is another form', (_, body) => {
    expect(() => records(pageOf(body))).toThrow(expect.objectContaining({ code: 'VENDOR_SHAPE' }));
  });
});
