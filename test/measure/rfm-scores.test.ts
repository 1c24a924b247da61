import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { readFigures } from '../../functions/lake/snapshot/store.ts';
import { addDays, daysBetween } from '../../functions/lake/values/day.ts';
import { measureKpi } from '../../functions/measure/measure-kpi.ts';
import type { Engine } from '../../functions/platform/engine.ts';
import { measurePlatform, testCompany } from '../kit/measure-platform.ts';
import { runs } from '../kit/runs.ts';
import { testEngine } from '../kit/test-engine.ts';

const LAST_DAY = '2026-03-15';
const catalogue = loadCatalogue();
const company = testCompany();
let engine: Engine;
beforeAll(async () => {
  engine = await testEngine();
});
afterAll(() => engine.close());

interface Document {
  readonly ordered_on: string;
  readonly customer_id: string;
  readonly kind: string;
  readonly net_amount: number | null;
}

const back = (most: number) => fc.nat(most).map((days) => addDays(LAST_DAY, -days));
/** Few customers, amounts and days, so that many are level; days on and around the edges of windows. */
const document = fc.record({
  ordered_on: fc.oneof(
    back(6),
    back(1000),
    fc.constantFrom(-364, -365, -366, -729, -730, -731).map((days) => addDays(LAST_DAY, days)),
  ),
  customer_id: fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'),
  kind: fc.constantFrom('order', 'order', 'order', 'return'),
  net_amount: fc.constantFrom(-5, 10, 10, 20, 30, null),
});
const asOfs = fc.uniqueArray(fc.oneof(back(3), back(400)), { minLength: 1, maxLength: 4 });

/** In which fifth each is: who is level with others stands in the middle of them. */
const fifthsOf = (values: readonly number[]): number[] =>
  values.map((value) => {
    const before = values.filter((other) => other < value).length;
    const level = values.filter((other) => other === value).length;
    return 1 + Math.floor((5 * (2 * before + level)) / (2 * values.length));
  });

function segmentOf(recency: number, value: number): string {
  if (recency >= 4 && value >= 8) return 'best';
  if (recency >= 3) return value >= 6 ? 'loyal' : recency >= 4 ? 'promising' : 'occasional';
  return value >= 6 ? 'at_risk' : 'dormant';
}

/** Days since the latest orders, added up, and how many customers are in each segment: every customer looked at by itself. */
function counted(documents: readonly Document[], endsOn: string) {
  const inside = documents.filter(
    (each) => each.ordered_on <= endsOn && each.ordered_on > addDays(endsOn, -365),
  );
  const customers = [...new Set(inside.map((each) => each.customer_id))]
    .map((id) => inside.filter((each) => each.customer_id === id))
    .map((own) => ({ own, orders: own.filter(({ kind }) => kind === 'order') }))
    .filter(({ orders }) => orders.length > 0)
    .map(({ own, orders }) => ({
      days: Math.min(...orders.map((each) => daysBetween(each.ordered_on, endsOn))),
      orders: orders.length,
      amount: own.reduce((sum, each) => sum + (each.net_amount ?? 0), 0),
    }));
  const late = fifthsOf(customers.map(({ days }) => -days));
  const often = fifthsOf(customers.map(({ orders }) => orders));
  const large = fifthsOf(customers.map(({ amount }) => amount));
  const segments = customers.map((_, at) =>
    segmentOf(late[at] as number, (often[at] as number) + (large[at] as number)),
  );
  return { customers, segments };
}

function expected(documents: readonly Document[], days: readonly string[]): string[] {
  const names = ['best', 'loyal', 'promising', 'occasional', 'at_risk', 'dormant'];
  return days.flatMap((asOf) =>
    ['current', 'last_year', 'previous'].flatMap((comparison) => {
      const { customers, segments } = counted(
        documents,
        comparison === 'current' ? asOf : addDays(asOf, -365),
      );
      if (customers.length === 0) return [];
      const sum = customers.reduce((all, each) => all + each.days, 0);
      const recency = `${asOf} ${comparison} days ${sum} / ${customers.length}`;
      if (customers.length < 5) return [recency];
      const parts = names.map(
        (name) => `${asOf} ${comparison} ${name} ${segments.filter((each) => each === name).length} / null`,
      );
      return [recency, `${asOf} ${comparison} total ${customers.length} / null`, ...parts];
    }),
  );
}

test('customers are scored as if each were counted by itself, on whatever days and in whatever windows', async () => {
  const drawn = fc.array(document, { minLength: 8, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(drawn, asOfs, async (documents, asOfs) => {
      const numbered = documents.map((each, at) => ({ ...each, order_id: `O${at}` }));
      const platform = measurePlatform(engine, {
        orders: numbered.map(({ net_amount: _, ...order }) => ({ ...order, status: 'open' })),
        order_lines: numbered.flatMap(({ order_id, ordered_on, net_amount }) =>
          net_amount === null ? [] : [{ order_id, ordered_on, net_amount, line_id: '1', currency: 'EUR' }],
        ),
      });
      for (const kpi of ['rfm_recency_days', 'rfm_segment_customers'].map((id) => catalogue.kpi(id))) {
        const run = await measureKpi(platform, { company, catalogue, kpi, asOfs, run: 'r', findings: [] });
        expect(run.status, run.problem?.message).not.toBe('failed');
      }
      const rows = await readFigures(platform.bucket, { from: '2024-01-01', to: LAST_DAY });
      const told = rows
        .filter(({ dimension }) => dimension !== 'industry')
        .map((row) => {
          const what = row.kpi === 'rfm_recency_days' ? 'days' : (row.member ?? 'total');
          return `${row.asOf} ${row.comparison} ${what} ${row.numerator} / ${row.denominator}`;
        });
      expect(told.sort()).toEqual(expected(documents, asOfs).sort());
    }),
    { numRuns: runs(8) },
  );
}, 240_000);
