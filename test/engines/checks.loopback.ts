import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { runChecks } from '../../functions/check/run-checks.ts';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import type { Batch } from '../../functions/lake/landing/batch.ts';
import type { Finding } from '../../functions/lake/snapshot/finding.ts';
import { recordFigures } from '../../functions/lake/snapshot/store.ts';
import { addDays } from '../../functions/lake/values/day.ts';
import { ensureTables } from '../../functions/load/ensure-tables.ts';
import { loadBatch } from '../../functions/load/load-batch.ts';
import { frozenClock } from '../../functions/platform/clock.ts';
import { type Log, silentLog } from '../../functions/platform/log.ts';
import { AS_OF, companyOf, line, order, pulled, RUN, session } from '../check/scene.ts';
import { motoWorld } from '../kit/moto-world.ts';
import { tableOf, tables } from '../kit/tables.ts';
import { type LandedRow, land } from '../load/landing.ts';
import { localWorld } from '../load/world.ts';

const DAILY = 'files/{date}.csv';
const week = (weeks: number) => addDays(AS_OF, -7 * weeks);
const many = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, i) => `${prefix}${100 + i}`);

/** A company in which something is wrong for every check there is. */
const ROWS: Partial<Record<string, readonly LandedRow[]>> = {
  orders: [
    ...many(10, 'O').map((id) => order(id, { customer_id: 'C9' })),
    order('R1', { kind: 'return' }),
    order('old', { ordered_on: '1970-01-01' }),
    order('X', { status: 'cancelled' }),
  ],
  order_lines: [
    ...many(10, 'O').map((id) => line(id, '1')),
    line('R1', '1', { net_amount: '5.5000' }),
    line('X', '1', { net_amount: '500' }),
    line('nowhere', '1'),
    line('O100', '2', { currency: 'CHF', net_amount: '3.3333' }),
    line('O101', '2', { currency: 'PLN' }),
    line('O102', '2', { ordered_on: addDays(AS_OF, -1) }),
  ],
  // Ordered, nobody knows when.
  carts: [
    {
      ...{
        cart_id: 'K1',
        order_id: 'O100',
        last_changed_at: `${addDays(AS_OF, -1)}T09:00:00`,
        item_count: 1,
      },
      ...{ settles_at: `${AS_OF}T09:00:00`, settles_on: AS_OF },
    },
  ],
  customers: [{ customer_id: 'C1' }],
  // Of a KPI that nobody knows.
  targets: [
    { kpi: 'net_revenu', dimension: 'total', member: 'total', starts_on: AS_OF, ends_on: AS_OF, value: '1' },
  ],
  exchange_rates: [
    { currency: 'CHF', rated_on: addDays(AS_OF, -1), rate: '1.05' },
    { currency: 'CHF', rated_on: AS_OF, rate: '105' },
  ],
  // Late by two days, few on the last of them, and one that bounced twice.
  sessions: [
    ...[1, 2, 3, 4, 5].flatMap((weeks) =>
      many(25, `s${weeks}-`).map((id) => session(id, addDays(week(weeks), -2))),
    ),
    session('odd', addDays(AS_OF, -2), { bounced_session_count: 2 }),
  ],
  // Few on the day itself.
  page_views: [
    ...[1, 2, 3, 4].flatMap((weeks) => many(25, `v${weeks}-`).map((id) => view(id, week(weeks)))),
    view('alone', AS_OF),
  ],
  ad_spend: [
    { platform: 'google', account_id: 'a', spent_on: AS_OF, campaign_id: 'c', impressions: 1, clicks: 9 },
  ].map((row) => ({ ...row, cost: '-1', conversions: '0', currency: 'EUR' })),
  // Closed before it was made; lost, nobody knows when; in a stage that nobody lists.
  deals: [
    { deal_id: 'D1', status: 'won', created_on: AS_OF, closed_on: addDays(AS_OF, -1), currency: 'EUR' },
  ],
  leads: [{ lead_id: 'L1', status: 'lost', created_on: AS_OF }],
  stages: [{ stage_id: 'loose', name: 'Loose', outcome: 'open' }],
  stage_history: [
    {
      ...{ kind: 'deal', record_id: 'D1', stage_id: 'loose', basis: 'history' },
      ...{ entered_at: `${AS_OF}T09:00:00`, entered_on: AS_OF },
    },
  ],
};

function view(page_view_id: string, viewed_on: string): LandedRow {
  return { page_view_id, session_id: 's', property: 'shop', viewed_on, kind: 'page' };
}

/** What was told that is no finding: that statements put together failed, and were asked one by one. */
const warned: unknown[] = [];
const log: Log = { ...silentLog, warn: (...told) => warned.push(told) };
const tools = { clock: frozenClock('2026-11-22T06:00:00Z'), log };
let worlds: readonly Pick<Awaited<ReturnType<typeof motoWorld>>, 'bucket' | 'engine' | 'close'>[];
beforeAll(async () => {
  worlds = [localWorld(), await motoWorld(inject('motoUrl'), inject('trinoUrl'))];
});
afterAll(() => Promise.all(worlds.map((world) => world.close())));

/** Loads the company, spoils the lake past the load, and runs every check. */
async function findings(world: (typeof worlds)[number]): Promise<readonly Finding[]> {
  const platform = { ...world, ...tools };
  const names = Object.keys(ROWS);
  // A load of carts looks at their lines, too.
  await ensureTables(platform, [...names, 'cart_lines'].map(tableOf));
  const load = async (table: string): Promise<Batch> => {
    const batch = await land(world.bucket, table, ROWS[table] ?? [], { run: RUN });
    await loadBatch(platform, batch, tables);
    return batch;
  };
  const [orders, lines] = (await Promise.all(names.map(load))) as [Batch, Batch];
  const { engine } = world;
  const copied = engine.dialect.table('orders');
  await engine.execute(`INSERT INTO ${copied} SELECT * FROM ${copied} WHERE order_id = 'O105'`);
  await recordRevenue(world, '99');
  const told = { ...lines, totals: { ...lines.totals, net_amount: '1.0000' } };
  const company = companyOf(names.map((table) => ({ table, path: DAILY })));
  const kpis = [{ id: 'net_revenue' }];
  // Of the night after: a day that this run loads is left alone by the checks that compare a KPI.
  const { checks } = loadCatalogue();
  const comparing = checks.filter((check) => check.compares_kpi !== undefined);
  const first = await runChecks(platform, {
    tables,
    company,
    asOf: AS_OF,
    run: RUN,
    pulls: [],
    kpis,
    checks: comparing,
  });
  const pulls = [pulled(orders, told)];
  const catalogue = [{ id: 'net_revenue', dimensions: {} }];
  const second = await runChecks(platform, {
    tables,
    company,
    asOf: AS_OF,
    run: RUN,
    pulls,
    kpis,
    catalogue,
    checks,
  });
  return [...first.findings, ...second.findings];
}

async function recordRevenue({ bucket }: (typeof worlds)[number], amount: string): Promise<void> {
  const figures = {
    period: ['day'],
    comparison: ['current'],
    dimension: [null],
    member: [null],
    numerator: [BigInt(amount) * 1_000_000n],
    denominator: [null],
  };
  const about = { kpi: 'net_revenue', unit: 'currency', run: RUN, recordedAt: '2026-11-21T06:00:10.000Z' };
  await recordFigures(bucket, {
    ...about,
    unit: 'currency',
    days: [{ asOf: AS_OF, quality: 'ok' as const, figures }],
  });
}

test('every check finds the same on DuckDB, one by one, and on Trino, several in a statement, and something', async () => {
  expect(worlds.map(({ engine }) => (engine.dialect.together ?? 1) > 1)).toEqual([false, true]);
  const [duckdb, trino] = await Promise.all(worlds.map(findings));
  expect(trino).toEqual(duckdb);
  expect(warned).toEqual([]);
  const found = new Set(duckdb?.map((finding) => finding.check));
  expect([...found].sort()).toEqual(
    loadCatalogue()
      .checks.map((check) => check.id)
      .sort(),
  );
});
