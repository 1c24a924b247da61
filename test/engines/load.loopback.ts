import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBatch } from '../../functions/lake/landing/writer.ts';
import { ensureTables } from '../../functions/load/ensure-tables.ts';
import { loadBatch } from '../../functions/load/load-batch.ts';
import { queryRows } from '../../functions/platform/engine.ts';
import { tableOf, tables } from '../kit/tables.ts';
import type { LandedRow } from '../load/landing.ts';
import { bothLakes, rowsOf, tools } from './both-lakes.ts';

let both: Awaited<ReturnType<typeof bothLakes>>;
beforeAll(async () => {
  both = await bothLakes();
  await both.inBoth((lake) =>
    ensureTables({ ...lake, ...tools }, ['order_lines', 'leads', 'crm_people', 'consents'].map(tableOf)),
  );
});
afterAll(() => both.close());

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
      const [duckdb, trino] = await both.load('order_lines', rows, `s${index}`);
      expect(trino).toEqual(duckdb);
    }
  });
});

test('people who are gone from the list are erased, on both engines alike', async () => {
  const leads = rowsOf(
    'leads',
    ['1', '2', '3'].map((lead_id) => ({ lead_id })),
  );
  const people = rowsOf('crm_people', [{ list: 'contacts', person_id: '1' }]);
  await both.load(
    'leads',
    leads.map((row) => ({ ...row, status: 'open', contact_role: 'sales' })),
    'e1',
  );
  await both.load('crm_people', people, 'e2');
  const sql = (table: string) => `SELECT lead_id, status, contact_role FROM ${table} ORDER BY lead_id`;
  for (const { engine } of both.lakes)
    expect(await queryRows(engine, sql(engine.dialect.table('leads')))).toEqual([
      { lead_id: '1', status: 'open', contact_role: 'sales' },
      { lead_id: '2', status: 'lost', contact_role: null },
      { lead_id: '3', status: 'lost', contact_role: null },
    ]);
});

test('consent that is taken back leaves no hash, on both engines alike', async () => {
  const said = (person: string, said_at: string, granted: boolean): LandedRow => ({
    ...(rowsOf('consents', [{ person, said_at, granted }])[0] as LandedRow),
    ...{ purpose: 'ads', granted, email_hash: `h-${person}`, google_email_hash: `g-${person}` },
  });
  const first = '2026-11-01T09:00:00Z';
  const second = '2026-11-02T09:00:00Z';
  const placed = (rows: readonly LandedRow[]) => rows.map((row, at) => ({ ...row, _row: at + 1 }));
  const both1 = placed([said('ada', first, true), said('bob', first, true), said('cyd', second, true)]);
  await both.load('consents', both1, 'c1');
  await both.load(
    'consents',
    placed([said('ada', second, false), said('bob', first, false), said('cyd', first, false)]),
    'c2',
  );
  const sql = (table: string) =>
    `SELECT person, granted, email_hash, google_email_hash FROM ${table} ORDER BY person, CASE WHEN granted THEN 1 ELSE 0 END`;
  const gone = { email_hash: null, google_email_hash: null };
  for (const { engine } of both.lakes)
    expect(await queryRows(engine, sql(engine.dialect.table('consents')))).toEqual([
      { person: 'ada', granted: false, ...gone },
      { person: 'ada', granted: true, ...gone },
      { person: 'bob', granted: false, ...gone },
      { person: 'bob', granted: true, ...gone },
      { person: 'cyd', granted: false, ...gone },
      { person: 'cyd', granted: true, email_hash: 'h-cyd', google_email_hash: 'g-cyd' },
    ]);
});

// Last, for it leaves rows in one of the lakes only.
test('Trino reads the files that the landing writer writes, to the last digit', async () => {
  const [, trino] = both.lakes;
  const about = { table: tableOf('order_lines'), source: 'writer', run: 'w1', asOf: '2026-11-20' };
  const batch = openBatch({ ...trino, ...tools }, { ...about, mappingHash: 'm', timeZone: 'Europe/Paris' });
  batch.startInput({ name: 'one.csv', fingerprint: '1', date: null });
  const row = { ordered_on: '2026-11-20', quantity: '1', currency: 'EUR', line_id: '1' };
  await batch.write({ ...row, order_id: 'W1', net_amount: '99999999999999.9999' }, { line: 1 });
  await batch.write({ ...row, order_id: 'W2', net_amount: '-0.0001', booking_lead_days: 30 }, { line: 2 });
  await batch.emptyScope({ order_id: 'W3' });
  const report = await loadBatch({ ...trino, ...tools }, await batch.close(), tables);
  expect(report).toMatchObject({ inserted: 2, updated: 0, deleted: 0 });
  const sql = `SELECT order_id, ordered_on, quantity, net_amount, booking_lead_days, product_id
    FROM ${trino.engine.dialect.table('order_lines')} WHERE _source = 'writer' ORDER BY order_id`;
  const shared = { ordered_on: '2026-11-20', quantity: '1.0000', product_id: null };
  expect(await queryRows(trino.engine, sql)).toEqual([
    { ...shared, order_id: 'W1', net_amount: '99999999999999.9999', booking_lead_days: null },
    { ...shared, order_id: 'W2', net_amount: '-0.0001', booking_lead_days: 30 },
  ]);
});
