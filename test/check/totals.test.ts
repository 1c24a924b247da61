import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { runChecks } from '../../functions/check/run-checks.ts';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { checkReportKey } from '../../functions/lake/snapshot/finding.ts';
import { recordFigures } from '../../functions/lake/snapshot/store.ts';
import { readJson } from '../../functions/platform/bucket.ts';
import { tables } from '../kit/tables.ts';
import { AS_OF, companyOf, line, order, pulled, RUN, scene } from './scene.ts';

const world = scene();
const { bucket, engine, load, check, reset, close } = world;
beforeEach(reset);
afterAll(close);

const feeds = [{ table: 'order_lines' as const }];
const totals = async (...args: Parameters<typeof check>) =>
  (await check(...args)).filter((finding) => /_totals$/.test(finding.check));

describe('landing_totals and lake_totals', () => {
  test('agree when scopes were restated, within the batch and in the lake', async () => {
    await load('order_lines', [line('A', '1'), line('A', '2'), line('B', '1')], { run: 'r0' });
    const batch = await load('order_lines', [
      line('A', '1', { _input: 0, net_amount: '0.1' }),
      line('A', '7', { _input: 0 }),
      line('A', '1', { _input: 1, net_amount: '0.2' }),
      line('A', '1', { _input: 1, _row: 9, net_amount: '0.3' }),
      { order_id: 'B', _input: 1, _empty: true },
    ]);
    expect(await totals(feeds, { pulls: [pulled(batch)] })).toEqual([]);
    // The same batch checked after a run that found nothing new.
    expect(await totals(feeds, { pulls: [{ source: 'erp', status: 'unchanged', batches: [] }] })).toEqual([]);
  });

  test('agree when two batches of a run hold the same scopes and keys', async () => {
    const session = (session_id: string, started_on: string) => ({
      session_id,
      started_on,
      property: 'shop',
      session_count: 1,
      ordering_session_count: 0,
      bounced_session_count: 0,
    });
    const first = await load(
      'sessions',
      [session('s1', AS_OF), session('s2', AS_OF), session('s3', '2026-11-18')],
      { source: 'erp' },
    );
    const second = await load('sessions', [session('s1', '2026-11-19'), session('s9', '2026-11-18')], {
      source: 'tags',
    });
    expect(
      await totals([{ table: 'sessions' }], {
        pulls: [pulled(first), { ...pulled(second), source: 'tags' }],
      }),
    ).toEqual([]);
  });

  test('of a table without a date are added up without asking for its months', async () => {
    const batches = [
      await load('customers', [{ customer_id: 'C1' }, { customer_id: 'C2' }]),
      await load('order_lines', [line('A', '1')]),
    ];
    const asked: string[] = [];
    const noting: typeof engine = {
      ...engine,
      query(sql, options) {
        asked.push(options?.label ?? '');
        return engine.query(sql, options);
      },
    };
    const both = [{ table: 'customers' as const }, ...feeds];
    const input = {
      tables,
      company: companyOf(both),
      asOf: AS_OF,
      run: RUN,
      kpis: [],
      checks: loadCatalogue().checks,
    };
    const { findings } = await runChecks(
      { ...world, engine: noting },
      { ...input, pulls: [pulled(...batches)] },
    );
    expect(findings.filter(({ check: id }) => /_totals$/.test(id))).toEqual([]);
    expect(asked.filter((label) => label.startsWith('months of'))).toEqual([
      'months of order_lines from erp',
      'months of order_lines from erp',
    ]);
    expect(asked).toContain('check lake_totals of customers');
    await engine.execute("DELETE FROM lake.customers WHERE customer_id = 'C2'");
    const told = await totals(both, { pulls: [pulled(...batches)] });
    expect(told.map(({ message }) => message)).toEqual([
      'customers from erp: rows is 2 in the landing zone, 1 in the lake.',
    ]);
  });

  test('differ when the lake was changed past the load', async () => {
    const batch = await load('order_lines', [line('A', '1'), line('A', '2')]);
    await engine.execute("UPDATE lake.order_lines SET net_amount = 9.99 WHERE line_id = '2'");
    await engine.execute("DELETE FROM lake.order_lines WHERE line_id = '1'");
    expect(
      (await totals(feeds, { pulls: [pulled(batch)] })).map((finding) => finding.message).sort(),
    ).toEqual([
      'order_lines from erp: net_amount is 20 in the landing zone, 9.99 in the lake.',
      'order_lines from erp: quantity is 2 in the landing zone, 1 in the lake.',
      'order_lines from erp: rows is 2 in the landing zone, 1 in the lake.',
    ]);
  });

  test('differ when a row of a scope lies in another year, which no batch names', async () => {
    const batch = await load('order_lines', [line('A', '1'), line('B', '1')]);
    await engine.execute(
      "INSERT INTO lake.order_lines (order_id, line_id, ordered_on, quantity, net_amount, _source, _run) VALUES ('A', '2', DATE '2019-05-02', 1, 7, 'erp', 'r0'), ('C', '1', DATE '2019-05-02', 1, 7, 'erp', 'r0')",
    );
    expect((await totals(feeds, { pulls: [pulled(batch)] })).map(({ message }) => message).sort()).toEqual([
      'order_lines from erp: net_amount is 20 in the landing zone, 27 in the lake.',
      'order_lines from erp: quantity is 2 in the landing zone, 3 in the lake.',
      'order_lines from erp: rows is 2 in the landing zone, 3 in the lake.',
    ]);
  });

  test('differ when landing does not hold what was read', async () => {
    const batch = await load('order_lines', [line('A', '1')]);
    const told = { ...batch, rows: 2, totals: { ...batch.totals, net_amount: '10.0001' } };
    expect(await totals(feeds, { pulls: [pulled(told)] })).toMatchObject([
      {
        check: 'landing_totals',
        severity: 'error',
        message: 'order_lines from erp: rows is 2 in the files that were read, 1 in the landing zone.',
      },
      {
        check: 'landing_totals',
        message:
          'order_lines from erp: net_amount is 10.0001 in the files that were read, 10 in the landing zone.',
      },
    ]);
  });
});

describe('net_revenue_totals', () => {
  const kpis = [{ id: 'net_revenue' }];
  const both = [
    { table: 'orders' as const },
    { table: 'order_lines' as const },
    { table: 'exchange_rates' as const },
  ];
  const record = (numerator: string) => {
    const figures = {
      period: ['day'],
      comparison: ['current'],
      dimension: [null],
      member: [null],
      numerator: [BigInt(Math.round(Number(numerator) * 1e6))],
      denominator: [null],
    };
    const days = [{ asOf: AS_OF, quality: 'ok' as const, figures }];
    return recordFigures(bucket, {
      kpi: 'net_revenue',
      unit: 'currency',
      run: RUN,
      recordedAt: '2026-11-21T06:00:10.000Z',
      days,
    });
  };
  const lakeOfThree = async () => {
    await load('orders', [
      order('A'),
      order('B', { status: 'cancelled' }),
      order('C'),
      order('R', { kind: 'return' }),
    ]);
    await load('order_lines', [
      line('A', '1', { net_amount: '10.01' }),
      line('B', '1', { net_amount: '500' }),
      line('C', '1', { net_amount: '3.3333', currency: 'CHF' }),
      line('R', '1', { net_amount: '-1' }),
      line('lost', '1', { net_amount: '77' }),
    ]);
    await load('exchange_rates', [
      { currency: 'CHF', rated_on: '2026-11-17', rate: '1.1' },
      { currency: 'CHF', rated_on: '2026-11-18', rate: '1.05' },
    ]);
  };

  test('agree to the last decimal: cancelled and unknown documents out, returns and rates in', async () => {
    await lakeOfThree();
    await record('12.51'); // 10.01 + 3.3333 × 1.05 rounded to 4 decimals (3.5000) − 1
    expect(await totals(both, { kpis })).toEqual([]);
  });

  test('differ: the finding names both amounts', async () => {
    await lakeOfThree();
    await record('12.5101');
    expect(await totals(both, { kpis })).toMatchObject([
      {
        severity: 'warning',
        table: 'order_lines',
        message: 'Net revenue of 2026-11-20 is recorded as 12.5101; the lines in the lake make 12.51.',
      },
    ]);
  });

  test('rest when the KPI is off, and leave a day alone that this run has changed', async () => {
    await lakeOfThree();
    await record('99');
    expect(await totals(both, { kpis: [] })).toEqual([]);
    const batch = await load('order_lines', [line('A', '1', { net_amount: '10.02' })], {
      run: `${AS_OF}.20261122T060000Z`,
    });
    expect(await totals(both, { kpis, pulls: [pulled(batch)] })).toEqual([]);
    expect(await totals(both, { kpis })).toEqual([]);
  });
});

describe('runChecks', () => {
  test('one check that cannot run is a finding and stops no other', async () => {
    await load('orders', [order('A', { ordered_on: '1970-01-01' })]);
    const [dates] = loadCatalogue().checks.filter((one) => one.id === 'implausible_dates');
    if (!dates) throw new Error('the check implausible_dates is gone');
    const broken = { ...dates, id: 'broken', sql: 'SELECT no_such_column FROM lake_rows' };
    const input = {
      tables,
      company: companyOf([{ table: 'orders' }]),
      asOf: AS_OF,
      run: RUN,
      pulls: [],
      kpis: [],
      checks: [broken, dates],
    };
    const report = await runChecks(world, input);
    expect(report.findings).toMatchObject([
      {
        check: 'broken',
        severity: 'warning',
        table: 'orders',
        message: expect.stringContaining('could not be run'),
      },
      { check: 'implausible_dates' },
    ]);
    expect(report.findings[0]?.message).toContain('no_such_column');
    expect(await readJson(bucket, checkReportKey(AS_OF))).toEqual(report);
  });
});
