import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { loadedStateKey } from '../../functions/lake/landing/batch.ts';
import { ensureTables } from '../../functions/load/ensure-tables.ts';
import { copyLake } from '../../functions/load/lake-copies.ts';
import { loadBatch } from '../../functions/load/load-batch.ts';
import { forgetLanded } from '../../functions/load/withdraw.ts';
import { runs } from '../kit/runs.ts';
import { tableOf, tables } from '../kit/tables.ts';
import { land } from './landing.ts';
import { lakeRows, localWorld } from './world.ts';

const world = localWorld();
afterAll(world.close);

interface Statement {
  readonly who: string;
  readonly at: number;
  readonly granted: boolean;
  readonly purpose?: string;
}

const instant = (at: number): string => `2026-11-${String(at).padStart(2, '0')}T09:00:00Z`;
const landed = ({ who, at, granted, purpose = 'advertising' }: Statement) => ({
  ...{ person: `person of ${who}`, purpose, said_at: instant(at), granted },
  ...{ customer_id: 'C1', email_hash: `hash of ${who}`, google_email_hash: `google of ${who}` },
});

let batches = 0;
const load = async (statements: readonly Statement[], source = 'crm') => {
  batches += 1;
  const rows = await land(world.bucket, 'consents', statements.map(landed), { run: `r${batches}`, source });
  await loadBatch(world, rows, tables);
};
/** `ada advertising 3 yes hash of ada`: what can still be found of each statement. */
const found = async () =>
  (
    await lakeRows(
      world.engine,
      'consents',
      "person, purpose, CAST(said_at AS date) AS said_on, granted, coalesce(email_hash, '-') AS plain, coalesce(google_email_hash, '-') AS google",
    )
  ).map(
    ({ person, purpose, said_on, granted, plain, google }) =>
      `${String(person).slice(10)} ${purpose} ${String(said_on).slice(8)} ${granted ? 'yes' : 'no'} ${plain} ${google}`,
  );

beforeEach(async () => {
  await world.engine.execute('DROP SCHEMA lake CASCADE; CREATE SCHEMA lake');
  for (const source of ['crm', 'shop']) await world.bucket.remove(loadedStateKey(source, 'consents'));
  await ensureTables(world, [tableOf('consents')]);
});

describe('consent that is taken back', () => {
  test('leaves nothing by which the person is found: neither in the grant nor in the withdrawal', async () => {
    await load([
      { who: 'ada', at: 1, granted: true },
      { who: 'bob', at: 1, granted: true },
    ]);
    await load([{ who: 'ada', at: 2, granted: false }]);
    expect(await found()).toEqual([
      'ada advertising 01 yes - -',
      'ada advertising 02 no - -',
      'bob advertising 01 yes hash of bob google of bob',
    ]);
  });

  test('is taken back for its purpose alone, whatever source says so, until it is given anew', async () => {
    await load([
      { who: 'ada', at: 1, granted: true },
      { who: 'ada', at: 1, granted: true, purpose: 'newsletter' },
    ]);
    await load([{ who: 'ada', at: 2, granted: false }], 'shop');
    expect(await found()).toEqual([
      'ada advertising 01 yes - -',
      'ada advertising 02 no - -',
      'ada newsletter 01 yes hash of ada google of ada',
    ]);
    await load([{ who: 'ada', at: 3, granted: true }]);
    expect((await found())[2]).toBe('ada advertising 03 yes hash of ada google of ada');
  });

  test('is found, whatever the order: only the newest statement that grants holds a hash, at one instant none', async () => {
    const statement = fc.record({
      who: fc.constantFrom('ada', 'bob'),
      at: fc.integer({ min: 1, max: 4 }),
      granted: fc.boolean(),
    });
    await fc.assert(
      fc
        .asyncProperty(
          fc.array(fc.array(statement, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 }),
          async (days) => {
            for (const day of days) await load(day);
            const said = days.flat();
            const expected = ['ada', 'bob'].filter((who) => {
              const own = said.filter((each) => each.who === who);
              const last = own.filter(({ at }) => at === Math.max(...own.map((each) => each.at)));
              return last.length > 0 && last.every(({ granted }) => granted);
            });
            const holding = (await found()).filter((line) => line.includes('of'));
            expect(holding.map((line) => line.split(' ')[0])).toEqual(expected);
          },
        )
        .beforeEach(async () => {
          await world.engine.execute('DELETE FROM lake.consents');
        }),
      { numRuns: runs(10) },
    );
  });
});

test('what was landed of consents goes with the run, of other tables it stays; no copy of the lake holds them', async () => {
  await load([{ who: 'ada', at: 1, granted: true }]);
  const order = { order_id: 'A', kind: 'order', status: 'open', ordered_on: '2026-11-20' };
  await land(world.bucket, 'orders', [order], { run: 'r1' });
  const landedTables = async () => {
    const keys: string[] = [];
    for await (const { key } of world.bucket.list('landing/')) keys.push(key.split('/')[1] as string);
    return [...new Set(keys)];
  };
  expect(await landedTables()).toEqual(['consents', 'orders']);
  await forgetLanded(world.bucket, tables);
  expect(await landedTables()).toEqual(['orders']);
  const run = { run: 'r1', asOf: '2026-11-21', from: '2026-11-21', startedAt: '2026-11-22T06:00:00Z' };
  await copyLake(world, tables, run, () => true);
  const copies: string[] = [];
  for await (const { key } of world.bucket.list('copies/')) copies.push(key);
  expect(copies).toEqual([]);
});
