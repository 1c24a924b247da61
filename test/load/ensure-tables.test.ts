import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import type { TableDefinition } from '../../functions/lake/tables/table.ts';
import { ensureTables } from '../../functions/load/ensure-tables.ts';
import { queryRows } from '../../functions/platform/engine.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { tableNames, tables, tablesIn } from '../kit/tables.ts';
import { localWorld } from './world.ts';

const world = localWorld();
const { engine } = world;
afterAll(world.close);
beforeEach(async () => {
  await engine.execute('DROP SCHEMA lake CASCADE; CREATE SCHEMA lake');
});

/** Notes each statement by its label. */
const counting = (statements: string[]): typeof world => ({
  ...world,
  engine: {
    ...engine,
    dialect: engine.dialect,
    query: (sql, options) => {
      statements.push(`query ${options?.label}`);
      return engine.query(sql, options);
    },
    execute: (sql, options) => {
      statements.push(`execute ${options?.label}`);
      return engine.execute(sql, options);
    },
  },
});

const shop = (...more: string[]): TableDefinition =>
  tablesIn({
    shops: `
names: { en: shops, fr: magasins }
description: Shops.
role: things
key: [shop_id]
columns:
  shop_id: text
${more.join('\n')}`,
  }).table('shops');
const NAME = '  name: text';
const TURNOVER = '  turnover: { kind: decimal, optional: true }';

test('creates every table of the lake, and does nothing the second time', async () => {
  await ensureTables(world, tables.all);
  const statements: string[] = [];
  await ensureTables(counting(statements), tables.all);
  expect(statements).toEqual(['query columns of the lake']);
  const rows = await queryRows(
    engine,
    "SELECT table_name FROM information_schema.tables WHERE table_schema = 'lake' ORDER BY 1",
  );
  expect(rows.map((row) => row['table_name'])).toEqual(tableNames.toSorted());
});

test('adds the columns that a definition has gained to a table that holds rows', async () => {
  await ensureTables(world, [shop()]);
  await engine.execute("INSERT INTO lake.shops VALUES ('s1', 'erp', 'r1')");
  await ensureTables(world, [shop(NAME, TURNOVER)]);
  await engine.execute("INSERT INTO lake.shops (shop_id, name, turnover) VALUES ('s2', 'Two', 1.5)");
  expect(await queryRows(engine, 'SELECT shop_id, name, turnover, _run FROM lake.shops ORDER BY 1')).toEqual([
    { shop_id: 's1', name: null, turnover: null, _run: 'r1' },
    { shop_id: 's2', name: 'Two', turnover: '1.5000', _run: null },
  ]);
});

test('leaves a column alone that the definition does not know', async () => {
  await ensureTables(world, [shop(NAME)]);
  await ensureTables(world, [shop()]);
  expect(
    await queryRows(
      engine,
      "SELECT count(*) AS n FROM information_schema.columns WHERE table_name = 'shops'",
    ),
  ).toEqual([{ n: 4 }]);
});

test('refuses a column that was altered by hand', async () => {
  await ensureTables(world, [shop(TURNOVER)]);
  await engine.execute('ALTER TABLE lake.shops ALTER turnover TYPE double');
  await expect(ensureTables(world, [shop(TURNOVER)])).rejects.toMatchObject({
    code: 'LAKE_TABLE_CHANGED',
    message: 'lake table shops: column turnover is double, its definition says decimal(18,4)',
    where: { field: 'shops.turnover' },
  });
});

/** An engine that fails at a kind of statement, as for the slower of two, until the other has done its own. */
const losing = (kind: RegExp, other: (sql: string) => Promise<unknown>): typeof world => {
  let isAtWork = false;
  let isDone = false;
  return {
    ...world,
    engine: {
      ...engine,
      dialect: engine.dialect,
      query: (sql, options) => engine.query(sql, options),
      async execute(sql, options) {
        if (isDone || !kind.test(sql)) return engine.execute(sql, options);
        if (!isAtWork) void other(sql).then(() => (isDone = true));
        isAtWork = true;
        throw new VigieError('Cannot create a table on a non-empty location', { code: 'SQL_FAILED' });
      },
    },
  };
};
const later = async (sql: string) => {
  await new Promise((resolve) => setTimeout(resolve, 700));
  return engine.execute(sql);
};

test('a table that another instance creates at the same time is waited for', async () => {
  await ensureTables(losing(/^CREATE/, later), [shop()]);
  expect(await queryRows(engine, 'SELECT shop_id FROM lake.shops')).toEqual([]);
});

test('a column that another instance adds at the same time is waited for', async () => {
  await ensureTables(world, [shop()]);
  await ensureTables(losing(/^ALTER/, later), [shop(NAME)]);
  expect(await queryRows(engine, 'SELECT name FROM lake.shops')).toEqual([]);
});

test('a table that nobody creates is told with the engine’s own words', async () => {
  const nobody = losing(/^CREATE/, () => new Promise(() => {}));
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  const fast = setInterval(() => vi.advanceTimersByTime(500), 5);
  await expect(ensureTables(nobody, [shop()])).rejects.toThrow('non-empty location');
  clearInterval(fast);
  vi.useRealTimers();
});
