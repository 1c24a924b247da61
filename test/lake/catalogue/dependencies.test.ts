import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../../functions/lake/catalogue/catalogue.ts';
import { tablesBehind } from '../../../functions/lake/catalogue/dependencies.ts';
import { tables } from '../../kit/tables.ts';

const kpi = (reads: Parameters<typeof tablesBehind>[0]['reads']) => ({ reads, brokenDownBy: [] });

describe('what the figures of a KPI depend on', () => {
  const select = 'SELECT sum(l.net_amount) FROM order_lines l';

  test.each([
    ['an amount of a table it reads', [select]],
    ['an amount that a view reads for it', ['SELECT numerator FROM revenue', select]],
    ['a column of all', ['SELECT l.* FROM order_lines l']],
    ['all columns', ['SELECT *\nFROM order_lines']],
  ])('the rates: %s', (_, selects) => {
    expect(tablesBehind(kpi({ order_lines: null }), selects, tables)).toEqual([
      'order_lines',
      'exchange_rates',
    ]);
  });

  test.each([
    ['a count', { order_lines: null }, 'SELECT count(*) AS numerator FROM order_lines'],
    ['a comment', { order_lines: null }, 'SELECT count(*) -- not net_amount\nFROM order_lines'],
    ['units', { order_lines: null }, 'SELECT sum(quantity * 2) FROM order_lines'],
    ['an amount that its table does not have', { sessions: null }, 'SELECT 1 AS net_amount FROM sessions'],
  ])('not the rates: %s', (_, reads, sql) => {
    expect(tablesBehind(kpi(reads), [sql], tables)).toEqual(Object.keys(reads));
  });

  test('the tables that name its members', () => {
    const { dimensions } = loadCatalogue();
    const named = ['product', 'customer', 'sales_channel'].map((name) => dimensions.get(name));
    const brokenDownBy = named.filter((dimension) => dimension !== undefined);
    expect(tablesBehind({ reads: { orders: null }, brokenDownBy }, [], tables)).toEqual([
      'orders',
      'products',
      'customers',
    ]);
  });
});

test('of the KPIs that ship, those with amounts depend on the rates', () => {
  const { kpis } = loadCatalogue();
  const withRates = kpis.filter((each) => each.dependsOn.includes('exchange_rates')).map(({ id }) => id);
  expect(withRates).toEqual(
    expect.arrayContaining(['net_revenue', 'average_order_value', 'return_on_ad_spend', 'lost_sales_amount']),
  );
  for (const id of ['orders', 'units_per_order', 'conversion_rate', 'new_customers', 'bounce_rate'])
    expect(withRates).not.toContain(id);
  for (const each of kpis) expect(each.dependsOn).toEqual(expect.arrayContaining(Object.keys(each.reads)));
});
