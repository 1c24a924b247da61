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
    ensureTables({ ...lake, ...tools }, [tableOf('order_lines'), tableOf('leads'), tableOf('crm_people')]),
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
