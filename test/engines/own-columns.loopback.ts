import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBatch } from '../../functions/lake/landing/writer.ts';
import type { Tables } from '../../functions/lake/tables/tables.ts';
import { ensureTables } from '../../functions/load/ensure-tables.ts';
import { loadBatch, mergeAgain } from '../../functions/load/load-batch.ts';
import { queryRows } from '../../functions/platform/engine.ts';
import { tables, tablesIn } from '../kit/tables.ts';
import { bothLakes, type Lake, tools } from './both-lakes.ts';

/** What a company adds: columns of a table that ships, and a table of its own. */
const own = tablesIn(
  {
    customers: 'columns:\n  tier: text\n  credit_limit: decimal\n',
    visits:
      'names: { en: visits }\ndescription: Visits.\nrole: events\nkey: [visit_id]\nbusiness_date: visited_on\ncolumns:\n  visit_id: text\n  visited_on: date\n',
  },
  { over: true },
);

let both: Awaited<ReturnType<typeof bothLakes>>;
beforeAll(async () => {
  both = await bothLakes(own);
});
afterAll(() => both.close());

async function delivered(lake: Lake, known: Tables, table: string, run: string, rows: readonly object[]) {
  const batch = openBatch(lake, {
    table: known.table(table),
    ...{ source: 'crm', run, asOf: '2026-11-21', mappingHash: run, timeZone: 'Europe/Paris' },
  });
  batch.startInput({ name: `${run}.csv`, fingerprint: run, date: null });
  for (const [index, row] of rows.entries())
    await batch.write(row as Record<string, unknown>, { line: index + 1 });
  return batch.close();
}

test('own columns are added while the table holds rows; batches of before leave them empty, on both engines', async () => {
  const [duckdb, trino] = await both.inBoth(async (lake) => {
    const platform = { ...lake, ...tools };
    await ensureTables(platform, [tables.table('customers')]);
    const before = await delivered(lake, tables, 'customers', 'r1', [
      { customer_id: 'C1', name: 'One' },
      { customer_id: 'C2', name: 'Two' },
    ]);
    await loadBatch(platform, before, tables);
    for (let again = 0; again < 2; again += 1) await ensureTables(platform, [own.table('customers')]);
    const after = await delivered(lake, own, 'customers', 'r2', [
      { customer_id: 'C1', name: 'One', tier: 'gold', credit_limit: '1000.5' },
    ]);
    await loadBatch(platform, after, own);
    // As a lake that was lost is filled again: the earlier batch knows nothing of the columns.
    await mergeAgain(platform, before, own);
    await mergeAgain(platform, after, own);
    const names = 'customer_id, name, tier, credit_limit';
    return queryRows(
      lake.engine,
      `SELECT ${names} FROM ${lake.engine.dialect.table('customers')} ORDER BY customer_id`,
    );
  });
  expect(duckdb).toEqual([
    { customer_id: 'C1', name: 'One', tier: 'gold', credit_limit: '1000.5000' },
    { customer_id: 'C2', name: 'Two', tier: null, credit_limit: null },
  ]);
  expect(trino).toEqual(duckdb);
});

test('a table of its own is made, by month of its date, and loaded, on both engines', async () => {
  const [duckdb, trino] = await both.inBoth(async (lake) => {
    const platform = { ...lake, ...tools };
    await ensureTables(platform, [own.table('visits')]);
    const rows = [{ visit_id: 'V1', visited_on: '2026-11-20' }];
    const batch = await delivered(lake, own, 'visits', 'r1', rows);
    await loadBatch(platform, batch, own);
    return queryRows(lake.engine, `SELECT visit_id, visited_on FROM ${lake.engine.dialect.table('visits')}`);
  });
  expect(duckdb).toEqual([{ visit_id: 'V1', visited_on: '2026-11-20' }]);
  expect(trino).toEqual(duckdb);
});
