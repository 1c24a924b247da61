import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { LandedRow } from '../load/landing.ts';
import { AS_OF, line, order, scene, session } from './scene.ts';

const { engine, load, check, reset, close } = scene();
beforeEach(reset);
afterAll(close);

const only = async (id: string, ...args: Parameters<typeof check>) =>
  (await check(...args)).filter((finding) => finding.check === id);
const ids = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, index) => `${prefix}${100 + index}`);

test('unique_keys finds rows that were written past the load', async () => {
  await load('orders', [order('A'), order('B')]);
  expect(await only('unique_keys', [{ table: 'orders' }])).toEqual([]);
  await engine.execute('INSERT INTO lake.orders SELECT * FROM lake.orders');
  expect(await only('unique_keys', [{ table: 'orders' }])).toMatchObject([
    { severity: 'error', table: 'orders', sample: 'A, B', message: 'orders holds 2 keys more than once.' },
  ]);
});

describe('missing_references', () => {
  const feeds = [
    { table: 'orders' as const },
    { table: 'order_lines' as const },
    { table: 'customers' as const },
  ];
  const withOrders = (known: number) =>
    load(
      'orders',
      ids(known, 'O').map((id) => order(id)),
    );

  test('lines without their order: a few are a warning, many an error', async () => {
    await load(
      'order_lines',
      ids(100, 'O').map((id) => line(id, '1')),
    );
    await withOrders(97);
    expect(await only('missing_references', feeds)).toMatchObject([
      {
        severity: 'warning',
        table: 'order_lines',
        sample: 'O197, O199',
        message: '3 % of the recent rows of order_lines (3 rows) have no match in orders by order_id.',
      },
    ]);
    await engine.execute("DELETE FROM lake.orders WHERE order_id > 'O190'");
    expect(await only('missing_references', feeds)).toMatchObject([{ severity: 'error' }]);
  });

  test('up to one in a hundred is not worth a word', async () => {
    await load(
      'order_lines',
      ids(100, 'O').map((id) => line(id, '1')),
    );
    await withOrders(99);
    expect(await only('missing_references', feeds)).toEqual([]);
  });

  test('an unknown customer is never an error, and an order without one is no gap', async () => {
    await load('orders', [order('A', { customer_id: 'C9' }), order('B', { customer_id: null })]);
    await load('customers', [{ customer_id: 'C1' }]);
    expect(await only('missing_references', feeds)).toMatchObject([
      { severity: 'warning', table: 'orders', sample: 'C9' },
    ]);
  });

  test('a table that is not fed, or has never come, is no gap', async () => {
    await load('orders', [order('A', { customer_id: 'C9' })]);
    expect(await only('missing_references', feeds)).toEqual([]);
    expect(await only('missing_references', [{ table: 'orders' }])).toEqual([]);
  });
});

describe('missing_exchange_rate', () => {
  const feeds = [{ table: 'order_lines' as const }, { table: 'exchange_rates' as const }];
  const rate = (currency: string, rated_on: string, value = '1.05') => ({ currency, rated_on, rate: value });

  test('a rate of the 7 days before is enough; an older one is not', async () => {
    await load('order_lines', [line('A', '1', { currency: 'CHF' }), line('A', '2')]);
    await load('exchange_rates', [rate('CHF', '2026-11-13')]);
    expect(await only('missing_exchange_rate', feeds)).toEqual([]);
    await engine.execute("UPDATE lake.exchange_rates SET rated_on = DATE '2026-11-12'");
    expect(await only('missing_exchange_rate', feeds)).toMatchObject([
      {
        severity: 'error',
        table: 'order_lines',
        sample: 'A / 1',
        message: 'order_lines has 1 row in CHF without an exchange rate (2026-11-20 to 2026-11-20).',
      },
    ]);
  });

  test('tells each currency apart, and sees spans by their first day', async () => {
    await load('order_lines', [
      line('A', '1', { currency: 'CHF' }),
      line('B', '1', { currency: 'USD', ordered_on: '2026-11-18' }),
    ]);
    await load('exchange_rates', [rate('GBP', AS_OF)]);
    await load('customer_objectives', [
      {
        customer_id: 'C1',
        starts_on: '2026-01-01',
        ends_on: '2026-12-31',
        target_amount: '5',
        currency: 'PLN',
      },
    ]);
    const found = await only('missing_exchange_rate', [...feeds, { table: 'customer_objectives' }]);
    expect(found.map((finding) => finding.table).sort()).toEqual([
      'customer_objectives',
      'order_lines',
      'order_lines',
    ]);
    expect(found.map((finding) => /in ([A-Z]{3}) without/.exec(finding.message)?.[1]).sort()).toEqual([
      'CHF',
      'PLN',
      'USD',
    ]);
  });
});

describe('implausible', () => {
  test('dates before 1990 or more than a year ahead', async () => {
    await load('orders', [
      order('A', { ordered_on: '1970-01-01' }),
      order('B', { ordered_on: '9999-12-31' }),
      order('C'),
    ]);
    expect(await only('implausible_dates', [{ table: 'orders' }])).toMatchObject([
      {
        table: 'orders',
        sample: 'A, B',
        message: 'orders has 2 rows dated before 1990 or after 2027-11-23 (1970-01-01 to 9999-12-31).',
      },
    ]);
  });

  test.each([
    [{ session_count: -1 }, 1],
    [{ bounced_session_count: 2 }, 1],
    [{ ordering_session_count: 2 }, 1],
    [{ session_count: 5, ordering_session_count: 2, bounced_session_count: 3 }, 0],
  ])('sessions %j', async (counts, found) => {
    await load('sessions', [session('s1', AS_OF, counts)]);
    expect(await only('implausible_sessions', [{ table: 'sessions' }])).toHaveLength(found);
  });

  test.each([
    [{ cost: '-0.01' }, 1],
    [{ clicks: 11 }, 1],
    [{}, 0],
  ])('ad spend %j', async (odd, found) => {
    const row = {
      platform: 'google',
      account_id: 'a',
      spent_on: AS_OF,
      campaign_id: 'c',
      impressions: 10,
      clicks: 1,
      cost: '1',
      conversions: '0',
      currency: 'EUR',
    };
    await load('ad_spend', [{ ...row, ...odd }]);
    expect(await only('implausible_ad_spend', [{ table: 'ad_spend' }])).toHaveLength(found);
  });

  test.each([
    ['0', 1],
    ['-1', 1],
    ['105', 1],
    ['1.2', 0],
  ])('a rate of %s after one of 1.05', async (value, found) => {
    const rates = [
      { currency: 'CHF', rated_on: '2026-11-19', rate: '1.05' },
      { currency: 'CHF', rated_on: AS_OF, rate: value },
    ];
    await load('exchange_rates', rates);
    const findings = await only('implausible_rates', [{ table: 'exchange_rates' }]);
    expect(findings).toHaveLength(found);
    if (found > 0)
      expect(findings[0]?.message).toBe(`The rate of CHF is ${value} on 2026-11-20, 1.05 before.`);
  });
});

test('positive_returns: returns that add to revenue', async () => {
  await load('orders', [order('R1', { kind: 'return' }), order('R2', { kind: 'return' }), order('A')]);
  await load('order_lines', [line('R1', '1'), line('R2', '1', { net_amount: '-10' }), line('A', '1')]);
  expect(await only('positive_returns', [{ table: 'orders' }, { table: 'order_lines' }])).toMatchObject([
    {
      severity: 'warning',
      sample: 'R1',
      message: 'Lately 1 return came with lines that add up to more than zero (10 altogether).',
    },
  ]);
});

describe('part_dates', () => {
  const feeds = [
    { table: 'orders' as const, max_age_days: null },
    { table: 'order_lines' as const, max_age_days: null },
  ];

  test('tells how many lines are dated otherwise than their order, and how much they make', async () => {
    await load('orders', [order('A', { ordered_on: '2026-11-18' }), order('B')]);
    await load('order_lines', [
      line('A', '1', { ordered_on: '2026-12-02', net_amount: '100.00' }),
      line('A', '2', { ordered_on: '2026-12-02', net_amount: '50.00' }),
      line('B', '1', { net_amount: '7.00' }),
    ]);
    const [finding, ...others] = (await check(feeds)).filter((each) => each.check === 'part_dates');
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ severity: 'error', table: 'order_lines', source: 'erp' });
    expect(finding?.message).toBe(
      'order_lines has 2 rows (150 EUR) whose ordered_on is not that of orders: 2026-12-02 against 2026-11-18 on A / 1, for instance.',
    );
  });

  test('says nothing where they agree, where lines have no date of their own, and of days to come', async () => {
    await load('orders', [order('A'), order('B'), order('Z', { ordered_on: '2026-12-20' })]);
    await load('order_lines', [
      line('A', '1'),
      line('B', '1', { ordered_on: null }),
      line('Z', '1', { ordered_on: '2026-12-21' }),
    ]);
    expect((await check(feeds)).filter((each) => each.check === 'part_dates')).toEqual([]);
  });

  test('a line without a date whose order is missing is among the missing references', async () => {
    await load('orders', [order('A')]);
    await load('order_lines', [line('A', '1'), line('LOST', '1', { ordered_on: null })]);
    const found = (await check(feeds)).filter((each) => each.check === 'missing_references');
    expect(found).toMatchObject([{ severity: 'error', sample: 'LOST' }]);
  });
});

describe('carts_without_order_time', () => {
  const cart = (cart_id: string, extra: LandedRow = {}): LandedRow => ({
    ...{ cart_id, last_changed_at: '2026-11-19T09:00:00', settles_at: '2026-11-20T09:00:00' },
    ...{ settles_on: AS_OF, item_count: 1, ...extra },
  });

  test('tells carts that name their order and not its time', async () => {
    await load('carts', [
      cart('A', { order_id: 'O1' }),
      cart('B', { order_id: 'O2', ordered_at: '2026-11-19T10:00:00' }),
      cart('C'),
    ]);
    const found = (await check([{ table: 'carts', max_age_days: null }])).filter(
      (each) => each.check === 'carts_without_order_time',
    );
    expect(found).toMatchObject([{ severity: 'error', table: 'carts', source: 'erp', sample: 'A' }]);
    expect(found[0]?.message).toContain('1 cart from erp name an order and not when they became it (50 %');
  });
});

describe('the funnel', () => {
  const entry = (record_id: string, stage_id: string): LandedRow => ({
    ...{ kind: 'deal', record_id, stage_id, entered_at: '2026-11-19T09:00:00', entered_on: '2026-11-19' },
    basis: 'history',
  });
  const made = { created_on: '2026-11-10', currency: 'EUR' };

  test('deal_dates tells deals closed without a day, and before they were created', async () => {
    await load('deals', [
      { ...made, deal_id: 'A', status: 'won', closed_on: null },
      { ...made, deal_id: 'B', status: 'lost', closed_on: '2026-11-09' },
      { ...made, deal_id: 'C', status: 'won', closed_on: '2026-11-10' },
      { ...made, deal_id: 'D', status: 'open', closed_on: null },
    ]);
    expect(await only('deal_dates', [{ table: 'deals' }])).toMatchObject([
      {
        ...{ severity: 'warning', table: 'deals', source: 'erp', sample: 'A, B' },
        message: expect.stringMatching(
          /^From erp came 2 deals won or lost without a day \(1\) or .* created \(1\)\./,
        ),
      },
    ]);
  });

  test('lead_dates tells leads closed without a day, and qualified before they were created', async () => {
    const created_on = '2026-11-10';
    await load('leads', [
      { lead_id: 'A', created_on, status: 'lost' },
      { lead_id: 'B', created_on, status: 'open', mql_on: '2026-11-09' },
      { lead_id: 'C', created_on, status: 'won', mql_on: '2026-11-10', won_on: '2026-11-12' },
      { lead_id: 'D', created_on, status: 'open' },
    ]);
    expect(await only('lead_dates', [{ table: 'leads' }])).toMatchObject([
      { severity: 'warning', table: 'leads', sample: 'A, B', message: expect.stringContaining('2 leads') },
    ]);
  });

  test('stages_without_order tells open stages that have no place, and those that are not listed', async () => {
    await load('stages', [
      { stage_id: 'demo', name: 'Demo', step: 1, outcome: 'open' },
      { stage_id: 'loose', name: 'Loose', outcome: 'open' },
      { stage_id: 'won', name: 'Won', outcome: 'won' },
    ]);
    await load('stage_history', [
      entry('A', 'demo'),
      entry('A', 'loose'),
      entry('B', 'gone'),
      entry('A', 'won'),
    ]);
    const feeds = [{ table: 'stages' }, { table: 'stage_history' }];
    expect(await only('stages_without_order', feeds)).toMatchObject([
      {
        ...{ severity: 'warning', table: 'stage_history', sample: 'gone, loose' },
        message: expect.stringMatching(
          /^Leads or deals came lately \(2 times\) into 2 stages without a place/,
        ),
      },
    ]);
  });

  test('stages_without_order tells a stage that two sources list and none of them for this history, and says how to tell whose it is', async () => {
    const demo = { stage_id: 'demo', name: 'Demo', outcome: 'open' };
    await load('stages', [
      { ...demo, crm: 'hubspot', step: 1 },
      { ...demo, crm: 'salesforce' },
      { ...demo, crm: 'hubspot', stage_id: 'offer', step: 2 },
    ]);
    await load('stage_history', [entry('A', 'demo'), entry('A', 'offer')]);
    const feeds = [{ table: 'stages' }, { table: 'stage_history' }];
    expect(await only('stages_without_order', feeds)).toMatchObject([
      { sample: 'demo', hint: expect.stringContaining('`crm: { constant: hubspot }`') },
    ]);
    await load('stage_history', [{ ...entry('A', 'demo'), crm: 'hubspot' }]);
    expect(await only('stages_without_order', feeds)).toEqual([]);
  });

  test('says nothing where all is in order', async () => {
    await load('deals', [{ ...made, deal_id: 'C', status: 'won', closed_on: '2026-11-12' }]);
    await load('leads', [{ lead_id: 'C', created_on: '2026-11-10', status: 'open' }]);
    await load('stages', [{ stage_id: 'demo', name: 'Demo', step: 1, outcome: 'open' }]);
    await load('stage_history', [entry('A', 'demo')]);
    const feeds = ['deals', 'leads', 'stages', 'stage_history'].map((table) => ({ table }));
    expect(await check(feeds)).toEqual([]);
  });
});

describe('unknown_targets', () => {
  const target = (kpi: string, dimension = 'total', member = 'total') => ({
    ...{ kpi, dimension, member, value: '1' },
    ...{ starts_on: '2026-01-01', ends_on: '2026-12-31' },
  });
  const catalogue = [{ id: 'net_revenue', dimensions: { region: { en: 'Region', fr: 'Région' } } }];
  const feeds = [{ table: 'targets' as const }];

  test('a target for a KPI or dimension that does not exist is told; the others are not', async () => {
    await load('targets', [
      target('net_revenue'),
      target('net_revenue', 'region', 'north'),
      target('net_revenu'),
      target('net_revenue', 'regoin', 'north'),
      target('net_revenue', 'regoin', 'south'),
    ]);
    const findings = await only('unknown_targets', feeds, { catalogue });
    expect(findings.map(({ message }) => message).toSorted()).toEqual([
      '1 target for net_revenu by total: there is no such KPI or dimension, so no figure is compared with them.',
      '2 targets for net_revenue by regoin: there is no such KPI or dimension, so no figure is compared with them.',
    ]);
    expect(findings[0]).toMatchObject({ severity: 'warning', table: 'targets' });
  });

  test('without a catalogue nothing is compared', async () => {
    await load('targets', [target('net_revenu')]);
    expect(await only('unknown_targets', feeds)).toEqual([]);
  });
});
