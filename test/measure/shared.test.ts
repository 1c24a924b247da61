import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GivenRow } from '../../authoring/cases/given-rows.ts';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import type { CubeQuantity } from '../../functions/lake/catalogue/cube.ts';
import { type Kpi, OTHER_MEMBERS } from '../../functions/lake/catalogue/kpi.ts';
import { readFigures } from '../../functions/lake/snapshot/store.ts';
import { addDays, datesBetween } from '../../functions/lake/values/day.ts';
import { totalsOf } from '../../functions/measure/forecast/totals.ts';
import { measureKpi } from '../../functions/measure/measure-kpi.ts';
import { SharedCounts } from '../../functions/measure/shared/shared-counts.ts';
import { sharedParts } from '../../functions/measure/shared/shared-parts.ts';
import type { Engine, Scratch } from '../../functions/platform/engine.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { silentLog } from '../../functions/platform/log.ts';
import type { Platform } from '../../functions/platform/platform.ts';
import { measurePlatform, testCompany } from '../kit/measure-platform.ts';
import { runs } from '../kit/runs.ts';
import { testEngine } from '../kit/test-engine.ts';

const LAST_DAY = '2026-03-15';
const catalogue = loadCatalogue();
const company = testCompany();
const plan = sharedParts(catalogue.kpis, (kpi) => kpi.windows);
const sharing = catalogue.kpis.filter(({ id }) => plan.some(({ kpis }) => kpis.includes(id)));

let engine: Engine;
beforeAll(async () => {
  engine = await testEngine();
});
afterAll(() => engine.close());

const day = fc.oneof(fc.nat(4), fc.nat(40), fc.nat(400), fc.nat(900)).map((back) => addDays(LAST_DAY, -back));
const order = fc.record({
  order_id: fc.constantFrom('1', '2', '3', '4', '5', '6', '7', '8'),
  ordered_on: day,
  kind: fc.constantFrom('order', 'order', 'return'),
  status: fc.constantFrom('completed', 'completed', 'cancelled'),
  customer_id: fc.constantFrom('A', 'B', 'C', 'stranger', null),
  channel: fc.constantFrom('web', 'phone', null),
});
const line = fc.record({
  order_id: fc.constantFrom('1', '2', '3', '4', '5', '6', '7', '8', 'unknown'),
  line_id: fc.constantFrom('1', '2', '3'),
  product_id: fc.constantFrom('p', 'q', null),
  net_amount: fc.integer({ min: -9, max: 9 }),
  // Of the dollar there is a rate, of the yen there is none.
  currency: fc.constantFrom('EUR', 'USD', 'JPY'),
});
const given = fc.record({
  orders: fc.uniqueArray(order, { minLength: 1, maxLength: 8, selector: ({ order_id }) => order_id }),
  lines: fc.uniqueArray(line, {
    maxLength: 16,
    selector: ({ order_id, line_id }) => `${order_id}/${line_id}`,
  }),
  asOfs: fc.uniqueArray(fc.nat(40), { minLength: 1, maxLength: 3 }),
});

/** The same with something in most runs: every order there is, most of them with lines. */
const dense = fc.record({
  orders: fc.uniqueArray(order, { minLength: 8, maxLength: 8, selector: ({ order_id }) => order_id }),
  lines: fc.uniqueArray(line, {
    minLength: 12,
    maxLength: 20,
    selector: ({ order_id, line_id }) => `${order_id}/${line_id}`,
  }),
  asOfs: fc.uniqueArray(fc.nat(40), { minLength: 1, maxLength: 3 }),
});

const customers: readonly GivenRow[] = [
  { customer_id: 'A', region: 'north', industry: 'x', acquisition_channel: 'web' },
  { customer_id: 'B', region: 'south', industry: null, account_opened_on: '2024-01-01' },
];
const costs: readonly GivenRow[] = [
  { cost_id: 'm', cost_on: LAST_DAY, channel: 'web', amount: 7, currency: 'EUR' },
];

const isRow = (row: object): GivenRow => row as GivenRow;

/** Lines are dated as their orders are; those of no order on the last day. */
function platformOf({
  orders,
  lines,
}: {
  orders: readonly { order_id: string; ordered_on: string }[];
  lines: readonly { order_id: string }[];
}): Platform {
  const dated = lines.map((each) => ({
    ...each,
    ordered_on: orders.find(({ order_id }) => order_id === each.order_id)?.ordered_on ?? LAST_DAY,
  }));
  return measurePlatform(engine, {
    customers,
    orders: orders.map(isRow),
    order_lines: dated.map(isRow),
    marketing_costs: costs,
    products: [{ product_id: 'p', category: 'tools', brand: 'b' }],
    exchange_rates: [{ currency: 'USD', rated_on: LAST_DAY, rate: '0.9' }],
  });
}

async function figures(
  platform: Platform,
  kpis: readonly Kpi[],
  asOfs: readonly string[],
  shared?: SharedCounts,
) {
  for (const kpi of kpis) {
    const run = await measureKpi(platform, {
      company,
      catalogue,
      kpi,
      asOfs,
      run: 'r',
      findings: [],
      shared,
    });
    expect(run.problem?.code ?? 'ok', `${kpi.id}: ${run.problem?.message}`).toMatch(/ok|TABLE_EMPTY/);
    await shared?.done(kpi.id);
  }
  return readFigures(platform.bucket, { from: '2025-01-01', to: LAST_DAY, kpis: kpis.map(({ id }) => id) });
}

test('what several KPIs count gives each the figures that it would count alone', async () => {
  expect(sharing.length).toBeGreaterThan(8);
  await fc.assert(
    fc.asyncProperty(given, async ({ asOfs: backs, ...rows }) => {
      const asOfs = backs.map((back) => addDays(LAST_DAY, -back)).sort();
      const alone = await figures(platformOf(rows), sharing, asOfs);
      const together = platformOf(rows);
      const kept = { now: new Set<string>(), ever: 0 };
      const shared = new SharedCounts(together, counting(kept), { company, catalogue, kpis: sharing, asOfs });
      expect(await figures(together, sharing, asOfs, shared)).toEqual(alone);
      expect(kept.ever, 'something is kept').toBeGreaterThan(0);
      expect([...kept.now], 'what nobody waits for is dropped').toEqual([]);
    }),
    { numRuns: runs(4) },
  );
}, 120_000);

const ofSales = ['net_revenue', 'average_order_value', 'revenue_per_customer'].map((id) => catalogue.kpi(id));

test('of one day the largest members are those that a KPI ranks alone, of which most are left out', async () => {
  const one = (kpi: Kpi): Kpi => ({
    ...kpi,
    cube: kpi.cube && { ...kpi.cube, quantities: kpi.cube.quantities.map(narrowed) },
  });
  const narrowed = (quantity: CubeQuantity): CubeQuantity => ({
    ...quantity,
    dimensions: quantity.dimensions.map((each) => ({ ...each, top: each.top === null ? null : 1 })),
  });
  const kpis = ofSales.map(one);
  let others = 0;
  await fc.assert(
    fc.asyncProperty(dense, async (rows) => {
      const asOfs = [LAST_DAY];
      const alone = await figures(platformOf(rows), kpis, asOfs);
      const together = platformOf(rows);
      const shared = new SharedCounts(together, engine.scratch as Scratch, {
        company,
        catalogue,
        kpis,
        asOfs,
      });
      expect(await figures(together, kpis, asOfs, shared)).toEqual(alone);
      others += alone.filter(({ member }) => member === OTHER_MEMBERS).length;
    }),
    { numRuns: runs(8) },
  );
  expect(others, 'somebody is left out').toBeGreaterThan(0);
}, 120_000);

test('each day of the windows that is counted comes to what a KPI counts alone', async () => {
  const kpi = catalogue.kpi('net_revenue');
  const dates = datesBetween(addDays(LAST_DAY, -1000), LAST_DAY);
  let found = 0;
  await fc.assert(
    fc.asyncProperty(dense, async ({ asOfs: backs, ...rows }) => {
      const asOfs = backs.map((back) => addDays(LAST_DAY, -back)).sort();
      const platform = platformOf(rows);
      const facts = { catalogue, kpi, company: company.company };
      const alone = await totalsOf(platform.engine, facts, dates, 'day');
      const input = { company, catalogue, kpis: ofSales, asOfs };
      const shared = new SharedCounts(platform, engine.scratch as Scratch, input);
      const days = await shared.days(kpi);
      for (const { id } of ofSales) await shared.done(id);
      const covered = dates.filter((date) => days?.covers(date));
      expect(covered.length).toBeGreaterThan(700);
      expect(covered.length, 'two years of windows, not three').toBeLessThan(dates.length);
      expect([...(days?.totals ?? [])].filter(([date]) => !days?.covers(date))).toEqual([]);
      expect(covered.map((date) => days?.totals.get(date))).toEqual(covered.map((date) => alone.get(date)));
      found += days?.totals.size ?? 0;
    }),
    { numRuns: runs(8) },
  );
  expect(found).toBeGreaterThan(0);
}, 120_000);

test('of the past of a forecast only days that nobody counts are read', async () => {
  const kpi = catalogue.kpi('net_revenue');
  const asked: string[] = [];
  const days = datesBetween(addDays(LAST_DAY, -900), LAST_DAY);
  const orders = days.map((ordered_on, at) => ({
    order_id: `o${at}`,
    ordered_on,
    kind: 'order',
    status: 'completed',
  }));
  const lines = orders.map(({ order_id }, at) => ({
    order_id,
    line_id: '1',
    net_amount: 100 + (at % 7),
    currency: 'EUR',
  }));
  const platform = platformOf({ orders, lines });
  const spied: Platform = {
    ...platform,
    engine: {
      ...platform.engine,
      query: (sql, options) => {
        if (/earlier days/.test(options?.label ?? '')) asked.push(sql);
        return platform.engine.query(sql, options);
      },
    },
  };
  const input = { company, catalogue, kpis: ofSales, asOfs: [LAST_DAY] };
  const alone = await figures(platformOf({ orders, lines }), [kpi], [LAST_DAY]);
  const shared = new SharedCounts(spied, engine.scratch as Scratch, input);
  expect(await figures(spied, [kpi], [LAST_DAY], shared)).toEqual(alone);
  for (const { id } of ofSales) await shared.done(id);
  expect(alone.filter(({ comparison }) => comparison.startsWith('forecast')).length).toBeGreaterThan(3);
  // Windows reach back to 2024-03-16.
  expect(
    asked.map((sql) => [sql.includes("'2024-03-10', 'day'"), sql.includes("'2024-03-20', 'day'")]),
  ).toEqual([[true, false]]);
}, 60_000);

/** The engine's scratch, with what is kept in it just now, and how much ever was. */
function counting(kept: { readonly now: Set<string>; ever: number }): Scratch {
  const scratch = engine.scratch as Scratch;
  return {
    async keep(select, options) {
      const relation = await scratch.keep(select, options);
      kept.now.add(relation);
      kept.ever += 1;
      return relation;
    },
    async drop(relation) {
      await scratch.drop(relation);
      kept.now.delete(relation);
    },
  };
}

test('what cannot be kept, each KPI counts for itself', async () => {
  const asOfs = [LAST_DAY];
  const rows = { orders: [{ order_id: '1', ordered_on: LAST_DAY, customer_id: 'A' }], lines: [] };
  const alone = await figures(platformOf(rows), sharing, asOfs);
  const platform = platformOf(rows);
  const refusing: Scratch = {
    keep: () => Promise.reject(new Error('the disk is full')),
    drop: () => Promise.reject(new Error('nothing was kept')),
  };
  const shared = new SharedCounts(platform, refusing, { company, catalogue, kpis: sharing, asOfs });
  expect(await figures(platform, sharing, asOfs, shared)).toEqual(alone);
  expect(alone.length).toBeGreaterThan(0);
});

test('what the engine cannot keep of all days is kept, and asked, of fewer', async () => {
  const asOfs = [-2, -1, 0].map((days) => addDays(LAST_DAY, days));
  const rows = {
    orders: [{ order_id: '1', ordered_on: LAST_DAY, customer_id: 'A', status: 'completed', kind: 'order' }],
    lines: [{ order_id: '1', line_id: '1', product_id: 'p', net_amount: 5, currency: 'EUR' }],
  };
  const kpi = catalogue.kpi('net_revenue');
  const alone = await figures(platformOf(rows), [kpi], asOfs);
  const platform = platformOf(rows);
  const kept = { now: new Set<string>(), ever: 0 };
  const whole = counting(kept);
  const small: Scratch = {
    ...whole,
    async keep(select, options) {
      const days = new Set(select.match(/^\('\d{4}-\d\d-\d\d', '(?!\d)/gm)).size;
      if (days > 1 && select.includes('top_members'))
        throw new VigieError('full', { code: 'SQL_OUT_OF_MEMORY' });
      return whole.keep(select, options);
    },
  };
  const shared = new SharedCounts(platform, small, { company, catalogue, kpis: sharing, asOfs });
  expect(await shared.partsOf(kpi, asOfs)).toEqual(asOfs.map((asOf) => [asOf]));
  expect(await figures(platform, [kpi], asOfs, shared)).toEqual(alone);
  for (const { id } of sharing) await shared.done(id);
  expect(alone.some(({ dimension }) => dimension === 'customer')).toBe(true);
  expect([...kept.now]).toEqual([]);
});

test('KPIs that end at once let go of each relation once; one that cannot be dropped fails nobody', async () => {
  const asOfs = [LAST_DAY];
  const dropped: string[] = [];
  let made = 0;
  const scratch: Scratch = {
    keep: async () => `kept_${++made}`,
    async drop(relation) {
      dropped.push(relation);
      throw new Error('somebody reads it');
    },
  };
  const platform = platformOf({ orders: [], lines: [] });
  const shared = new SharedCounts(platform, scratch, { company, catalogue, kpis: sharing, asOfs });
  await Promise.all(sharing.map((kpi) => shared.of(kpi, asOfs)));
  await Promise.all(sharing.map(({ id }) => shared.done(id)));
  // And what some of them are made from: the revenue of all, of customers and of bookings from the same lines.
  expect(made).toBeGreaterThan(plan.length);
  expect(dropped.toSorted()).toEqual(Array.from({ length: made }, (_, at) => `kept_${at + 1}`).toSorted());
});

test('of a measure the largest members are ranked over the windows of the KPI that shows them', () => {
  const sales = plan.find(({ part }) => part.rows === 'sales');
  const ranking = catalogue.kpi('net_revenue');
  expect(sales?.part.kind).toBe('top');
  expect(sales?.kpis).toContain('average_order_value');
  expect(sales?.windows.toSorted()).toEqual(ranking.windows.toSorted());
  // Where another KPI shows a window that the ranking one does not, that one has its part to itself.
  const narrow = sharedParts(catalogue.kpis, ({ id, windows }) => (id === ranking.id ? ['mtd'] : windows));
  expect(narrow.find(({ kpis }) => kpis.includes(ranking.id))?.kpis).toEqual([ranking.id]);
});

test('the lines are read once for all that is added up of them', async () => {
  const asOfs = [LAST_DAY];
  const platform = platformOf({
    orders: [{ order_id: '1', ordered_on: LAST_DAY }],
    lines: [{ order_id: '1' }],
  });
  const kept: string[] = [];
  const scratch: Scratch = {
    ...(engine.scratch as Scratch),
    keep: (select, options) => {
      kept.push(select);
      return (engine.scratch as Scratch).keep(select, options);
    },
  };
  const shared = new SharedCounts(platform, scratch, { company, catalogue, kpis: sharing, asOfs });
  for (const id of ['net_revenue', 'revenue_per_customer', 'clv_to_cac_ratio'])
    await shared.of(catalogue.kpi(id), asOfs);
  expect(kept.filter((select) => /JOIN sales_documents/.test(select))).toHaveLength(1);
  for (const { id } of sharing) await shared.done(id);
});

test.each(['duckdb', 'trino', 'athena'] as const)(
  'what is kept is asked for in words that %s knows: of CTEs that are not kept only DuckDB has heard',
  async (name) => {
    const asked: string[] = [];
    const scratch: Scratch = {
      keep: async (select) => {
        asked.push(select);
        return `kept_${asked.length}`;
      },
      drop: async () => undefined,
    };
    const there = { ...engine, dialect: { ...engine.dialect, name } };
    const shared = new SharedCounts({ engine: there, log: silentLog }, scratch, {
      ...{ company, catalogue, kpis: sharing, asOfs: [LAST_DAY] },
    });
    for (const kpi of sharing) await shared.of(kpi, [LAST_DAY]);
    expect(asked.length).toBeGreaterThan(plan.length / 2);
    expect(asked.some((select) => select.includes('MATERIALIZED'))).toBe(name === 'duckdb');
  },
);
