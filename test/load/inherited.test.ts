import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { type LoadedState, loadedStateKey } from '../../functions/lake/landing/batch.ts';
import { ensureTables } from '../../functions/load/ensure-tables.ts';
import { loadBatch } from '../../functions/load/load-batch.ts';
import { readJson } from '../../functions/platform/bucket.ts';
import { tableOf, tables } from '../kit/tables.ts';
import { type LandedRow, land } from './landing.ts';
import { lakeRows, localWorld } from './world.ts';

const world = localWorld();
afterAll(world.close);

const order = (order_id: string, ordered_on: string): LandedRow => ({
  ...{ order_id, ordered_on, kind: 'order', status: 'completed' },
});
const line = (order_id: string, line_id: string, ordered_on: string | null = null): LandedRow => ({
  ...{ order_id, line_id, ordered_on, quantity: '1', net_amount: '10.00', currency: 'EUR' },
});
let runs = 0;
const load = async (table: 'orders' | 'order_lines', ...rows: LandedRow[]) => {
  runs += 1;
  const dates = table === 'orders' ? {} : { firstDate: null, lastDate: null };
  return loadBatch(world, await land(world.bucket, table, rows, { run: `r${runs}`, ...dates }), tables);
};
const dates = async () =>
  (await lakeRows(world.engine, 'order_lines', 'order_id, line_id, ordered_on')).map((row) =>
    Object.values(row).join(' '),
  );

beforeEach(async () => {
  runs = 0;
  await world.engine.execute('DROP SCHEMA lake CASCADE; CREATE SCHEMA lake');
  await world.bucket.remove(loadedStateKey('erp', 'order_lines'));
  await ensureTables(world, [tableOf('order_lines'), tableOf('orders')]);
});

describe('a line without a date', () => {
  test('has that of its order, whichever comes first', async () => {
    await load('orders', order('A', '2026-01-30'));
    await load('order_lines', line('A', '1'), line('B', '1'), line('C', '1', '2026-02-05'));
    expect(await dates()).toEqual(['A 1 2026-01-30', 'B 1 ', 'C 1 2026-02-05']);
    await load('orders', order('B', '2026-02-02'), order('C', '2026-02-01'));
    expect(await dates()).toEqual(['A 1 2026-01-30', 'B 1 2026-02-02', 'C 1 2026-02-05']);
  });

  test('follows its order to another date', async () => {
    await load('order_lines', line('A', '1'), line('A', '2', '2026-01-30'));
    await load('orders', order('A', '2026-01-30'));
    await load('orders', order('A', '2026-02-01'));
    expect(await dates()).toEqual(['A 1 2026-02-01', 'A 2 2026-01-30']);
  });

  test('is left alone when it comes again, and says who moved it', async () => {
    await load('orders', order('A', '2026-01-30'));
    await load('order_lines', line('A', '1'));
    expect(await load('order_lines', line('A', '1'))).toMatchObject({ inserted: 0, updated: 0, deleted: 0 });
    await load('orders', order('A', '2026-02-01'));
    expect(await lakeRows(world.engine, 'order_lines', '_run, _inherited')).toEqual([
      { _run: 'r4', _inherited: true },
    ]);
  });

  test('takes its own once it is told, and gives it up when it is no more', async () => {
    await load('orders', order('A', '2026-01-30'));
    await load('order_lines', line('A', '1'));
    await load('order_lines', line('A', '1', '2026-01-30'));
    await load('orders', order('A', '2026-02-01'));
    expect(await dates()).toEqual(['A 1 2026-01-30']);
    await load('order_lines', line('A', '1'));
    expect(await dates()).toEqual(['A 1 2026-02-01']);
  });

  test('counts where the state says which days are there', async () => {
    await load('orders', order('A', '2026-01-30'), order('B', '2026-02-03'));
    await load('order_lines', line('A', '1'), line('B', '1'));
    const state = await readJson<LoadedState>(world.bucket, loadedStateKey('erp', 'order_lines'));
    expect(state).toMatchObject({ firstDate: '2026-01-30', lastDate: '2026-02-03' });
  });

  test('that came before the column was there is not touched for it', async () => {
    await load('order_lines', line('A', '1', '2026-01-30'));
    await world.engine.execute('UPDATE lake.order_lines SET _inherited = NULL');
    expect(await load('order_lines', line('A', '1', '2026-01-30'))).toMatchObject({ updated: 0 });
  });
});
