import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { loadedStateKey } from '../../functions/lake/landing/batch.ts';
import { ensureTables } from '../../functions/load/ensure-tables.ts';
import { loadBatch } from '../../functions/load/load-batch.ts';
import { tableOf, tables } from '../kit/tables.ts';
import { type LandedRow, land } from './landing.ts';
import { lakeRows, localWorld } from './world.ts';

const world = localWorld();
afterAll(world.close);

const lead = (lead_id: string, more: LandedRow = {}): LandedRow => ({
  ...{ lead_id, created_on: '2026-10-01', status: 'open', channel: 'fair', contact_role: 'purchasing' },
  ...{ customer_id: 'C1', has_budget: true, ...more },
});
const load = async (table: 'leads' | 'crm_people', run: string, rows: readonly LandedRow[], source = 'crm') =>
  loadBatch(world, await land(world.bucket, table, rows, { run, source }), tables);
const people = (run: string, ids: readonly string[]) =>
  load(
    'crm_people',
    run,
    ids.map((person_id) => ({ list: 'contacts', person_id })),
  );
const found = async () =>
  (
    await lakeRows(
      world.engine,
      'leads',
      'lead_id, status, lost_on, channel, customer_id, contact_role, has_budget',
    )
  ).map((row) => Object.values(row).join(' '));

beforeEach(async () => {
  await world.engine.execute('DROP SCHEMA lake CASCADE; CREATE SCHEMA lake');
  for (const table of ['leads', 'crm_people']) await world.bucket.remove(loadedStateKey('crm', table));
  await ensureTables(world, [tableOf('leads'), tableOf('crm_people')]);
});

describe('a person who is on the list no more', () => {
  test('is forgotten: the lead stays, closed, without what tells who it was', async () => {
    await load('leads', 'r1', [lead('1'), lead('2'), lead('3', { status: 'won', lost_on: null })]);
    await people('r1', ['1', '2', '3']);
    await people('r2', ['1']);
    expect(await found()).toEqual([
      '1 open  fair C1 purchasing true',
      '2 lost 2026-11-21 fair C1  ',
      '3 won  fair C1  ',
    ]);
  });

  test('is forgotten again where the lake was filled from an earlier copy', async () => {
    await load('leads', 'r1', [lead('1'), lead('2')]);
    await people('r2', ['1']);
    await load('leads', 'r3', [lead('2')]);
    await people('r4', ['1']);
    expect((await found())[1]).toBe('2 lost 2026-11-21 fair C1  ');
  });

  test('stays where the row came in the run of the list: it may be newer than the list', async () => {
    await load('leads', 'r2', [lead('1'), lead('9')]);
    await load('leads', 'r2.p2', [lead('8')]);
    await people('r2', ['1']);
    await people('r2.p2', ['1']);
    expect(await found()).toHaveLength(3);
    expect((await found()).every((row) => row.includes('open'))).toBe(true);
  });

  test('is nobody of another source, and nobody while there is no list', async () => {
    await load('leads', 'r1', [lead('1'), lead('2')], 'other');
    await people('r2', ['7']);
    await load('leads', 'r3', [lead('3')]);
    expect((await found()).every((row) => row.includes('open'))).toBe(true);
  });

  test('is not believed of more than half: the list was read with fewer rights', async () => {
    const ids = Array.from({ length: 50 }, (_, index) => String(index + 100));
    await load(
      'leads',
      'r1',
      ids.map((id) => lead(id)),
    );
    await expect(people('r2', ids.slice(0, 20))).rejects.toMatchObject({ code: 'ERASURE_TOO_LARGE' });
    expect((await found()).every((row) => row.includes('open'))).toBe(true);
    await people('r3', ids.slice(0, 30));
    expect((await found()).filter((row) => row.includes('lost'))).toHaveLength(20);
  });
});
