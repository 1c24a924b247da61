import { describe, expect, test } from 'vitest';
import { VigieError } from '../../../functions/platform/errors.ts';
import { type CubeFiles, cubeCatalogue } from '../../kit/cube-files.ts';

const dimensions = `region: { names: { en: Region, fr: Région }, from: customers.region }
channel: { names: { en: Channel, fr: Canal } }
traffic: { id: channel, names: { en: Channel, fr: Canal } }
category: { names: { en: Category, fr: Catégorie }, from: products.category }
customer: { names: { en: Customer, fr: Client }, column: customer_id, label: customers.name, top: 3 }
`;
const measures = {
  sales: `/*
describes: Orders.
values: { orders: sum orders, buyers: distinct customer_id, goods: sum orders by order_id }
*/
SELECT ordered_on AS day, customer_id, channel, order_id, 1 AS orders FROM orders`,
};
const windows = 'windows: [day, mtd]\nheadline: mtd';
const rows = 'SELECT ordered_on AS day, customer_id, channel, 1 AS orders FROM orders';

const kpi = (counted: string, sql = '', more: Partial<CubeFiles> = {}) =>
  cubeCatalogue({ dimensions, measures, counted: `${counted}\n${windows}`, sql, ...more }).kpi('counted');

const mistake = (work: () => unknown): VigieError => {
  try {
    work();
  } catch (error) {
    if (error instanceof VigieError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('what follows from a KPI’s file', () => {
  test('tables, denominator, words, runbook; the table in which members are looked up too', () => {
    expect(kpi('numerator: sum orders\ndimensions: [region, channel]', rows)).toMatchObject({
      ratio: false,
      additive: true,
      reads: { orders: null, customers: null },
      dimensions: { region: { en: 'Region' }, channel: { fr: 'Canal' } },
      runbook: 'docs/kpis.md#counted',
    });
  });

  test('a ratio of two measures needs no SELECT', () => {
    expect(kpi('numerator: orders\ndenominator: buyers\ndimensions: [region]')).toMatchObject({
      ratio: true,
      additive: true,
      views: ['sales'],
      reads: { orders: null, customers: null },
    });
  });

  test.each([
    ['a customer has one region', 'numerator: buyers\ndimensions: [region]', true],
    ['but orders in several channels', 'numerator: buyers\ndimensions: [channel]', false],
    ['and an order several articles', 'numerator: goods\ndimensions: [channel]', false],
    [
      'every member has the whole',
      'numerator: orders\ndenominator: whole buyers\ndimensions: [region]',
      false,
    ],
  ])('whether members add up: %s', (_, counted, additive) => {
    expect(kpi(counted).additive).toBe(additive);
  });

  test('a dimension for everywhere is in every KPI whose rows tell it', () => {
    const everywhere = dimensions.replace(
      'from: customers.region',
      'from: customers.region, everywhere: true',
    );
    const of = (counted: string, sql = '') =>
      Object.keys(kpi(counted, sql, { dimensions: everywhere }).dimensions);
    expect(of('numerator: orders\ndimensions: [channel]')).toEqual(['channel', 'region']);
    expect(of('numerator: sum orders', 'SELECT ordered_on AS day, 1 AS orders FROM orders')).toEqual([]);
  });

  test('the version changes with a measure and with where members come from', () => {
    const counted = 'numerator: orders\ndimensions: [region]';
    const { version } = kpi(counted);
    expect(kpi(counted).version).toBe(version);
    const other = { sales: measures.sales.replace('1 AS orders', '2 AS orders') };
    expect(kpi(counted, '', { measures: other }).version).not.toBe(version);
    expect(
      kpi(counted, '', { dimensions: dimensions.replace('customers.region', 'customers.country') }).version,
    ).not.toBe(version);
  });
});

describe('what is refused, with file and line', () => {
  test.each<[string, string, string, number, RegExp]>([
    [
      'a column of which nothing is said',
      'numerator: sum orders',
      `${rows.replace('channel,', '\n  chanel,')}`,
      12,
      /returns the column `chanel`.*nothing is said/,
    ],
    [
      'a column that the KPI has no dimension for',
      'numerator: sum orders',
      rows,
      11,
      /returns the column `channel`/,
    ],
    [
      'a column without a name',
      'numerator: sum orders\ndimensions: [channel]',
      rows.replace('1 AS orders', '1'),
      12,
      /returns `1` without a name/,
    ],
    ['every column', 'numerator: sum orders', 'SELECT *\nFROM orders', 11, /returns `\*` without a name/],
    [
      'a column twice',
      'numerator: sum orders\ndimensions: [channel]',
      rows.replace('1 AS orders', '1 AS orders, 2 AS orders'),
      12,
      /`orders` twice/,
    ],
    [
      'no day',
      'numerator: sum orders\ndimensions: [channel]',
      rows.replace('AS day', 'AS customer_id').replace(' customer_id,', ''),
      12,
      /does not return the column `day`/,
    ],
    [
      'a quantity that is not there',
      'numerator: sum amount\ndimensions: [channel]',
      rows.replace(', 1 AS orders', ''),
      12,
      /does not return the column `amount`/,
    ],
    [
      'total and members made by hand',
      'numerator: sum orders',
      "SELECT ordered_on AS day, 'channel' AS dimension, channel AS member, 1 AS orders FROM orders",
      11,
      /returns the column `dimension`/,
    ],
    [
      'a dimension that the rows do not tell',
      'numerator: sum orders\ndimensions: [channel, category]',
      rows,
      8,
      /the rows of its numerator \(the SELECT\) do not tell `category`: they have no column `category` or `product_id`/,
    ],
    [
      'one that the denominator does not tell',
      'numerator: sum orders\ndenominator: buyers\ndimensions: [category]',
      'SELECT ordered_on AS day, product_id, 1 AS orders FROM orders',
      9,
      /the rows of its denominator \(sql\/measures\/sales.sql\) do not tell `category`/,
    ],
    [
      'two dimensions of one name',
      'numerator: orders\ndimensions: [channel, traffic]',
      '',
      8,
      /both called `channel`/,
    ],
    [
      'an unknown quantity',
      'numerator: orders_of',
      '',
      7,
      /`orders_of` is neither a value of a measure nor a quantity.*did you mean `orders`/,
    ],
    ['a word that is no kind', 'numerator: mean orders', rows, 7, /`mean orders` is neither/],
    ['an unused SELECT', 'numerator: orders', rows, 11, /the SELECT is not used/],
    [
      'what was unknown when a window began, counted in the window',
      'numerator: orders\nunknown: buyers',
      '',
      8,
      /`buyers` is counted as `distinct`: it has to be `opening`/,
    ],
    [
      'the same of figures that the SELECT returns itself',
      'ratio: false\nadditive: true\nunknown: orders',
      'SELECT * FROM periods',
      9,
      /the SELECT returns its figures itself/,
    ],
    ['no SELECT', 'numerator: sum orders', '', 12, /has no SELECT/],
    ['what follows by itself', 'numerator: orders\nratio: false', '', 8, /`ratio` follows/],
    ['what does not', 'measures: [orders]', 'SELECT * FROM measured', 1, /`ratio` is missing/],
    [
      'the largest of what is counted once',
      'numerator: buyers\ndimensions: [customer]',
      '',
      8,
      /`customer` shows only its largest/,
    ],
    [
      'a table that nobody knows',
      'numerator: sum orders\ndimensions: [channel]',
      rows.replace('FROM orders', '\nFROM ordres'),
      13,
      /reads `ordres`.*did you mean `orders`/,
    ],
  ])('%s', (_, counted, sql, line, message) => {
    const error = mistake(() => kpi(counted, sql));
    expect(error.message).toMatch(message);
    expect(error).toMatchObject({
      code: 'FRONT_MATTER_INVALID',
      where: { file: 'sql/kpis/counted.sql', line },
    });
  });

  test.each<[string, string, RegExp]>([
    ['an unknown table', 'customer.region', /there is no table `customer`; did you mean `customers`/],
    ['an unknown column', 'customers.regoin', /there is no column `customers.regoin`; did you mean `region`/],
    ['a column that is no text', 'customers.account_opened_on', /is of kind date; members are text/],
    ['a table of several keys', 'order_lines.product_id', /known by order_id, line_id together/],
  ])('of a dimension, %s', (_, from, message) => {
    const error = mistake(() =>
      kpi('numerator: orders', '', { dimensions: dimensions.replace('customers.region', from) }),
    );
    expect(error).toMatchObject({
      code: 'FRONT_MATTER_INVALID',
      where: { file: 'sql/dimensions.yaml', line: 1 },
    });
    expect(error.message).toMatch(message);
  });

  test('a measure whose rows do not fit what it counts, and a value that two measures have', () => {
    const wrong = { sales: measures.sales.replace('1 AS orders', '1 AS order_count') };
    expect(mistake(() => kpi('numerator: orders', '', { measures: wrong })).message).toMatch(
      /sql\/measures\/sales.sql:5 .*`order_count`/,
    );
    const twice = { ...measures, again: measures.sales };
    expect(mistake(() => kpi('numerator: orders', '', { measures: twice }))).toMatchObject({
      code: 'VIEW_NAME',
    });
  });
});
