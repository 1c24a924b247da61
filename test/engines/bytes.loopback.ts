import { beforeAll, expect, inject, test } from 'vitest';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import type { Kpi } from '../../functions/lake/catalogue/kpi.ts';
import type { Engine } from '../../functions/platform/engine.ts';
import type { MeasuredCheck, MeasuredKpi, MeasuredShared } from '../../infra/costs/measured.ts';
import { motoWorld } from '../kit/moto-world.ts';
import { tables } from '../kit/tables.ts';
import { STEADY_BYTES } from '../kit/trino-engine.ts';
import { sharedOn } from './asked.ts';
import { isWriting, unlikeCosts } from './costs-figures.ts';
import { rowsOn } from './history.ts';
import { AS_OF } from './measure-asked.ts';
import { measuredOrRecorded, type OfDay } from './recorded.ts';

const FIRST_ORDERS =
  'whether an order is the first is known from all before it: four narrow columns of `orders`, nothing else';
const THREE_YEARS = 'a year before is set against the year before that: three years, and never more';

const RATES = 'plans are converted by the rate of their first day, whenever that was: all rates, a row a day';

const FUNNEL =
  'whoever entered long ago may move, close or order today: narrow columns of the funnel’s few rows, whole';

/** The KPIs whose day costs more with three years than with two, and why that is so. */
const GROWING: Readonly<Record<string, string>> = {
  new_customers: FIRST_ORDERS,
  customer_acquisition_cost: FIRST_ORDERS,
  customer_lifetime_value:
    'a life runs from the first order to the last: the orders of all years, without their lines',
  clv_to_cac_ratio:
    'a life runs from the first order to the last: the orders of all years, without their lines',
  customer_retention_rate: THREE_YEARS,
  customer_count_ratio: THREE_YEARS,
  co_innovation_rate: THREE_YEARS,
  lead_to_customer_rate:
    'the leads of the year before that were ripe on its first day came half a year before it',
  mql_to_sql_rate: FUNNEL,
  target_to_lead_rate: FUNNEL,
  stage_conversion_rate: FUNNEL,
  stage_losses: FUNNEL,
  stage_duration_days: FUNNEL,
  milestone_completion_rate: FUNNEL,
  lost_reason_share: FUNNEL,
  demo_to_paid_rate: FUNNEL,
  competitive_win_rate: FUNNEL,
  break_even_attainment: FUNNEL,
  journey_touchpoints: FUNNEL,
  channel_revenue_share: FUNNEL,
  marketing_roi: FUNNEL,
  customer_target_attainment: RATES,
  market_share: RATES,
  lead_score: FUNNEL,
  order_forecast: FUNNEL,
  order_count_forecast: FUNNEL,
};

/** The checks that read more with three years than with two, and why. */
const GROWING_CHECKS: Readonly<Record<string, string>> = {
  missing_references: 'a line of today may name an order or a lead of any day: the one column of their keys',
  part_dates: 'a line and its order may be dated otherwise, so neither bounds what is read of the other',
  missing_exchange_rate: 'plans have the rate of their first day, whenever that was: all rates, a row a day',
};
const catalogue = loadCatalogue();
/** What a day asks, as measured now or, where nothing that it is made of has changed, as recorded. */
let day: OfDay;
let rowsADay: number;
let engine: Engine;

/** Trino and Athena run no statement of more than 150. */
const MOST_STAGES = 120;

beforeAll(async () => {
  const world = await motoWorld(inject('motoUrl'), inject('trinoUrl'), tables, STEADY_BYTES);
  ({ engine } = world);
  day = await measuredOrRecorded(world, catalogue);
  rowsADay = await rowsOn(engine, AS_OF);
  console.log(day.told);
});

test.each(catalogue.kpis)('$id reads no more with three years than with two, or says why', ({ id }) => {
  const {
    bytes: [two, three],
  } = day.kpis[id] as MeasuredKpi;
  expect(two).toBeGreaterThan(0);
  // A KPI that grows and does not say so fails; so does one that says so and does not grow any more.
  expect({ id, grows: three > two }).toEqual({ id, grows: Object.hasOwn(GROWING, id) });
});

test.each(catalogue.checks)(
  'the check $id reads no more with three years than with two, or says why',
  ({ id }) => {
    const {
      bytes: [two, three],
    } = day.checks[id] as MeasuredCheck;
    // Some look back 800 days: two months more than the two years have.
    expect({ id, grows: three > 1.1 * two }).toEqual({ id, grows: Object.hasOwn(GROWING_CHECKS, id) });
  },
);

/** With rows in its tables: the planner folds away what reads an empty one (84 stages became 140 once there were rows). */
test.each(catalogue.kpis)('$id stays well below the stages that Trino and Athena run', ({ id }) => {
  expect(day.kpis[id]?.stages).toBeGreaterThan(0);
  expect(day.kpis[id]?.stages).toBeLessThanOrEqual(MOST_STAGES);
});

/** What is put together of several subjects has the stages of all of them. */
test('so does every check that asks of several subjects in one statement', () => {
  const joint = Object.entries(day.checks).flatMap(([id, { stages }]) =>
    stages === undefined ? [] : [{ id, stages }],
  );
  expect(joint.map(({ id }) => id)).toEqual(expect.arrayContaining(['missing_references', 'unique_keys']));
  expect(joint.filter(({ stages }) => stages === 0 || stages > MOST_STAGES)).toEqual([]);
});

test('what is measured again though nothing of it has changed is what is recorded', () => {
  expect(isWriting() ? [] : day.unlike).toEqual([]);
});

test('the costs page goes by what was measured here', () => {
  const { kpis, checks, shared } = day;
  expect(unlikeCosts({ rowsADay, kpis, checks, shared })).toEqual([]);
});

/** What a company without a funnel of leads does not have: most of Vigie's KPIs of before. */
const FUNNEL_THEMES: readonly string[] = ['funnel', 'competition'];

test('what a day asks of Athena, and what one relation for several KPIs would save, is printed', async () => {
  const sum = (kpis: readonly string[], of: (kpi: MeasuredKpi) => number) =>
    kpis.reduce((all, id) => all + of(day.kpis[id] as MeasuredKpi), 0);
  const bytesOf = (kpis: readonly string[]) => sum(kpis, ({ bytes }) => bytes[0]);
  const dayOf = (kpis: readonly string[]) =>
    `${kpis.length} KPIs: ${kpis.length + 2} statements, ${bytesOf(kpis)} bytes, ${sum(kpis, ({ stages }) => stages)} stages`;
  const idsOf = (kpis: readonly Kpi[]) => kpis.map(({ id }) => id);
  const commerce = catalogue.kpis.filter(({ theme }) => !FUNNEL_THEMES.includes(theme));
  const dearest = Object.entries(day.kpis).sort(([, a], [, b]) => b.stages - a.stages);
  const { tables: made, takes } = await sharedOn(engine, catalogue, AS_OF);
  const [shared] = Object.values(day.shared) as [MeasuredShared];
  const each = bytesOf([...takes.keys()]);
  console.log(
    [
      `a day, two years of rows: ${dayOf(idsOf(commerce))}; ${dayOf(idsOf(catalogue.kpis))}`,
      `most stages: ${dearest
        .slice(0, 10)
        .map(([id, { stages }]) => `${id} ${stages}`)
        .join(', ')}`,
      `shared in sales: ${made.length} tables for ${takes.size} KPIs, ${shared.made} bytes to make and ${shared.taken} to take, instead of ${each}`,
    ].join('\n'),
  );
  expect(made.length).toBeGreaterThan(1);
  // What is taken of a table is a few thousand rows: were it more, the tables would hold what they should not.
  expect(shared.taken).toBeLessThan(each / 2);
});
