import { describe, expect, it } from 'vitest';
import { openDesk } from './pulling.ts';

/** Pulls one order with this customer, written as a CSV file would. */
async function pulled(customer: string, source: unknown = 'Customer') {
  const desk = await openDesk();
  await desk.drop('orders.csv', `Number,Date,Customer\n4711,2026-11-20,${customer}\n`);
  const columns = {
    ...{
      order_id: 'Number',
      ordered_on: 'Date',
      kind: { constant: 'order' },
      status: { constant: 'completed' },
    },
    customer_id: source,
  };
  const report = await desk.pull([{ table: 'orders', path: 'orders.csv', columns }], { share: 1 });
  const [row] = await desk.rows(report.batches[0]);
  return { id: row?.['customer_id'], desk, rejected: report.batches[0]?.rejected };
}

describe('an identifier that went through a spreadsheet', () => {
  it.each<[string, string, string | undefined]>([
    ['of a formula', '="0000100"', '0000100'],
    ['of a formula, quoted', '"=""0000100"""', '0000100'],
    ['of a formula that is empty', '=""', undefined],
    ['marked as text', "'0000102", '0000102'],
    ['of letters', '1E5-X', '1E5-X'],
    ['that has an E of its own', '1E5', '1E5'],
    ['quoted with apostrophes', "'0000102'", "'0000102'"],
  ])('%s is read', async (_, cell, wanted) => {
    expect(await pulled(cell)).toMatchObject({ id: wanted, rejected: 0 });
  });

  it.each([
    '4.5001E+09',
    '"4,5001E+09"',
    '4E+12',
    '4.50e-07',
    '=" 4.5001E+09"',
    "'4.5001E+09",
    '#N/A',
    '########',
  ])('%s is refused, with the remedy', async (cell) => {
    const { rejected, desk } = await pulled(cell);
    expect(rejected).toBe(1);
    const [rejection] = await desk.rejected('orders');
    expect(rejection).toMatchObject({ line: 2, column: 'customer_id (Customer)' });
    expect(rejection?.reason).toMatch(/spreadsheet.*formatted as text/);
  });

  it('is undone before its zeros are stripped, and as a part of a key', async () => {
    expect((await pulled("'0000102", { from: 'Customer', strip_zeros: true })).id).toBe('102');
    expect((await pulled('="0102"', { join: ['Number', 'Customer'] })).id).toBe('4711-0102');
    expect((await pulled('1.2E+10', { join: ['Number', 'Customer'] })).rejected).toBe(1);
  });
});

it('names keep their apostrophes, numbers and dates lose the mark', async () => {
  const desk = await openDesk();
  const rows = "Id,Name,On,Amount\n1,'s-Hertogenbosch,'2026-11-20,'12.50\n";
  await desk.drop('costs.csv', rows);
  const columns = {
    ...{ cost_id: 'Id', category: 'Name', cost_on: 'On', amount: 'Amount' },
    ...{ kind: { constant: 'sales' }, currency: { constant: 'EUR' } },
  };
  const report = await desk.pull([{ table: 'marketing_costs', path: 'costs.csv', columns }]);
  expect(await desk.rows(report.batches[0])).toMatchObject([
    { category: "'s-Hertogenbosch", cost_on: '2026-11-20', amount: '12.5000' },
  ]);
});
