import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { BatchInput } from '../../functions/lake/landing/batch.ts';
import { qualityOf } from '../../functions/lake/snapshot/finding.ts';
import { AS_OF, line, order, scene } from './scene.ts';

const { load, check, reset, close } = scene();
beforeEach(reset);
afterAll(close);

const DAILY = 'files/orders_{date}.csv';
const input = (name: string, date: string | null, extra: Partial<BatchInput> = {}): BatchInput => ({
  ...{ name, date, fingerprint: '0:1', rows: 0, rejected: 0 },
  ...extra,
});
const only = async (id: string, ...args: Parameters<typeof check>) =>
  (await check(...args)).filter((finding) => finding.check === id);

describe('rows that gave way to others of their delivery', () => {
  const feeds = [{ table: 'order_lines' as const, max_age_days: null }];
  const twice = [
    line('A', '1', { net_amount: '75.00', _row: 2 }),
    line('A', '1', { net_amount: '25.00', _row: 7 }),
  ];

  test('are an error that names table, key, file, both lines, how many rows and what share', async () => {
    await load('order_lines', twice);
    const findings = await only('conflicting_rows', feeds);
    expect(findings).toMatchObject([{ severity: 'error', table: 'order_lines', source: 'erp' }]);
    expect(findings[0]?.message).toBe(
      'order_lines from erp: 1 row of in/0.csv gave way to others of the same key that say something else, and is in no figure (75 % of net_amount, 50 % of quantity). In in/0.csv, lines 2 and 7 both have order_id / line_id A / 1.',
    );
    expect(findings[0]?.hint).toContain('`line_id: { row_number: true }`');
    expect(qualityOf(['order_lines'], findings)).toBe('incomplete');
  });

  test('are told every day until they are delivered right, but not before they happened', async () => {
    await load('order_lines', twice);
    expect(await only('conflicting_rows', feeds, { asOf: '2026-12-24' })).toHaveLength(1);
    expect(await only('conflicting_rows', feeds, { asOf: '2026-11-19' })).toEqual([]);
    await load('order_lines', [line('A', '1', { net_amount: '25.00' })], { run: 'r2' });
    expect(await only('conflicting_rows', feeds)).toEqual([]);
  });
});

describe('files with nothing in them', () => {
  const orders = [{ table: 'orders' as const, path: DAILY }];

  test('are as good as missing on the day that is owed', async () => {
    await load('orders', [order('A', { ordered_on: '2026-11-19' })]);
    await load('orders', [], { run: 'r2', inputs: [input('o_20261120.csv', AS_OF, { blank: true })] });
    const [finding, ...others] = (await check(orders)).filter(({ table }) => table === 'orders');
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      ...{ check: 'freshness', severity: 'error', lastDate: '2026-11-19' },
      message:
        'orders from erp: the latest day is 2026-11-19, 2026-11-20 was expected, and o_20261120.csv came with nothing in it.',
    });
  });

  test('with a header are a day without business', async () => {
    await load('orders', [order('A', { ordered_on: '2026-11-19' })]);
    await load('orders', [], { run: 'r2', inputs: [input('o_20261120.csv', AS_OF)] });
    expect(await check(orders)).toEqual([]);
  });

  test.each<[string, string | null, number]>([
    ['a day of trade before one that is there', '2026-11-19', 1],
    ['a Sunday', '2026-11-15', 0],
    ['a day long ago', '2026-09-01', 0],
    ['no day: everything', null, 1],
  ])('of %s', async (_, date, count) => {
    await load('orders', [order('A')]);
    await load('orders', [], { run: 'r2', inputs: [input('o.csv', date, { blank: true })] });
    const findings = await only('empty_file', orders);
    expect(findings).toHaveLength(count);
    if (count === 1)
      expect(findings[0]?.message).toBe(
        'orders from erp: o.csv came with nothing in it, not even a header. What it should have held is in no figure.',
      );
  });
});

describe('a day that is told by a partial file', () => {
  const orders = [{ table: 'orders' as const, path: DAILY }];
  const partial = input('o_partial.csv', AS_OF, { rows: 1, partial: true });

  test('is warned of until the final one is there', async () => {
    await load('orders', [order('A')], { inputs: [partial] });
    expect(await only('partial_file', orders)).toMatchObject([{ severity: 'warning' }]);
    await load('orders', [order('A')], { run: 'r2', inputs: [input('o.csv', AS_OF, { rows: 1 })] });
    expect(await only('partial_file', orders)).toEqual([]);
  });
});
