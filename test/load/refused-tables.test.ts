import { afterAll, beforeEach, expect, test } from 'vitest';
import type { Batch } from '../../functions/lake/landing/batch.ts';
import { readPulls, writeItems, writeRecord } from '../../functions/lake/run/record.ts';
import type { RunRef } from '../../functions/lake/run/run.ts';
import { sqlType } from '../../functions/lake/tables/ddl.ts';
import { bringUpToDate } from '../../functions/load/ensure-tables.ts';
import { type LoadContext, loadTask } from '../../functions/load/task.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { listItems, performItem, stageBroken } from '../../functions/task.ts';
import { tables } from '../kit/tables.ts';
import { land } from './landing.ts';
import { lakeRows, localWorld } from './world.ts';

const world = localWorld();
afterAll(world.close);

const run: RunRef = {
  run: '2026-11-21.20261122T060000Z',
  asOf: '2026-11-21',
  from: '2026-11-21',
  startedAt: '2026-11-22T06:00:00.000Z',
};
const rate = { currency: 'USD', rated_on: '2026-11-20', rate: '1.05000000' };
const target = {
  ...{ kpi: 'net_revenue', dimension: 'total', member: 'total' },
  ...{ starts_on: '2026-11-01', ends_on: '2026-11-30', value: '100.0000' },
};

/** What two sources pulled, as pull records it. */
async function pulled(): Promise<void> {
  const batches: [string, Batch][] = [
    ['bank', await land(world.bucket, 'exchange_rates', [rate], { source: 'bank' })],
    ['finance', await land(world.bucket, 'targets', [target], { source: 'finance' })],
  ];
  await writeItems(world.bucket, run, 'pull', ['bank', 'finance']);
  for (const [source, batch] of batches) {
    const report = { source, status: 'ok', batches: [batch] };
    await writeRecord(world.bucket, run, 'pull', { item: source, status: 'ok', detail: '', report });
  }
}

async function loaded(more: Partial<LoadContext> = {}) {
  const context: LoadContext = { platform: world, tables, ...more };
  const items = await listItems(loadTask, context, run);
  const outcomes: Awaited<ReturnType<typeof performItem>>[] = [];
  for (const item of items) outcomes.push(await performItem(loadTask, context, run, item));
  return Object.fromEntries(items.map((item, index) => [item, outcomes[index]]));
}

beforeEach(async () => {
  await world.engine.execute('DROP SCHEMA lake CASCADE; CREATE SCHEMA lake');
  await pulled();
});

test('a table that was altered by hand takes nothing, and the others are loaded', async () => {
  await bringUpToDate(world, tables.all);
  await world.engine.execute('ALTER TABLE lake.exchange_rates ALTER rate TYPE double');
  const outcomes = await loaded();
  expect(outcomes['bank/exchange_rates']).toMatchObject({
    status: 'failed',
    problem: { code: 'LAKE_TABLE_CHANGED', message: expect.stringContaining('column rate is double') },
  });
  expect(outcomes['finance/targets']).toMatchObject({ status: 'ok' });
  expect(await lakeRows(world.engine, 'exchange_rates')).toEqual([]);
  expect(await lakeRows(world.engine, 'targets')).toHaveLength(1);
  // The source is told of as failed, by name.
  expect(await readPulls(world.bucket, run)).toMatchObject([
    { source: 'bank', status: 'failed', problem: { code: 'LAKE_TABLE_CHANGED' } },
    { source: 'finance', status: 'ok' },
  ]);
});

test('it takes its rows again once it was put right, in the same run', async () => {
  await bringUpToDate(world, tables.all);
  await world.engine.execute('ALTER TABLE lake.exchange_rates ALTER rate TYPE double');
  await loaded();
  await world.engine.execute(`ALTER TABLE lake.exchange_rates ALTER rate TYPE ${sqlType('rate')}`);
  expect((await loaded())['bank/exchange_rates']).toMatchObject({ status: 'ok' });
  expect(await lakeRows(world.engine, 'exchange_rates')).toHaveLength(1);
});

test('a landing table that is refused holds back its own batches alone', async () => {
  const foreign = new VigieError('landing_targets is a view', { code: 'LANDING_TABLE_FOREIGN' });
  const outcomes = await loaded({ ensureLanding: async () => new Map([['targets', foreign]]) });
  expect(outcomes['finance/targets']).toMatchObject({
    status: 'failed',
    problem: { code: 'LANDING_TABLE_FOREIGN' },
  });
  expect(outcomes['bank/exchange_rates']).toMatchObject({ status: 'ok' });
});

test('a load that could not begin is told of by every source that had something to load', async () => {
  const nothing = { source: 'idle', status: 'ok', batches: [] };
  await writeItems(world.bucket, run, 'pull', ['bank', 'idle']);
  await writeRecord(world.bucket, run, 'pull', { item: 'idle', status: 'ok', detail: '', report: nothing });
  const problem = { code: 'LAKE_DATABASE_MISSING', message: 'there is no database' };
  await stageBroken(world.bucket, run, 'load', problem);
  expect(await readPulls(world.bucket, run)).toMatchObject([
    { source: 'bank', status: 'failed', problem },
    { source: 'idle', status: 'ok' },
  ]);
});

/** An engine that fails at every statement in which the table is named, but for those of the kind. */
const failingAt = (table: string, kind: RegExp): typeof world => {
  const check = (sql: string): void => {
    if (sql.includes(table) && kind.test(sql))
      throw new VigieError(`ICEBERG_BAD_DATA: ${table}`, { code: 'SQL_DAMAGED' });
  };
  const { engine } = world;
  return {
    ...world,
    engine: {
      ...engine,
      dialect: engine.dialect,
      async query(sql, options) {
        check(sql);
        return engine.query(sql, options);
      },
      async execute(sql, options) {
        check(sql);
        return engine.execute(sql, options);
      },
    },
  };
};

test.each([
  ['made', /^CREATE/],
  ['changed', /^ALTER/],
  ['looked at', /^SELECT/],
] as const)('a table that cannot be %s is the one refused', async (_, kind) => {
  if (kind.source === '^ALTER') {
    await bringUpToDate(world, tables.all);
    await world.engine.execute('ALTER TABLE lake.targets DROP COLUMN value');
  }
  const refused = await bringUpToDate(failingAt('targets', kind), tables.all);
  expect([...refused].map(([name, { message }]) => [name, message])).toEqual([
    ['targets', 'ICEBERG_BAD_DATA: targets'],
  ]);
});

test('what stands in the way of every table is thrown', async () => {
  await expect(bringUpToDate(failingAt('lake', /^CREATE|^SELECT/), tables.all)).rejects.toThrow(
    'ICEBERG_BAD_DATA',
  );
});
