import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type Batch,
  LAST_ROW,
  type LoadedState,
  loadedStateKey,
} from '../../functions/lake/landing/batch.ts';
import { ensureTables } from '../../functions/load/ensure-tables.ts';
import { loadBatch } from '../../functions/load/load-batch.ts';
import { readJson } from '../../functions/platform/bucket.ts';
import { tableOf, tables } from '../kit/tables.ts';
import { type LandedRow, land } from './landing.ts';
import { lakeRows, localWorld } from './world.ts';

const world = localWorld();
afterAll(world.close);

const line = (order_id: string, line_id: string, net_amount: string, extra: LandedRow = {}): LandedRow => ({
  order_id,
  line_id,
  ordered_on: '2026-11-20',
  quantity: '1',
  net_amount,
  currency: 'EUR',
  ...extra,
});
const load = async (rows: readonly LandedRow[], run: string, about: Partial<Batch> = {}) => {
  await loadBatch(world, await land(world.bucket, 'order_lines', rows, { run, ...about }), tables);
  const state = await readJson<LoadedState>(world.bucket, loadedStateKey('erp', 'order_lines'));
  return state?.conflicts ?? [];
};
const amounts = async () =>
  (await lakeRows(world.engine, 'order_lines', 'order_id, line_id, net_amount')).map((row) =>
    Object.values(row).join(' '),
  );

beforeEach(async () => {
  await world.engine.execute('DROP SCHEMA lake CASCADE; CREATE SCHEMA lake');
  await world.bucket.remove(loadedStateKey('erp', 'order_lines'));
  await ensureTables(world, [tableOf('order_lines')]);
});

describe('rows of one key in one input', () => {
  test('that differ are told: key, file, both lines, how many, and what share of the amounts went', async () => {
    const found = await load(
      [
        line('A', '1', '80.00', { _row: 2 }),
        line('A', '1', '20.00', { _row: 3 }),
        line('B', '1', '30.00', { _row: 4 }),
        line('C', '1', '-70.00', { _row: 5, ordered_on: '2026-11-18' }),
        line('C', '1', '0.00', { _row: 9, ordered_on: '2026-11-19' }),
      ],
      'r1',
    );
    expect(found).toMatchObject([
      {
        ...{ kind: 'key', run: 'r1', rows: 2, inputs: 1, firstDate: '2026-11-18', lastDate: '2026-11-20' },
        sample: { key: 'A / 1', inputs: ['in/0.csv'], lines: [2, 3] },
        shares: { net_amount: 0.75 },
        scopes: ['A', 'C'],
      },
    ]);
    expect(await amounts()).toEqual(['A 1 20.0000', 'B 1 30.0000', 'C 1 0.0000']);
  });

  test.each<[string, LandedRow]>([
    ['an optional text', { booking_programme: 'spring' }],
    ['an optional number', { list_amount: '1.00' }],
    ['an empty product', { product_id: 'P' }],
  ])('that differ in %s only are told as well', async (_, extra) => {
    expect(await load([line('A', '1', '80.00', extra), line('A', '1', '80.00')], 'r1')).toHaveLength(1);
  });

  test('that are equal throughout stay unmentioned', async () => {
    expect(
      await load([line('A', '1', '80.00'), line('A', '1', '80.00'), line('B', '1', '1.00')], 'r1'),
    ).toEqual([]);
  });

  test('of which one is known to be a repetition stay unmentioned', async () => {
    const rows = [
      line('A', '1', '80.00', { _row: LAST_ROW - 1 }),
      line('A', '1', '20.00', { _row: LAST_ROW - 2 }),
    ];
    expect(await load(rows, 'r1')).toEqual([]);
  });

  test('of two inputs are a restatement', async () => {
    expect(await load([line('A', '1', '80.00'), line('A', '1', '20.00', { _input: 1 })], 'r1')).toEqual([]);
  });
});

describe('a conflict', () => {
  const twice = [
    line('A', '1', '80.00'),
    line('A', '1', '20.00'),
    line('B', '1', '1.00'),
    line('B', '1', '2.00'),
  ];

  test('stays while others are delivered, and ends once its scopes are delivered right', async () => {
    await load(twice, 'r1');
    expect(await load([line('Z', '1', '5.00')], 'r2')).toMatchObject([{ run: 'r1', scopes: ['A', 'B'] }]);
    expect(await load([line('A', '1', '20.00')], 'r3')).toMatchObject([{ run: 'r1', scopes: ['B'] }]);
    expect(await load([line('B', '1', '3.00')], 'r4')).toEqual([]);
  });

  test('is told once, however often its batch is loaded', async () => {
    const once = await load(twice, 'r1');
    expect(await load(twice, 'r1')).toEqual(once);
  });
});

describe('files of one day', () => {
  const rivals = (ordered: boolean) => ({ rivals: [{ families: ordered ? [[0, 1]] : [[0], [1]] }] });
  const first = [line('A', '1', '80.00'), line('A', '2', '20.00'), line('B', '1', '7.00')];
  const second = (...rows: LandedRow[]) => rows.map((row) => ({ ...row, _input: 1 }));

  test('whose order nobody can tell conflict where they differ', async () => {
    const rows = [...first, ...second(line('A', '1', '80.00'))];
    expect(await load(rows, 'r1', rivals(false))).toMatchObject([
      {
        ...{ kind: 'files', rows: 2, scopes: ['A'] },
        sample: { key: 'A', inputs: ['in/0.csv', 'in/1.csv'] },
      },
    ]);
  });

  test('are copies of one another where they do not', async () => {
    const copy = second(...first);
    expect(await load([...first, ...copy], 'r1', rivals(false))).toEqual([]);
  });

  test('whose order is known restate one another', async () => {
    const rows = [...first, ...second(line('A', '1', '81.00'))];
    expect(await load(rows, 'r1', rivals(true))).toEqual([]);
  });

  test('that each hold a part of a scope lose one part, whatever their order', async () => {
    const rows = [...first, ...second(line('A', '3', '100.00'))];
    expect(await load(rows, 'r1', rivals(true))).toMatchObject([
      { kind: 'files', rows: 2, shares: { net_amount: 0.5 } },
    ]);
    expect(await amounts()).toEqual(['A 3 100.0000', 'B 1 7.0000']);
  });
});
