import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Batch, type LoadedState, loadedStateKey } from '../../functions/lake/landing/batch.ts';
import { ensureTables } from '../../functions/load/ensure-tables.ts';
import { loadBatch } from '../../functions/load/load-batch.ts';
import { readJson } from '../../functions/platform/bucket.ts';
import { tableOf, tables } from '../kit/tables.ts';
import { type LandedRow, land } from '../load/landing.ts';
import { deliverWide, WIDE_DELIVERIES } from '../load/wide-deliveries.ts';
import { bothLakes, rowsIn, rowsOf, tools } from './both-lakes.ts';

let both: Awaited<ReturnType<typeof bothLakes>>;
beforeAll(async () => {
  both = await bothLakes();
  const tables = (['orders', 'order_lines', 'sessions', 'carts', 'cart_lines', 'targets'] as const).map(
    tableOf,
  );
  await both.inBoth((lake) => ensureTables({ ...lake, ...tools }, tables));
});
afterAll(() => both.close());

const row = (table: string, given: LandedRow, more: LandedRow = {}): LandedRow => ({
  ...(rowsOf(table, [given])[0] as LandedRow),
  ...more,
});

/** Loads into both lakes; what each then says is wrong with the delivery, and its rows. */
const load = (table: string, rows: readonly LandedRow[], about: Partial<Batch>) =>
  both.inBoth(async (lake) => {
    await loadBatch({ ...lake, ...tools }, await land(lake.bucket, table, rows, about), tables);
    const state = await readJson<LoadedState>(lake.bucket, loadedStateKey('erp', table));
    return { conflicts: state?.conflicts ?? [], rows: await rowsIn(lake, table) };
  });

test('lines without a date have that of their order, before and after it', async () => {
  const undated = { firstDate: null, lastDate: null };
  const line = (order_id: string) => row('order_lines', { order_id, line_id: '1' }, { ordered_on: null });
  const order = (order_id: string, ordered_on: string) => row('orders', { order_id, ordered_on });
  await load('orders', [order('A', '2026-01-30')], { run: 'r1' });
  const [duckdb, trino] = await load('order_lines', [line('A'), line('B')], { run: 'r2', ...undated });
  expect(duckdb?.rows.map((each) => each['ordered_on'])).toEqual(['2026-01-30', null]);
  expect(trino).toEqual(duckdb);
  await load('orders', [order('A', '2026-02-01'), order('B', '2026-03-02')], { run: 'r3' });
  const [after, same] = await both.inBoth((lake) => rowsIn(lake, 'order_lines'));
  expect(after?.map((each) => [each['ordered_on'], each['_run']])).toEqual([
    ['2026-02-01', 'r3'],
    ['2026-03-02', 'r3'],
  ]);
  expect(same).toEqual(after);
});

test('rows of one key that differ are told alike, until they are delivered right', async () => {
  const session = (session_id: string, more: LandedRow) => row('sessions', { session_id }, more);
  const twice = [
    session('S1', { consented: true, _row: 2 }),
    session('S1', { consented: false, _row: 3 }),
    session('S2', { session_count: 2, _row: 4 }),
    session('S2', { session_count: 2, _row: 5 }),
  ];
  const [duckdb, trino] = await load('sessions', twice, { run: 's1' });
  expect(duckdb?.conflicts).toMatchObject([{ kind: 'key', rows: 1, sample: { key: 'S1', lines: [2, 3] } }]);
  expect(trino).toEqual(duckdb);
  const [healed, too] = await load('sessions', twice.slice(1, 3), { run: 's2' });
  expect(healed?.conflicts).toEqual([]);
  expect(too).toEqual(healed);
});

test('files of one day that contradict one another, or each hold a part, are told alike', async () => {
  const line = (order_id: string, line_id: string, net_amount: string, _input = 0) =>
    row('order_lines', { order_id, line_id }, { net_amount, ordered_on: '2026-11-20', _input });
  const rows = [
    line('P', '1', '80.0000'),
    line('Q', '1', '20.0000'),
    line('P', '2', '60.0000', 1),
    line('Q', '1', '25.0000', 2),
  ];
  const rivals = [{ families: [[0, 1], [2]] }];
  const [duckdb, trino] = await load('order_lines', rows, { run: 'f1', rivals });
  expect(duckdb?.conflicts).toMatchObject([{ kind: 'files', rows: 2, scopes: ['P', 'Q'] }]);
  expect(trino).toEqual(duckdb);
});

test('a column a month: new months come by themselves, months delivered again are restated', async () => {
  const [duckdb, trino] = await both.inBoth(deliverWide);
  expect(duckdb).toEqual(WIDE_DELIVERIES.map(({ lake }) => lake));
  expect(trino).toEqual(duckdb);
});
