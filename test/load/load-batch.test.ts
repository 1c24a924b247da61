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

const line = (order_id: string, line_id: string, net_amount = '10.00', extra: LandedRow = {}): LandedRow => ({
  order_id,
  line_id,
  ordered_on: '2026-11-20',
  quantity: '1',
  net_amount,
  currency: 'EUR',
  ...extra,
});
const empty = (order_id: string, extra: LandedRow = {}): LandedRow => ({ order_id, _empty: true, ...extra });
const load = async (rows: readonly LandedRow[], run: string) =>
  loadBatch(world, await land(world.bucket, 'order_lines', rows, { run }), tables);
const lines = () => lakeRows(world.engine, 'order_lines', 'order_id, line_id, net_amount, _run');
const session = (session_id: string, started_on: string, extra: LandedRow = {}): LandedRow => ({
  session_id,
  property: 'shop',
  started_on,
  session_count: 1,
  ordering_session_count: 0,
  bounced_session_count: 0,
  ...extra,
});

beforeEach(async () => {
  await world.engine.execute('DROP SCHEMA lake CASCADE; CREATE SCHEMA lake');
  await ensureTables(world, [tableOf('order_lines'), tableOf('sessions')]);
});

describe('loadBatch', () => {
  test('inserts, updates, deletes within the scope, and leaves other scopes and unchanged rows alone', async () => {
    await load([line('A', '1'), line('A', '2'), line('A', '3'), line('B', '1')], 'r1');
    const report = await load([line('A', '1'), line('A', '2', '12.00'), line('A', '4')], 'r2');
    expect(report).toMatchObject({ inserted: 1, updated: 1, deleted: 1, superseded: 0 });
    expect(await lines()).toEqual([
      { order_id: 'A', line_id: '1', net_amount: '10.0000', _run: 'r1' },
      { order_id: 'A', line_id: '2', net_amount: '12.0000', _run: 'r2' },
      { order_id: 'A', line_id: '4', net_amount: '10.0000', _run: 'r2' },
      { order_id: 'B', line_id: '1', net_amount: '10.0000', _run: 'r1' },
    ]);
  });

  test('adds what is new as a whole without looking for it again, but only on an engine that nobody else writes to', async () => {
    const given: string[] = [];
    const noting = (exclusive: boolean): typeof world => {
      const { exclusive: _, ...engine } = world.engine;
      const noted: typeof world.engine = {
        ...engine,
        ...(exclusive ? { exclusive } : {}),
        execute(sql, options) {
          given.push(sql.slice(0, 6));
          return world.engine.execute(sql, options);
        },
      };
      return { ...world, engine: noted };
    };
    const batchOf = (run: string, ...orders: string[]) =>
      land(
        world.bucket,
        'order_lines',
        orders.map((order) => line(order, '1')),
        { run },
      );
    await loadBatch(noting(true), await batchOf('r1', 'A', 'B'), tables);
    // As a whole new, once more; then partly known; then as new where others may write.
    expect(await loadBatch(noting(true), await batchOf('r2', 'C'), tables)).toMatchObject({ inserted: 1 });
    await loadBatch(noting(true), await batchOf('r3', 'C', 'D'), tables);
    await loadBatch(noting(false), await batchOf('r4', 'E'), tables);
    expect(given).toEqual(['INSERT', 'INSERT', 'MERGE ', 'MERGE ']);
    expect((await lines()).map(({ order_id }) => order_id)).toEqual(['A', 'B', 'C', 'D', 'E']);
  });

  test('asks a table without a date for no months: it is read whole', async () => {
    await ensureTables(world, [tableOf('customers')]);
    const asked: string[] = [];
    const engine: typeof world.engine = {
      ...world.engine,
      query(sql, options) {
        asked.push(sql);
        return world.engine.query(sql, options);
      },
    };
    const customers = async (run: string, ...names: string[]) => {
      const rows = names.map((name, place) => ({ customer_id: `C${place}`, name }));
      return loadBatch({ ...world, engine }, await land(world.bucket, 'customers', rows, { run }), tables);
    };
    expect(await customers('r1', 'Ada', 'Bea')).toMatchObject({ inserted: 2, updated: 0 });
    expect(await customers('r2', 'Ada', 'Bob', 'Cid')).toMatchObject({ inserted: 1, updated: 1 });
    // What the files hold, and what the MERGE will come to.
    expect(asked).toHaveLength(4);
  });

  test('empties a scope that came back empty', async () => {
    await load([line('A', '1'), line('B', '1')], 'r1');
    expect(await load([empty('A')], 'r2')).toMatchObject({ inserted: 0, updated: 0, deleted: 1 });
    expect((await lines()).map((row) => row['order_id'])).toEqual(['B']);
  });

  test('lets the later input have the last word on a scope, and the later row on a key', async () => {
    const report = await load(
      [
        line('A', '1', '1', { _input: 0 }),
        line('A', '2', '1', { _input: 0 }),
        line('B', '1', '1', { _input: 0 }),
        line('A', '1', '2', { _input: 1, _row: 1 }),
        line('A', '1', '3', { _input: 1, _row: 2 }),
        empty('B', { _input: 2 }),
      ],
      'r1',
    );
    expect(report).toMatchObject({ inserted: 1, updated: 0, deleted: 0, superseded: 4 });
    expect(await lines()).toEqual([{ order_id: 'A', line_id: '1', net_amount: '3.0000', _run: 'r1' }]);
  });

  test('takes rows numbered downwards first row wins', async () => {
    await load([line('A', '1', '1', { _row: -1 }), line('A', '1', '2', { _row: -2 })], 'r1');
    expect((await lines())[0]).toMatchObject({ net_amount: '1.0000' });
  });

  test('a row whose key stands in another scope moves, and does not take that scope along', async () => {
    const first = await land(
      world.bucket,
      'sessions',
      [session('s1', '2026-11-20'), session('s2', '2026-11-20')],
      { run: 'r1' },
    );
    await loadBatch(world, first, tables);
    const report = await loadBatch(
      world,
      await land(world.bucket, 'sessions', [session('s1', '2026-11-21')], { run: 'r2' }),
      tables,
    );
    expect(report).toMatchObject({ inserted: 0, updated: 1, deleted: 0 });
    expect(await lakeRows(world.engine, 'sessions', 'session_id, started_on')).toEqual([
      { session_id: 's1', started_on: '2026-11-21' },
      { session_id: 's2', started_on: '2026-11-20' },
    ]);
  });

  test('a key that loses its scope to a later input is still known from another scope', async () => {
    const rows = [
      session('s1', '2026-11-19', { _input: 0 }),
      session('s1', '2026-11-20', { _input: 1 }),
      session('s9', '2026-11-20', { _input: 2 }),
    ];
    const report = await loadBatch(world, await land(world.bucket, 'sessions', rows), tables);
    expect(report).toMatchObject({ inserted: 2, superseded: 1 });
    expect(await lakeRows(world.engine, 'sessions', 'session_id, started_on')).toEqual([
      { session_id: 's1', started_on: '2026-11-19' },
      { session_id: 's9', started_on: '2026-11-20' },
    ]);
  });

  test('notices a value that becomes null, and one that stops being null', async () => {
    await load([line('A', '1', '1', { booking_programme: 'spring' }), line('A', '2')], 'r1');
    const report = await load([line('A', '1', '1'), line('A', '2', '10.00', { product_id: 'P1' })], 'r2');
    expect(report).toMatchObject({ updated: 2 });
  });

  test('a batch without files changes nothing and is noted', async () => {
    const report = await load([], 'r1');
    expect(report).toMatchObject({ inserted: 0, updated: 0, deleted: 0, superseded: 0 });
    expect(await readJson<LoadedState>(world.bucket, loadedStateKey('erp', 'order_lines'))).toMatchObject({
      run: 'r1',
    });
  });

  test('refuses landing files that do not hold the rows the batch says', async () => {
    const batch = await land(world.bucket, 'order_lines', [line('A', '1'), line('A', '2')], { rows: 3 });
    await expect(loadBatch(world, batch, tables)).rejects.toMatchObject({
      code: 'LANDING_ROWS',
      message: expect.stringContaining('hold 2 rows, _batch.json says 3'),
    });
    expect(await lines()).toEqual([]);
  });

  test('refuses two rows of a key that nobody can put in order', async () => {
    const rows = [line('A', '1', '1', { _row: 5 }), line('A', '1', '2', { _row: 5 })];
    await expect(load(rows, 'r1')).rejects.toMatchObject({ code: 'LANDING_TIES', where: { sample: 'A' } });
    expect(await lines()).toEqual([]);
  });

  test('keeps text as it is: quotes, line breaks, other scripts', async () => {
    const odd = `O'Neil "x"\n\tœ 漢 😀`;
    await load([line('A', odd)], "r'1");
    expect(await lines()).toEqual([{ order_id: 'A', line_id: odd, net_amount: '10.0000', _run: "r'1" }]);
  });
});
