import { afterAll, expect, test } from 'vitest';
import { runChecks } from '../../functions/check/run-checks.ts';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { openBatch } from '../../functions/lake/landing/writer.ts';
import { ensureTables } from '../../functions/load/ensure-tables.ts';
import { loadBatch } from '../../functions/load/load-batch.ts';
import { companyOf } from '../check/scene.ts';
import { tableOf, tables } from '../kit/tables.ts';
import { lakeRows, localWorld } from './world.ts';

const world = localWorld();
afterAll(world.close);

const RUN = '2026-11-20.20261121T060000Z';
const open = (table: string) =>
  openBatch(world, {
    table: tableOf(table),
    source: 'erp',
    run: RUN,
    asOf: '2026-11-20',
    mappingHash: 'm',
    timeZone: 'Europe/Paris',
  });

test('what the landing writer writes gets into the lake to the last digit, and its totals agree', async () => {
  await ensureTables(world, tables.all);
  const lines = open('order_lines');
  const row = { order_id: 'A', ordered_on: '2026-11-20', quantity: '1', currency: 'EUR' };
  lines.startInput({ name: 'one.csv', fingerprint: '1', date: null });
  await lines.write({ ...row, line_id: '1', net_amount: '99999999999999.9999' }, { line: 1 });
  await lines.write({ ...row, order_id: 'B', line_id: '1', net_amount: '-0.0001' }, { line: 2 });
  lines.startInput({ name: 'two.csv', fingerprint: '2', date: null });
  await lines.write({ ...row, line_id: '2', net_amount: '-0.1' }, { line: 1 });
  await lines.emptyScope({ order_id: 'C' });
  const orders = open('orders');
  orders.startInput({ name: 'orders.csv', fingerprint: '1', date: null });
  await orders.write(
    {
      order_id: 'A',
      kind: 'order',
      status: 'open',
      ordered_on: '2026-11-20',
      ordered_at: '2026-11-20T23:59:59.999Z',
    },
    { line: 1 },
  );
  const rates = open('exchange_rates');
  rates.startInput({ name: 'rates.csv', fingerprint: '1', date: null });
  await rates.write({ currency: 'JPY', rated_on: '2026-11-20', rate: '0.00591234' }, { line: 1 });

  const batches = [await lines.close(), await orders.close(), await rates.close()];
  const reports = [];
  for (const batch of batches) reports.push(await loadBatch(world, batch, tables));

  expect(reports).toMatchObject([{ inserted: 2, superseded: 1 }, { inserted: 1 }, { inserted: 1 }]);
  expect(await lakeRows(world.engine, 'order_lines', 'order_id, line_id, net_amount, list_amount')).toEqual([
    { order_id: 'A', line_id: '2', net_amount: '-0.1000', list_amount: null },
    { order_id: 'B', line_id: '1', net_amount: '-0.0001', list_amount: null },
  ]);
  expect(await lakeRows(world.engine, 'orders', 'ordered_at, _source, _run')).toEqual([
    { ordered_at: '2026-11-20T23:59:59.999Z', _source: 'erp', _run: RUN },
  ]);
  expect(await lakeRows(world.engine, 'exchange_rates', 'rate')).toEqual([{ rate: '0.005912340000' }]);

  const company = companyOf([{ table: 'order_lines' }, { table: 'orders' }, { table: 'exchange_rates' }]);
  const { findings } = await runChecks(world, {
    tables,
    company,
    asOf: '2026-11-20',
    run: RUN,
    pulls: [{ source: 'erp', status: 'ok', batches }],
    kpis: [],
    checks: loadCatalogue().checks,
  });
  expect(findings.filter((finding) => finding.check.endsWith('_totals'))).toEqual([]);
});
