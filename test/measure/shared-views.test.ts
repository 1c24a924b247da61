import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { readFigures } from '../../functions/lake/snapshot/store.ts';
import { addDays } from '../../functions/lake/values/day.ts';
import { measureKpi } from '../../functions/measure/measure-kpi.ts';
import { SharedCounts } from '../../functions/measure/shared/shared-counts.ts';
import type { Engine, Scratch } from '../../functions/platform/engine.ts';
import type { Platform } from '../../functions/platform/platform.ts';
import { measurePlatform, testCompany } from '../kit/measure-platform.ts';
import { runs } from '../kit/runs.ts';
import { testEngine } from '../kit/test-engine.ts';

const LAST_DAY = '2026-03-15';
const catalogue = loadCatalogue();
const company = testCompany();
const kpis = ['rfm_segment_customers', 'rfm_recency_days', 'order_forecast', 'order_count_forecast'].map(
  (id) => catalogue.kpi(id),
);

let engine: Engine;
beforeAll(async () => {
  engine = await testEngine();
});
afterAll(() => engine.close());

const back = (most: number) => fc.nat(most).map((days) => addDays(LAST_DAY, -days));
const order = fc.record({
  ordered_on: fc.oneof(back(40), back(900)),
  customer_id: fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F'),
  net_amount: fc.integer({ min: 1, max: 99 }),
});
const deal = fc.record({
  created_on: back(700),
  days: fc.integer({ min: 1, max: 90 }),
  status: fc.constantFrom('open', 'won', 'won', 'lost'),
  amount: fc.integer({ min: 1, max: 999 }),
  stage_id: fc.constantFrom('new', 'offer'),
});
const given = fc.record({
  orders: fc.array(order, { minLength: 6, maxLength: 20 }),
  deals: fc.array(deal, { minLength: 10, maxLength: 40 }),
  asOfs: fc.uniqueArray(back(40), { minLength: 1, maxLength: 3 }).map((days) => days.toSorted()),
});
interface Drawn {
  readonly orders: readonly { ordered_on: string; customer_id: string; net_amount: number }[];
  readonly deals: readonly {
    created_on: string;
    days: number;
    status: string;
    amount: number;
    stage_id: string;
  }[];
}

function platformOf({ orders, deals }: Drawn): Platform {
  const ordered = orders.map((each, at) => ({ ...each, order_id: `O${at}`, kind: 'order', status: 'open' }));
  const made = deals.map((each, at) => ({ ...each, deal_id: `D${at}` }));
  return measurePlatform(engine, {
    customers: [{ customer_id: 'A', industry: 'x' }],
    orders: ordered.map(({ net_amount: _, ...rest }) => rest),
    order_lines: ordered.map(({ order_id, ordered_on, net_amount }) => ({
      ...{ order_id, ordered_on, net_amount, line_id: '1', currency: 'EUR' },
    })),
    deals: made.map(({ days, stage_id: _, amount, ...rest }) => ({
      ...{ ...rest, amount: String(amount), currency: 'EUR' },
      ...(rest.status !== 'open' && { closed_on: addDays(rest.created_on, days) }),
    })),
    stages: ['new', 'offer'].map((stage_id, step) => ({ stage_id, name: stage_id, step, outcome: 'open' })),
    stage_history: made.map(({ deal_id, stage_id, created_on }) => ({
      ...{ kind: 'deal', record_id: deal_id, stage_id, entered_on: created_on },
    })),
  });
}

async function figures(platform: Platform, asOfs: readonly string[], shared?: SharedCounts) {
  for (const kpi of kpis) {
    const input = { company, catalogue, kpi, asOfs, run: 'r', findings: [], shared };
    const run = await measureKpi(platform, input);
    expect(run.status, `${kpi.id}: ${run.problem?.message}`).toBe('ok');
    await shared?.done(kpi.id);
  }
  return readFigures(platform.bucket, { from: '2025-01-01', to: LAST_DAY, kpis: kpis.map(({ id }) => id) });
}

/** The engine's scratch, with what is kept in it just now, and how often each label ever was. */
function watched(): { scratch: Scratch; now: Set<string>; ever: string[] } {
  const own = engine.scratch as Scratch;
  const now = new Set<string>();
  const ever: string[] = [];
  const keep: Scratch['keep'] = async (select, options) => {
    const relation = await own.keep(select, options);
    now.add(relation);
    ever.push(options?.label ?? '');
    return relation;
  };
  const drop: Scratch['drop'] = async (relation) => {
    await own.drop(relation);
    now.delete(relation);
  };
  return { scratch: { keep, drop }, now, ever };
}

test('a view that several KPIs read is computed once, and gives each the figures that it would have alone', async () => {
  await fc.assert(
    fc.asyncProperty(given, async ({ asOfs, ...rows }) => {
      const alone = await figures(platformOf(rows), asOfs);
      const together = platformOf(rows);
      const { scratch, now, ever } = watched();
      const shared = new SharedCounts(together, scratch, { company, catalogue, kpis, asOfs });
      expect(await figures(together, asOfs, shared)).toEqual(alone);
      // The scores; what is forecast, and of months and of quarters what was forecast for those before.
      const forecasts = 'what several KPIs read of forecast_parts';
      expect(ever).toEqual(['what several KPIs read of rfm_scores', forecasts, forecasts, forecasts]);
      expect([...now], 'what nobody waits for is dropped').toEqual([]);
    }),
    { numRuns: runs(2) },
  );
}, 240_000);

test('what cannot be kept, each KPI reads for itself', async () => {
  const rows = {
    orders: ['A', 'B', 'C', 'D', 'E'].map((customer_id) => ({
      ...{ customer_id, ordered_on: LAST_DAY, net_amount: 5 },
    })),
    deals: [{ created_on: '2026-03-01', days: 3, status: 'won', amount: 7, stage_id: 'new' }],
  };
  const alone = await figures(platformOf(rows), [LAST_DAY]);
  const platform = platformOf(rows);
  const refusing: Scratch = {
    keep: () => Promise.reject(new Error('the disk is full')),
    drop: () => Promise.reject(new Error('nothing was kept')),
  };
  const shared = new SharedCounts(platform, refusing, { company, catalogue, kpis, asOfs: [LAST_DAY] });
  expect(await figures(platform, [LAST_DAY], shared)).toEqual(alone);
  expect(alone.length).toBeGreaterThan(10);
});
