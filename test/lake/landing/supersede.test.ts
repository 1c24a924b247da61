import { afterEach, beforeEach, expect, test } from 'vitest';
import { type BatchWriter, openBatch } from '../../../functions/lake/landing/writer.ts';
import { ensureTables } from '../../../functions/load/ensure-tables.ts';
import { loadBatch } from '../../../functions/load/load-batch.ts';
import { queryRows } from '../../../functions/platform/engine.ts';
import { tableOf, tables } from '../../kit/tables.ts';
import { localWorld } from '../../load/world.ts';

let world: ReturnType<typeof localWorld>;
let batch: BatchWriter;
beforeEach(async () => {
  world = localWorld();
  await ensureTables(world, tables.all);
  batch = openBatch(world, {
    ...{ table: tableOf('order_lines'), source: 'shop', run: 'run-1', asOf: '2026-11-21' },
    ...{ mappingHash: 'm1', timeZone: 'Europe/Paris' },
  });
  batch.startInput({ name: 'changes', fingerprint: 'x', date: '2026-11-21' });
});
afterEach(async () => {
  await world.close();
});

let line = 0;
const write = (order: string, no: string): Promise<void> =>
  batch.write(
    {
      order_id: order,
      line_id: no,
      ordered_on: '2026-11-20',
      quantity: '1',
      net_amount: '1',
      currency: 'EUR',
    },
    { line: ++line },
  );
const inLake = async () =>
  (
    await queryRows(world.engine, 'SELECT order_id, line_id FROM lake.order_lines ORDER BY ALL', {
      label: 'test',
    })
  ).map((row) => `${row['order_id']} ${row['line_id']}`);

test('a scope that is written again within one input counts as written last; the others stay', async () => {
  await write('a', '1');
  await write('a', '2');
  await write('b', '1');
  batch.supersede();
  await write('a', '2');
  await loadBatch(world, await batch.close(), tables);
  expect(await inLake()).toEqual(['a 2', 'b 1']);
});

test('a scope that was emptied, then written again, is there; the other way round it is not', async () => {
  await batch.emptyScope({ order_id: 'a' });
  await write('b', '1');
  batch.supersede();
  await write('a', '1');
  await batch.emptyScope({ order_id: 'b' });
  await loadBatch(world, await batch.close(), tables);
  expect(await inLake()).toEqual(['a 1']);
});

test('the batch says how many places its files have, and how far it was read, where that differs from its inputs', async () => {
  await write('a', '1');
  batch.supersede();
  const closed = await batch.close({ 'orders/': '2026-01-01/2026-11-21' });
  expect(closed).toMatchObject({ places: 2, watermarks: { 'orders/': '2026-01-01/2026-11-21' } });
});
