import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { ensureTables } from '../../../functions/load/ensure-tables.ts';
import { loadBatch } from '../../../functions/load/load-batch.ts';
import { type MaintenanceReport, maintainTable } from '../../../functions/load/maintain-tables.ts';
import { frozenClock } from '../../../functions/platform/clock.ts';
import { queryRows } from '../../../functions/platform/engine.ts';
import { silentLog } from '../../../functions/platform/log.ts';
import { type AthenaWorld, athenaWorld } from '../../kit/moto-world.ts';
import { tableOf, tables } from '../../kit/tables.ts';
import { trinoEngine } from '../../kit/trino-engine.ts';
import { land } from '../../load/landing.ts';

const rates = tableOf('exchange_rates');
let world: AthenaWorld;
const tools = () => ({ ...world, clock: frozenClock('2026-11-22T06:00:00Z'), log: silentLog });

beforeAll(async () => {
  world = await athenaWorld(inject('motoUrl'), inject('trinoUrl'));
  await ensureTables(tools(), [rates]);
  for (let day = 1; day <= 6; day += 1) {
    const row = { currency: 'USD', rated_on: `2026-11-0${day}`, rate: `1.0${day}000000` };
    await loadBatch(tools(), await land(world.bucket, 'exchange_rates', [row], { run: `r${day}` }), tables);
  }
});
afterAll(() => world.close());

const rows = () =>
  queryRows(world.engine, `SELECT * FROM ${world.engine.dialect.table('exchange_rates')} ORDER BY rated_on`);

async function files(): Promise<number> {
  const trino = trinoEngine({ url: inject('trinoUrl'), schema: world.env['VIGIE_LAKE_DATABASE'] as string });
  const table = `iceberg."${world.env['VIGIE_LAKE_DATABASE']}"."exchange_rates$files"`;
  return (await queryRows(trino, `SELECT file_path FROM ${table}`)).length;
}

/** What the state machine does: again and again, from where the answer says. */
async function tidied(table = rates): Promise<MaintenanceReport[]> {
  const reports: MaintenanceReport[] = [];
  do reports.push(await maintainTable(tools(), table, reports.at(-1)?.at));
  while (reports.at(-1)?.status === 'unfinished');
  return reports;
}

test('tidying a table makes one file of many, and changes no row', async () => {
  const before = await rows();
  expect(await files()).toBe(6);
  expect(await tidied()).toMatchObject([
    { status: 'unfinished', at: { part: 1, rounds: 0 } },
    { status: 'ok' },
  ]);
  expect(await files()).toBe(1);
  expect(await rows()).toEqual(before);
});

test('Athena that did a part of the work is asked again', async () => {
  world.athena.faults.fail.push({
    reason: 'ICEBERG_OPTIMIZE_MORE_RUNS_NEEDED: please run compaction again',
  });
  expect(await tidied()).toMatchObject([
    { status: 'unfinished', at: { part: 0, rounds: 1 } },
    { status: 'unfinished', at: { part: 1, rounds: 0 } },
    { status: 'ok' },
  ]);
});

test('a table that is not there is told of', async () => {
  expect(await tidied(tableOf('orders'))).toMatchObject([
    { table: 'orders', status: 'failed', problem: { code: 'SQL_FAILED' } },
  ]);
});
