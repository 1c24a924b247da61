import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { Batch } from '../../functions/lake/landing/batch.ts';
import { ensureTables } from '../../functions/load/ensure-tables.ts';
import { loadBatch } from '../../functions/load/load-batch.ts';
import type { Bucket } from '../../functions/platform/bucket.ts';
import { runs } from '../kit/runs.ts';
import { tableOf, tables } from '../kit/tables.ts';
import { type LandedRow, land } from './landing.ts';
import { changesBetween, keptRows, loadIntoModel, type ModelTable } from './model.ts';
import { lakeRows, localWorld } from './world.ts';

const world = localWorld();
afterAll(world.close);

const few = <const T extends readonly (string | number | null)[]>(...values: T) => fc.constantFrom(...values);
/** Of one month, of the months around it and of long before: what moves from one to another must not stay where it was. */
const DAYS = ['2026-11-20', '2026-11-21', '2026-10-31', '2026-12-01', '2025-02-28', '2019-07-01'] as const;
const day = few(...DAYS);
/** What orders there are while lines are loaded: a line without a date has its order's. */
const ORDERED_ON: Readonly<Record<string, string>> = { A: '2026-11-20', B: '2025-02-28' };

/** Rows over small domains, so that scopes and keys meet often. The scope is part of the key, beside it, or all of it. */
const rowsOf: Partial<Record<string, fc.Arbitrary<Record<string, string | number | null>>>> = {
  order_lines: fc.record({
    order_id: few('A', 'B', 'C'),
    line_id: few('1', '2', '3'),
    ordered_on: few(...DAYS, null),
    currency: few('EUR', 'CHF'),
    quantity: few('1.0000', '-2.0000'),
    net_amount: few('10.0000', '10.0100'),
    product_id: few('P1', null),
  }),
  sessions: fc.record({
    session_id: few('s1', 's2', 's3', 's4'),
    started_on: day,
    property: few('shop', 'blog'),
    session_count: few(1, 2),
    ordering_session_count: few(0),
    bounced_session_count: few(0),
    started_at: few('2026-11-20T08:00:00Z', '2026-11-20T08:00:00.250Z', null),
  }),
  orders: fc.record({
    order_id: few('A', 'B', 'C'),
    kind: few('order', 'return'),
    status: few('open', 'cancelled'),
    ordered_on: day,
    customer_id: few('C1', null),
  }),
};

type Interruption = 'once' | 'twice' | 'died before the state';
const batchOf = (table: string) =>
  fc.record({
    inputs: fc.array(
      fc.array(fc.record({ row: rowsOf[table] as fc.Arbitrary<LandedRow>, empty: fc.boolean() }), {
        maxLength: 6,
      }),
      { minLength: 1, maxLength: 3 },
    ),
    loaded: fc.constantFrom<Interruption>('once', 'twice', 'died before the state'),
  });

/** A row that only empties its scope knows nothing else; it is dropped where the input has rows of that scope. */
function landedRows(
  table: string,
  inputs: readonly (readonly { row: LandedRow; empty: boolean }[])[],
): LandedRow[] {
  const { scope } = tableOf(table);
  const scopeOf = (row: LandedRow) => JSON.stringify(scope.map((name) => row[name]));
  return inputs.flatMap((rows, input) => {
    const held = new Set(rows.filter((entry) => !entry.empty).map((entry) => scopeOf(entry.row)));
    return rows
      .filter((entry) => !entry.empty || !held.has(scopeOf(entry.row)))
      .map(({ row, empty }, index) => {
        const place = { _input: input, _row: index + 1, _empty: empty };
        return empty
          ? { ...Object.fromEntries(scope.map((name) => [name, row[name] ?? null])), ...place }
          : { ...row, ...place };
      });
  });
}

async function loadAs(loaded: Interruption, batch: Batch) {
  if (loaded === 'died before the state') {
    const bucket: Bucket = { ...world.bucket, write: () => Promise.reject(new Error('power cut')) };
    await expect(loadBatch({ ...world, bucket }, batch, tables)).rejects.toThrow('power cut');
    return loadBatch(world, batch, tables);
  }
  const report = await loadBatch(world, batch, tables);
  if (loaded === 'twice')
    expect(await loadBatch(world, batch, tables)).toMatchObject({ inserted: 0, updated: 0, deleted: 0 });
  return report;
}

const asLake = (table: string, model: ModelTable) =>
  [...model.values()].map(({ row, run }) => ({
    ...Object.fromEntries(tableOf(table).columns.map(({ name }) => [name, row[name] ?? null])),
    ...(tableOf(table).inherits ? { _inherited: row['_inherited'] ?? false } : {}),
    _source: 'erp',
    _run: run,
  }));
/** Rows as they shall stand in the lake: with what they have from their order. */
const completed = (table: string, rows: readonly LandedRow[]): LandedRow[] =>
  rows.map((row) =>
    tableOf(table).inherits && !row['_empty']
      ? {
          ...row,
          ordered_on: row['ordered_on'] ?? ORDERED_ON[String(row['order_id'])] ?? null,
          _inherited: row['ordered_on'] === null,
        }
      : row,
  );
const sorted = (rows: readonly object[]): string[] => rows.map((row) => JSON.stringify(row)).sort();

async function fillOrders(): Promise<void> {
  const orders = Object.entries(ORDERED_ON).map(([order_id, ordered_on]) => ({
    ...{ order_id, ordered_on, kind: 'order', status: 'open' },
  }));
  await loadBatch(world, await land(world.bucket, 'orders', orders, { run: 'r' }), tables);
}

describe.each(Object.keys(rowsOf))('any batches, loaded once, twice or interrupted, into %s', (table) => {
  test(
    'leave what the naive model holds, and report what they did',
    async () => {
      await ensureTables(world, [tableOf(table), tableOf('orders')]);
      if (tableOf(table).inherits) await fillOrders();
      await fc.assert(
        fc.asyncProperty(fc.array(batchOf(table), { minLength: 1, maxLength: 4 }), async (batches) => {
          await world.engine.execute(`DELETE FROM lake.${table}`);
          let model: ModelTable = new Map();
          for (const [index, { inputs, loaded }] of batches.entries()) {
            const rows = landedRows(table, inputs);
            const batch = await land(world.bucket, table, rows, { run: `r${index}` });
            const report = await loadAs(loaded, batch);
            const after = loadIntoModel(tableOf(table), model, completed(table, rows), `r${index}`);
            expect(report.superseded).toBe(batch.rows - keptRows(tableOf(table), rows).size);
            if (loaded !== 'died before the state')
              expect(report).toMatchObject(changesBetween(model, after));
            model = after;
            expect(sorted(await lakeRows(world.engine, table))).toEqual(sorted(asLake(table, model)));
          }
        }),
        { numRuns: runs(10) },
      );
    },
    runs(120_000),
  );
});
