import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { completeRows } from '../../authoring/cases/given-rows.ts';
import { withInlineTables } from '../../authoring/cases/inline-tables.ts';
import { type PeriodName, periodNames } from '../../functions/lake/catalogue/kpi.ts';
import type { Period } from '../../functions/lake/catalogue/periods.ts';
import { periodsFor } from '../../functions/lake/company/calendar.ts';
import { addDays } from '../../functions/lake/values/day.ts';
import { kpiStatements } from '../../functions/measure/statement.ts';
import { type Engine, queryRows } from '../../functions/platform/engine.ts';
import { cubeCatalogue } from '../kit/cube-files.ts';
import {
  distinct,
  kept,
  level,
  once,
  opening,
  type PlainCount,
  type PlainRow,
  type PlainValue,
  prior,
  repeated,
  sum,
} from '../kit/plain-cube.ts';
import { runs } from '../kit/runs.ts';
import { tables } from '../kit/tables.ts';
import { testEngine } from '../kit/test-engine.ts';

// What the engine's SQL counts by running totals, spans and steps is counted here the plain way, window by window and
// member by member, over random rows with members that nobody knows.
const LAST_DAY = '2028-03-01';
const TOP = 2;
const dimensions = `region: { names: { en: R, fr: R }, from: customers.region }
channel: { names: { en: C, fr: C } }
customer: { names: { en: K, fr: K }, column: customer_id, top: ${TOP} }`;
/** `stranger` is a customer that nobody listed, C one without a region. */
const regions: Readonly<Record<string, string | null>> = { A: 'north', B: 'north', C: null, D: 'south' };
const company = {
  currency: 'EUR',
  fiscal_year_starts: 4,
  closed: { weekdays: ['sunday' as const], days: [] },
};

let engine: Engine;
beforeAll(async () => {
  engine = await testEngine();
});
afterAll(() => engine.close());

/** Days crowd towards the end, so that windows of every length hold several rows of a customer. */
const row: fc.Arbitrary<PlainRow> = fc.record({
  day: fc.oneof(fc.nat(4), fc.nat(40), fc.nat(400), fc.nat(1200)).map((back) => addDays(LAST_DAY, 1 - back)),
  customer_id: fc.constantFrom('A', 'B', 'C', 'D', 'stranger', null),
  channel: fc.constantFrom('web', 'phone', null),
  order_id: fc.constantFrom('o1', 'o2'),
  amount: fc.option(fc.integer({ min: -9, max: 9 }), { freq: 6 }),
});
const asOfs = fc
  .uniqueArray(fc.oneof(fc.nat(40), fc.nat(400)), { minLength: 1, maxLength: 3 })
  .map((backs) => backs.map((back) => addDays(LAST_DAY, -back)).sort());

const text = (value: string | null): string => (value === null ? 'CAST(NULL AS varchar)' : `'${value}'`);
const rowsSql = (rows: readonly PlainRow[]): string => {
  const values = rows.map(
    ({ day, customer_id, channel, order_id, amount }) =>
      `(DATE '${day}', ${text(customer_id)}, ${text(channel)}, '${order_id}', ${amount ?? 'CAST(NULL AS integer)'})`,
  );
  return `SELECT day, customer_id, channel, order_id, amount FROM (VALUES ${values.join(', ')}) AS v (day, customer_id, channel, order_id, amount)`;
};

interface Counted {
  readonly says: string;
  readonly dimensions: readonly string[];
  readonly numerator: PlainCount;
  readonly denominator?: PlainCount;
  /** The denominator is the total of every member. */
  readonly whole?: boolean;
  /** Both are counted of the same rows at once: a denominator without a value has none. Else nothing is 0. */
  readonly together?: boolean;
}

const every = ['region', 'channel'];
const counted: Readonly<Record<string, Counted>> = {
  'a sum': { says: 'numerator: money', dimensions: every, numerator: sum },
  'a sum of what is known': {
    says: 'numerator: known_money\ndenominator: buyers',
    dimensions: ['region'],
    numerator: (rows, period) =>
      sum(
        rows.filter(({ amount }) => amount !== null),
        period,
      ),
    denominator: distinct,
  },
  'two sums of the same rows': {
    says: 'numerator: money\ndenominator: money',
    dimensions: every,
    numerator: sum,
    denominator: sum,
    together: true,
  },
  'a sum that counts each order once': { says: 'numerator: order_money', dimensions: every, numerator: once },
  'a sum beside one that counts each order once': {
    says: 'numerator: money\ndenominator: order_money',
    dimensions: every,
    numerator: sum,
    denominator: once,
    together: true,
  },
  'customers, each in one region': {
    says: 'numerator: money\ndenominator: buyers',
    dimensions: ['region'],
    numerator: sum,
    denominator: distinct,
  },
  'customers, some in several channels': {
    says: 'numerator: repeat_buyers\ndenominator: buyers',
    dimensions: every,
    numerator: repeated,
    denominator: distinct,
    together: true,
  },
  'customers alone': { says: 'numerator: buyers', dimensions: [], numerator: distinct },
  'customers who came back, by region': {
    says: 'numerator: kept_buyers\ndenominator: prior_buyers',
    dimensions: ['region'],
    numerator: kept,
    denominator: prior,
    together: true,
  },
  'customers who came back, by channel': {
    says: 'numerator: kept_buyers\ndenominator: prior_buyers',
    dimensions: every,
    numerator: kept,
    denominator: prior,
    together: true,
  },
  'what stands at the end': { says: 'numerator: stock', dimensions: every, numerator: level },
  'what stands beside what stood': {
    says: 'numerator: stock\ndenominator: stock_before',
    dimensions: every,
    numerator: level,
    denominator: opening,
    together: true,
  },
  'a share of the whole': {
    says: 'numerator: money\ndenominator: whole buyers',
    dimensions: every,
    numerator: sum,
    denominator: distinct,
    whole: true,
  },
};

const measures = (rows: readonly PlainRow[]) => ({
  facts: `/*
describes: Random rows.
values:
  money: sum amount
  known_money: sum known amount
  order_money: sum amount by order_id
  buyers: distinct customer_id
  repeat_buyers: repeated customer_id
  prior_buyers: prior customer_id
  kept_buyers: kept customer_id
  stock: level amount
  stock_before: opening amount
*/
${rowsSql(rows)}`,
});

const catalogueFor = (
  rows: readonly PlainRow[],
  says: string,
  listed: readonly string[],
  windows: readonly PeriodName[],
) =>
  cubeCatalogue({
    dimensions,
    measures: measures(rows),
    counted: `${says}\ndimensions: [${listed.join(', ')}]\nwindows: [${windows.join(', ')}]\nheadline: ${windows[0]}`,
  });

/** The figures that the statement returns, as lines that can be compared. */
async function bySql(
  rows: readonly PlainRow[],
  says: string,
  listed: readonly string[],
  days: readonly string[],
) {
  const customers = Object.entries(regions).map(([customer_id, region]) => ({ customer_id, region }));
  const given = completeRows(
    { customers },
    { tables, currency: 'EUR', timeZone: 'Europe/Paris', asOf: LAST_DAY },
  );
  const inline = withInlineTables(engine, given, tables);
  const catalogue = catalogueFor(rows, says, listed, periodNames);
  const [statement] = kpiStatements({
    dialect: inline.dialect,
    catalogue,
    kpi: catalogue.kpi('counted'),
    asOfs: days,
    company,
  });
  const found = await queryRows(inline, statement?.sql ?? '');
  return found
    .map((r) =>
      line(
        `${r['as_of']} ${r['period']} ${r['comparison']}`,
        r['dimension'] as string | null,
        r['member'] as string | null,
        number(r['numerator']),
        number(r['denominator']),
      ),
    )
    .sort();
}

const number = (value: unknown): number | null => (value == null ? null : Number(value));
const line = (
  window: string,
  dimension: string | null,
  member: string | null,
  numerator: number | null,
  denominator: number | null,
): string => `${window} ${dimension ?? 'total'}=${member ?? ''}: ${numerator} / ${denominator}`;

const memberOf = (dimension: string, { customer_id, channel }: PlainRow): string =>
  (dimension === 'channel'
    ? channel
    : dimension === 'customer'
      ? customer_id
      : (regions[customer_id ?? ''] ?? null)) ?? '(unknown)';

function byHand(
  rows: readonly PlainRow[],
  { dimensions: listed, ...count }: Counted,
  days: readonly string[],
): string[] {
  const figure = (period: Period, dimension: string | null, member: string | null): string[] => {
    const own = rows.filter((each) => dimension === null || memberOf(dimension, each) === member);
    const numerator = count.numerator(own, period);
    const denominator = count.denominator?.(count.whole ? rows : own, period);
    if (numerator === undefined) return [];
    if (numerator === 0 && denominator === 0 && count.denominator === opening) return [];
    return [
      line(
        `${period.asOf} ${period.period} ${period.comparison}`,
        dimension,
        member,
        numerator,
        shown(count, denominator),
      ),
    ];
  };
  return periodsFor(company, days, periodNames)
    .flatMap((period) => [
      ...figure(period, null, null),
      ...listed.flatMap((dimension) =>
        [...new Set(rows.map((each) => memberOf(dimension, each)))].flatMap((member) =>
          figure(period, dimension, member),
        ),
      ),
    ])
    .sort();
}

const shown = ({ denominator, together }: Omit<Counted, 'dimensions'>, value: PlainValue): number | null =>
  denominator === undefined ? null : together ? (value ?? null) : (value ?? 0);

const RUNS = { numRuns: runs(8) };

test.each(Object.entries(counted))('%s is what one counts by hand', async (_, each) => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 30 }), asOfs, async (rows, days) => {
      expect(await bySql(rows, each.says, each.dimensions, days)).toEqual(byHand(rows, each, days));
    }),
    RUNS,
  );
});

test('a dimension more changes no other figure', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 1, maxLength: 30 }),
      asOfs,
      fc.constantFrom(...Object.values(counted)),
      async (rows, days, { says }) => {
        const more = await bySql(rows, says, ['channel', 'region'], days);
        expect(more.filter((each) => !each.includes(' channel='))).toEqual(
          await bySql(rows, says, ['region'], days),
        );
      },
    ),
    RUNS,
  );
});

const moved = (day: string, customer_id: string, amount: number): PlainRow => ({
  ...{ day, customer_id, channel: 'web', order_id: 'o1', amount },
});
/** Who has less than nothing is larger than those who come only after the day: a back-fill knows them already. */
const AFTER_THE_DAY: [PlainRow[], string[]] = [
  [
    moved('2028-02-29', 'A', 0),
    moved('2028-02-29', 'D', 0),
    moved('2028-01-31', 'C', -1),
    moved('2028-03-02', 'A', 1),
  ],
  ['2028-02-28', '2028-03-01'],
];

test.each([
  ['money', () => true],
  ['known_money', ({ amount }: PlainRow) => amount !== null],
])('the largest members of the year, and all others together: %s', async (value, counts) => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 30 }), asOfs, async (every, days) => {
      const rows = every.filter(counts);
      const listed = ['region', 'channel', 'customer'];
      const plain = byHand(
        rows,
        { ...(counted['a sum'] as Counted), dimensions: ['region', 'channel'] },
        days,
      );
      const expected = [...plain, ...days.flatMap((asOf) => largest(rows, asOf))].sort();
      expect(await bySql(every, `numerator: ${value}`, listed, days)).toEqual(expected);
    }),
    { ...RUNS, examples: [AFTER_THE_DAY] },
  );
});

/** Each customer that is among the largest of the year to a day, and the others as one, in every window. */
function largest(rows: readonly PlainRow[], asOf: string): string[] {
  const periods = periodsFor(company, [asOf], periodNames);
  const year = periods.find(
    ({ period, comparison }) => period === 'last_365d' && comparison === 'current',
  ) as Period;
  const ranked = [...new Set(rows.map((each) => memberOf('customer', each)))]
    .map((member) => {
      const own = rows.filter((each) => memberOf('customer', each) === member);
      return { member, size: sum(own, year) };
    })
    .flatMap(({ member, size }) => (size === undefined ? [] : [{ member, size: size ?? 0 }]))
    .toSorted((a, b) => b.size - a.size || (a.member < b.member ? -1 : 1))
    .slice(0, TOP)
    .map(({ member }) => member);
  const shownAs = (each: PlainRow): string => {
    const member = memberOf('customer', each);
    return ranked.includes(member) ? member : '(other)';
  };
  return periods.flatMap((period) =>
    [...ranked, '(other)'].flatMap((member) => {
      const value = sum(
        rows.filter((each) => shownAs(each) === member),
        period,
      );
      return value === undefined
        ? []
        : [line(`${asOf} ${period.period} ${period.comparison}`, 'customer', member, value, null)];
    }),
  );
}
