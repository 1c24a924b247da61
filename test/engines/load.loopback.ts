import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { openBatch } from '../../functions/lake/landing/landing-writer.ts';
import { columnsOf } from '../../functions/lake/schema/table.ts';
import { type TableName, tableNames, tableOf } from '../../functions/lake/schema/tables.ts';
import { ensureTables } from '../../functions/load/ensure-tables.ts';
import { loadBatch } from '../../functions/load/load-batch.ts';
import type { Bucket } from '../../functions/platform/bucket.ts';
import { frozenClock } from '../../functions/platform/clock.ts';
import { type Engine, queryRows } from '../../functions/platform/engine.ts';
import { silentLog } from '../../functions/platform/log.ts';
import { completeRows } from '../kit/given-rows.ts';
import { motoWorld } from '../kit/moto-world.ts';
import { type LandedRow, land } from '../load/landing.ts';
import { localWorld } from '../load/world.ts';

interface World {
  readonly bucket: Bucket;
  readonly engine: Engine;
  close(): Promise<void>;
}

const CONTEXT = { currency: 'EUR', timeZone: 'Europe/Paris', asOf: '2026-11-20' };
const tools = { clock: frozenClock('2026-11-22T06:00:00Z'), log: silentLog };
let worlds: readonly World[];

beforeAll(async () => {
  const duckdb = localWorld();
  worlds = [duckdb, await motoWorld(inject('motoUrl'), inject('trinoUrl'))];
  for (const world of worlds) await ensureTables({ ...world, ...tools });
});
afterAll(async () => {
  for (const world of worlds) await world.close();
});

/** Loads the same batch into both lakes; gives both reports and both tables. */
async function loadBoth(table: TableName, rows: readonly LandedRow[], run: string) {
  const names = [...columnsOf(tableOf(table)).map((column) => column.name), '_source', '_run'];
  const results = [];
  for (const world of worlds) {
    const batch = await land(world.bucket, table, rows, { run });
    const { seconds: _, ...report } = await loadBatch({ ...world, ...tools }, batch);
    const order = tableOf(table).key.join(', ');
    const sql = `SELECT ${names.join(', ')} FROM ${world.engine.dialect.table(table)} ORDER BY ${order}`;
    results.push({ report, rows: await queryRows(world.engine, sql) });
  }
  return results;
}

/** What a row must have and the kit has no default for. */
const NEEDED: Partial<Record<TableName, LandedRow>> = {
  targets: { value: '0.7500' },
  exchange_rates: { rate: '1.07250000' },
  customer_objectives: { target_amount: '1000.0000' },
};

const rowsOf = (table: TableName, given: readonly LandedRow[]): LandedRow[] =>
  (completeRows({ [table]: given }, CONTEXT).get(table) ?? []) as LandedRow[];

describe.each(tableNames)('%s, on DuckDB and on Trino with Iceberg', (table) => {
  test('holds the same rows after a first load, a second one, and the same again', async () => {
    const key = tableOf(table).key[0] as string;
    const keys = key.endsWith('_id') ? ['A', 'B'].map((value) => ({ [key]: value })) : [{}];
    const first = rowsOf(
      table,
      keys.map((row) => ({ ...row, ...NEEDED[table] })),
    );
    for (const run of ['r1', 'r2']) {
      const [duckdb, trino] = await loadBoth(table, first, run);
      expect(trino).toEqual(duckdb);
      expect(trino?.rows).toHaveLength(first.length);
    }
  });
});

describe('a batch replaces its scopes, on both engines alike', () => {
  const line = (order_id: string, line_id: string, more: LandedRow = {}): LandedRow => ({
    ...(rowsOf('order_lines', [{ order_id, line_id }])[0] as LandedRow),
    ...more,
  });

  test('inserts, updates, deletes, empties; the later input and the later row have the last word', async () => {
    const steps: LandedRow[][] = [
      [line('S', '1'), line('S', '2'), line('T', '1')],
      [line('S', '1', { net_amount: '12.0000' }), line('S', '3')],
      [{ order_id: 'T', _empty: true } as LandedRow, line('U', '1')],
      [
        line('U', '1', { net_amount: '1.0000' }),
        line('U', '1', { net_amount: '2.0000' }),
        line('S', '9', { _input: 1 }),
      ],
    ];
    for (const [index, rows] of steps.entries()) {
      const [duckdb, trino] = await loadBoth('order_lines', rows, `s${index}`);
      expect(trino).toEqual(duckdb);
    }
  });
});

// Last, for it leaves rows in one of the lakes only.
test('Trino reads the files that the landing writer writes, to the last digit', async () => {
  const [, trino] = worlds;
  if (!trino) throw new Error('no Trino');
  const about = { table: 'order_lines' as const, source: 'writer', run: 'w1', asOf: '2026-11-20' };
  const batch = openBatch({ ...trino, ...tools }, { ...about, mappingHash: 'm', timeZone: 'Europe/Paris' });
  batch.startInput({ name: 'one.csv', fingerprint: '1', date: null });
  const row = { ordered_on: '2026-11-20', quantity: '1', currency: 'EUR', line_id: '1' };
  await batch.write({ ...row, order_id: 'W1', net_amount: '99999999999999.9999' }, { line: 1 });
  await batch.write({ ...row, order_id: 'W2', net_amount: '-0.0001', booking_lead_days: 30 }, { line: 2 });
  await batch.emptyScope({ order_id: 'W3' });
  const report = await loadBatch({ ...trino, ...tools }, await batch.close());
  expect(report).toMatchObject({ inserted: 2, updated: 0, deleted: 0 });
  const sql = `SELECT order_id, ordered_on, quantity, net_amount, booking_lead_days, product_id
    FROM ${trino.engine.dialect.table('order_lines')} WHERE _source = 'writer' ORDER BY order_id`;
  const shared = { ordered_on: '2026-11-20', quantity: '1.0000', product_id: null };
  expect(await queryRows(trino.engine, sql)).toEqual([
    { ...shared, order_id: 'W1', net_amount: '99999999999999.9999', booking_lead_days: null },
    { ...shared, order_id: 'W2', net_amount: '-0.0001', booking_lead_days: 30 },
  ]);
});
