import { describe, expect, it } from 'vitest';
import { openDesk } from './pulling.ts';

/** Pulls one table from a CSV file and gives its rows. */
async function mapped(table: string, csv: string, columns: object, feed: object = {}, zone = 'Europe/Paris') {
  const desk = await openDesk(zone);
  await desk.drop('f.csv', csv);
  const report = await desk.pull([{ table, path: 'f.csv', columns, ...feed }], { share: 1 });
  if (report.problem) throw new Error(report.problem.message);
  return { rows: await desk.rows(report.batches[0]), batch: report.batches[0], desk };
}

const line = {
  order_id: 'id',
  line_id: 'n',
  ordered_on: 'day',
  quantity: 'qty',
  net_amount: 'amount',
  currency: { constant: 'EUR' },
};
const csv = (cells: Record<string, string>) =>
  `${Object.keys(cells).join(',')}\n${Object.values(cells)
    .map((cell) => `"${cell}"`)
    .join(',')}\n`;
const base = { id: 'A', n: '1', day: '2026-11-21', qty: '3', amount: '10' };

describe('where a field comes from', () => {
  it.each([
    [
      'a product, exact',
      { net_amount: { product: ['qty', 'price'] } },
      { qty: '3', price: '0.1' },
      { net_amount: '0.3000' },
    ],
    [
      'a product beyond what a float holds',
      { net_amount: { product: ['qty', 'price'] } },
      { qty: '90071992.54740993', price: '1000' },
      { net_amount: '90071992547.4099' },
    ],
    [
      'a product rounded half away from zero',
      { net_amount: { product: ['qty', 'price'] } },
      { qty: '-0.5', price: '0.0001' },
      { net_amount: '-0.0001' },
    ],
    ['a key of several columns', { line_id: { join: ['n', 'day'] } }, {}, { line_id: '1-2026-11-21' }],
    [
      'a key whose parts may be empty or missing',
      { line_id: { join: ['n', 'batch', 'place', 'day'], with: '/', may_lack: ['batch', 'place'] } },
      { batch: '' },
      { line_id: '1///2026-11-21' },
    ],
    [
      'a product with an empty factor: none',
      { margin_amount: { product: ['qty', 'price'] } },
      { price: '' },
      { margin_amount: undefined },
    ],
    [
      'a difference',
      { discount_amount: { difference: ['list', 'amount'] } },
      { list: '10.1', amount: '9.99' },
      { discount_amount: '0.1100' },
    ],
    [
      'the discount, worked out when the list amount is known',
      { list_amount: 'list' },
      { list: '12' },
      { discount_amount: '2.0000' },
    ],
    [
      'micros',
      { net_amount: { from: 'amount', times: '0.000001' } },
      { amount: '12345600' },
      { net_amount: '12.3456' },
    ],
    [
      'a turned sign',
      { net_amount: { from: 'amount', times: '-1' } },
      { amount: '5' },
      { net_amount: '-5.0000' },
    ],
    [
      'columns joined',
      { product_id: { join: ['plant', 'sku'], with: '/' } },
      { plant: '10', sku: 'x' },
      { product_id: '10/x' },
    ],
    [
      'half a key: none',
      { product_id: { join: ['plant', 'sku'] } },
      { plant: '10', sku: ' ' },
      { product_id: undefined },
    ],
    [
      'padded numbers',
      { product_id: { from: 'sku', strip_zeros: true } },
      { sku: '000123' },
      { product_id: '123' },
    ],
    [
      'nothing but padding',
      { product_id: { from: 'sku', strip_zeros: true } },
      { sku: '000' },
      { product_id: '0' },
    ],
    [
      'listed words',
      { product_id: { from: 'sku', values: { N: null, K: 'known' } } },
      { sku: 'K' },
      { product_id: 'known' },
    ],
    [
      'a word that stands for none',
      { product_id: { from: 'sku', values: { N: null } } },
      { sku: 'N' },
      { product_id: undefined },
    ],
    [
      'words not listed, as they are',
      { product_id: { from: 'sku', values: { N: null } } },
      { sku: 'other' },
      { product_id: 'other' },
    ],
    [
      'a default where it is empty',
      { booking_lead_days: { from: 'lead', default: 14 } },
      { lead: '' },
      { booking_lead_days: 14 },
    ],
    [
      'a whole number with decimals',
      { booking_lead_days: 'lead' },
      { lead: '14.00' },
      { booking_lead_days: 14 },
    ],
    [
      'the first case that holds',
      {
        booking_programme: { cases: [{ when: { column: 'sku', matches: '^B' }, then: 'early' }], else: null },
      },
      { sku: 'B1' },
      { booking_programme: 'early' },
    ],
    [
      'else',
      {
        booking_programme: { cases: [{ when: { column: 'sku', matches: '^B' }, then: 'early' }], else: null },
      },
      { sku: 'C' },
      { booking_programme: undefined },
    ],
    [
      'an optional column that is not there',
      { product_id: { from: 'nowhere', optional: true } },
      {},
      { product_id: undefined },
    ],
  ])('%s', async (_, columns, cells, expected) => {
    const { rows } = await mapped('order_lines', csv({ ...base, ...cells }), { ...line, ...columns });
    expect(rows).toHaveLength(1);
    for (const [name, value] of Object.entries(expected)) expect(rows[0]?.[name]).toBe(value);
  });
});

describe('dates and times', () => {
  it.each([
    ['20261121', {}, '2026-11-21'],
    ['2026-11-21 08:26:00', {}, '2026-11-21'],
    // Half past eleven in the evening in UTC is the next day in Paris.
    ['2026-11-20T23:30:00Z', {}, '2026-11-21'],
    ['2026-11-20T23:30:00-05:00', {}, '2026-11-21'],
    ['2026-11-20 23:30', { time_zone: 'America/New_York' }, '2026-11-21'],
    ['21.11.2026', { dates: 'DD.MM.YYYY' }, '2026-11-21'],
    ['1/2/26', { dates: 'M/D/YY' }, '2026-01-02'],
    ['11/21/2026 3:05 PM', { dates: 'MM/DD/YYYY h:mm A' }, '2026-11-21'],
    ['1795275000', { dates: 'unix' }, '2026-11-21'],
    ['29.02.2024', { dates: 'DD.MM.YYYY' }, '2024-02-29'],
  ])('reads %s %j', async (day, feed, expected) => {
    expect((await mapped('order_lines', csv({ ...base, day }), line, feed)).rows).toMatchObject([
      { ordered_on: expected },
    ]);
  });

  it.each([
    ['29.02.2026', 'DD.MM.YYYY'],
    ['2026-13-01', 'auto'],
    ['2026-11-21T25:00:00', 'auto'],
    ['21/11/2026', 'DD.MM.YYYY'],
  ])('refuses %s as %s', async (day, dates) => {
    const { batch, desk } = await mapped('order_lines', csv({ ...base, day }), line, { dates });
    expect(batch).toMatchObject({ rows: 0, rejected: 1 });
    expect((await desk.rejected('order_lines'))[0]?.column).toBe('ordered_on (day)');
  });

  it('keeps instants in UTC, and takes the zeros of SAP for no date', async () => {
    const columns = {
      order_id: 'id',
      kind: { constant: 'order' },
      status: { constant: 'open' },
      ordered_at: 'at',
      cart_id: 'c',
    };
    const { rows } = await mapped('orders', csv({ id: 'A', at: '2026-07-01T00:15:00', c: 'x' }), columns);
    expect(rows[0]?.['ordered_at']).toContain('2026-06-30T22:15:00');
    expect(rows[0]?.['ordered_on']).toBe('2026-07-01');
    const customers = await mapped('customers', csv({ id: 'A', since: '00000000' }), {
      customer_id: 'id',
      account_opened_on: 'since',
    });
    expect(customers.rows[0]).not.toHaveProperty('account_opened_on');
  });
});

describe('a line without a date', () => {
  it.each([['00000000'], ['']])('%j is taken: it has that of its order', async (day) => {
    const { rows, batch } = await mapped('order_lines', csv({ ...base, day }), line);
    expect(batch).toMatchObject({ rows: 1, rejected: 0, firstDate: null });
    expect(rows[0]).not.toHaveProperty('ordered_on');
  });

  it('need not be mapped, but an order has to have one', async () => {
    const { ordered_on: _, ...columns } = line;
    expect((await mapped('order_lines', csv(base), columns)).rows).toHaveLength(1);
    const order = { order_id: 'id', kind: { constant: 'order' }, status: { constant: 'open' } };
    const undated = mapped('orders', csv({ id: 'A', day: '' }), { ...order, ordered_on: 'day' });
    expect((await undated).batch).toMatchObject({ rows: 0, rejected: 1 });
  });
});

describe('which rows are taken', () => {
  const rows = 'id,kind,n\nA,Z1,5\nB,Z2,5.0\nC,,7\nA,Z3,9\n';
  const ids = async (where: object[], feed: object = {}) => {
    const { rows: found } = await mapped(
      'products',
      rows,
      { product_id: 'id', name: 'n' },
      { where, ...feed },
    );
    return found.map((row) => `${row['product_id']}${row['name']}`);
  };

  it.each([
    [{ column: 'kind', equals: 'Z1' }, ['A5']],
    [{ column: 'kind', in: ['Z1', 'Z2'] }, ['A5', 'B5.0']],
    [{ column: 'kind', matches: '^Z[23]$', not: true }, ['A5', 'C7']],
    [{ column: 'kind', empty: true }, ['C7']],
    [{ column: 'n', equals: 5 }, ['A5', 'B5.0']],
  ])('those where %j', async (where, expected) => expect(await ids([where])).toEqual(expected));

  it('the first of a key, where a file repeats it', async () => {
    expect((await ids([], { one_row_per_key: true })).sort()).toEqual(['A5', 'B5.0', 'C7']);
  });

  it('numbers rows of such a feed downwards, so that the load, too, keeps the first', async () => {
    const { rows: found } = await mapped('products', rows, { product_id: 'id' }, { one_row_per_key: true });
    const numberOf = (id: string) => found.find((row) => row['product_id'] === id)?.['_row'] as number;
    expect(numberOf('A')).toBeGreaterThan(numberOf('B'));
  });

  it('counts records for the row number, whatever is left out', async () => {
    const columns = {
      ...line,
      line_id: { row_number: true },
      order_id: 'id',
      ordered_on: { constant: '2026-11-21' },
      quantity: 'n',
      net_amount: 'n',
    };
    const { rows: found } = await mapped('order_lines', rows, columns, {
      where: [{ column: 'kind', matches: 'Z[23]' }],
    });
    expect(found.map((row) => row['line_id'])).toEqual(['2', '4']);
  });
});

describe('a feed that cannot be', () => {
  it.each([
    [{ quantity: { from: 'qty', times: 'x' } }, 'has `times: x`, which is not a number'],
    [{ product_id: { product: ['qty', 'amount'] } }, 'only numbers can be computed'],
    [{ currency: { constant: 'euro' } }, 'cannot hold `euro`: not an ISO 4217 code'],
    [{ ordered_on: { from: 'day', format: 'DD.MM' } }, 'has the unusable format `DD.MM`'],
  ])('%j', async (columns, message) => {
    await expect(mapped('order_lines', csv(base), { ...line, ...columns })).rejects.toThrow(message);
  });
});
