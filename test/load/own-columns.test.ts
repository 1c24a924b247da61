import { afterAll, beforeEach, expect, test } from 'vitest';
import { landingPrefix } from '../../functions/lake/landing/batch.ts';
import { openBatch } from '../../functions/lake/landing/writer.ts';
import type { Tables } from '../../functions/lake/tables/tables.ts';
import { ensureTables } from '../../functions/load/ensure-tables.ts';
import { loadBatch, mergeAgain } from '../../functions/load/load-batch.ts';
import { rebuildLake } from '../../functions/load/rebuild-lake.ts';
import { writeJson } from '../../functions/platform/bucket.ts';
import type { Log } from '../../functions/platform/log.ts';
import { tables, tablesIn } from '../kit/tables.ts';
import { lakeRows, localWorld } from './world.ts';

const world = localWorld();
const { engine } = world;
afterAll(world.close);
beforeEach(async () => {
  await engine.execute('DROP SCHEMA lake CASCADE; CREATE SCHEMA lake');
});

/** What the company adds: the files of `tables/` beside its vigie.yaml. */
const withTier = tablesIn({ customers: 'columns:\n  tier: text\n  credit_days: integer\n' }, { over: true });
const customersOf = (known: Tables) => [known.table('customers')];

async function delivered(known: Tables, run: string, rows: readonly object[]) {
  const batch = openBatch(world, {
    table: known.table('customers'),
    ...{ source: 'crm', run, asOf: '2026-11-21', mappingHash: run, timeZone: 'Europe/Paris' },
  });
  batch.startInput({ name: `${run}.csv`, fingerprint: run, date: null });
  for (const [index, row] of rows.entries())
    await batch.write(row as Record<string, unknown>, { line: index + 1 });
  return batch.close();
}

const lake = () => lakeRows(engine, 'customers', 'customer_id, name, tier, credit_days');

test('a lake that is there gains the columns, and what was delivered before is empty in them', async () => {
  await ensureTables(world, customersOf(tables));
  const before = await delivered(tables, 'r1', [
    { customer_id: 'C1', name: 'One' },
    { customer_id: 'C2', name: 'Two' },
  ]);
  await loadBatch(world, before, tables);
  await ensureTables(world, customersOf(withTier));
  const after = await delivered(withTier, 'r2', [
    { customer_id: 'C1', name: 'One', tier: 'gold', credit_days: 30 },
  ]);
  expect(await loadBatch(world, after, withTier)).toMatchObject({ inserted: 0, updated: 1 });
  expect(await lake()).toEqual([
    { customer_id: 'C1', name: 'One', tier: 'gold', credit_days: 30 },
    { customer_id: 'C2', name: 'Two', tier: null, credit_days: null },
  ]);
});

test('batches of before are merged again, by a lake that was lost, without the columns they never had', async () => {
  for (const [known, run, row] of [
    [tables, 'r1', { customer_id: 'C1', name: 'One' }],
    [withTier, 'r2', { customer_id: 'C2', name: 'Two', tier: 'silver' }],
  ] as const) {
    await ensureTables(world, customersOf(known));
    await loadBatch(world, await delivered(known, run, [row]), known);
  }
  const then = await lake();
  await engine.execute('DROP SCHEMA lake CASCADE; CREATE SCHEMA lake');
  await ensureTables(world, customersOf(withTier));
  for (const run of ['r1', 'r2']) {
    const key = `${landingPrefix('customers', 'crm', run)}_batch.json`;
    await mergeAgain(world, JSON.parse(new TextDecoder().decode(await world.bucket.read(key))), withTier);
  }
  expect(await lake()).toEqual(then);
});

test('a run that is killed between two columns is repeated, and ends the same', async () => {
  await ensureTables(world, customersOf(tables));
  let added = 0;
  const dying: typeof world = {
    ...world,
    engine: {
      ...engine,
      dialect: engine.dialect,
      query: (sql, options) => engine.query(sql, options),
      execute(sql, options) {
        if (/ADD COLUMN/.test(sql) && added++ > 0) throw new Error('power cut');
        return engine.execute(sql, options);
      },
    },
  };
  await expect(ensureTables(dying, customersOf(withTier))).rejects.toThrow('power cut');
  await ensureTables(world, customersOf(withTier));
  await ensureTables(world, customersOf(withTier));
  await loadBatch(world, await delivered(withTier, 'r1', [{ customer_id: 'C1', credit_days: 14 }]), withTier);
  expect(await lake()).toEqual([{ customer_id: 'C1', name: null, tier: null, credit_days: 14 }]);
});

test('a column that is taken away stays in the lake, is filled no more, and is told', async () => {
  await ensureTables(world, customersOf(withTier));
  await loadBatch(world, await delivered(withTier, 'r1', [{ customer_id: 'C1', tier: 'gold' }]), withTier);
  const told: unknown[] = [];
  const log: Log = { ...world.log, info: (message, facts) => void told.push({ message, ...facts }) };
  await ensureTables({ ...world, log }, customersOf(tables));
  expect(told).toEqual([
    {
      message: 'columns are no longer defined: they stay, and are read no more',
      table: 'customers',
      columns: 'tier, credit_days',
    },
  ]);
  await loadBatch(world, await delivered(tables, 'r2', [{ customer_id: 'C1', name: 'One' }]), tables);
  expect(await lake()).toEqual([{ customer_id: 'C1', name: 'One', tier: 'gold', credit_days: null }]);
});

test('a table of its own that is taken away keeps nobody from filling a lost lake', async () => {
  const run = { run: 'r9', asOf: '2026-11-21', from: '2026-11-21', startedAt: '2026-11-22T06:00:00Z' };
  const state = { table: 'visits', source: 'crm', run: 'r1', loadedAt: '', mappingHash: '' };
  const input = { name: 'v.csv', fingerprint: 'f', date: null, rows: 1, rejected: 0 };
  await writeJson(world.bucket, 'state/loaded/crm/visits.json', {
    ...state,
    ...{ inputs: [input], firstDate: null, lastDate: null },
  });
  await ensureTables(world, tables.all);
  await expect(rebuildLake(world, tables, run)).resolves.toBeUndefined();
  await world.bucket.remove('state/loaded/crm/visits.json');
});
