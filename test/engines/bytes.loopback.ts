import { beforeAll, expect, inject, test } from 'vitest';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import type { Kpi } from '../../functions/lake/catalogue/kpi.ts';
import { addDays } from '../../functions/lake/values/day.ts';
import { ensureTables } from '../../functions/load/ensure-tables.ts';
import { kpiStatements } from '../../functions/measure/statement.ts';
import type { Engine } from '../../functions/platform/engine.ts';
import { silentLog } from '../../functions/platform/log.ts';
import { motoWorld } from '../kit/moto-world.ts';
import { tableOf, tables } from '../kit/tables.ts';
import { STEADY_BYTES } from '../kit/trino-engine.ts';
import { type CheckRead, readByChecks } from './checks-on-athena.ts';
import { unlikeCosts } from './costs-figures.ts';
import { readBy, type SharedDay, sharedDay } from './day-on-athena.ts';
import { fillEarlier, fillFirst, historyTables, rowsOn } from './history.ts';

const AS_OF = '2026-11-21';
/** Two years, and the rest of the month that the first windows begin in. */
const TWO_YEARS = 751;
const FIRST_DAY = addDays(AS_OF, 1 - TWO_YEARS);

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

const catalogue = loadCatalogue();
const company = { currency: 'EUR', fiscal_year_starts: 1, closed: { weekdays: [], days: [] } };
let engine: Engine;
let shared: SharedDay;
const stages = new Map<string, number>();
let checks: { readonly two: ReadonlyMap<string, CheckRead>; readonly three: ReadonlyMap<string, CheckRead> };

/** The checks that read more with three years than with two, and why. */
const GROWING_CHECKS: Readonly<Record<string, string>> = {
  missing_references: 'a line of today may name an order or a lead of any day: the one column of their keys',
  part_dates: 'a line and its order may be dated otherwise, so neither bounds what is read of the other',
  missing_exchange_rate: 'plans have the rate of their first day, whenever that was: all rates, a row a day',
};
let bytes: { readonly two: Map<string, number>; readonly three: Map<string, number> };

/** Trino and Athena run no statement of more than 150. */
const MOST_STAGES = 120;

function dayOf(kpi: Kpi): string {
  const [statement] = kpiStatements({ dialect: engine.dialect, catalogue, kpi, asOfs: [AS_OF], company });
  if (!statement) throw new Error(`${kpi.id} has no window`);
  return statement.sql;
}

/** KPIs of one theme: those of sales count the same lines, each in its own way. */
const inTheme = (wanted: string): Kpi[] => catalogue.kpis.filter(({ theme }) => theme === wanted);

/** Bytes that the day's statement of each KPI reads from storage. */
async function measured(): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  const queue = [...catalogue.kpis];
  const work = async (): Promise<void> => {
    for (let kpi = queue.pop(); kpi; kpi = queue.pop()) {
      const taken = await readBy(engine, dayOf(kpi));
      if (taken.rows === 0) throw new Error(`${kpi.id} has no figure: its bytes would prove nothing`);
      found.set(kpi.id, taken.bytes);
      stages.set(kpi.id, taken.stages);
    }
  };
  await Promise.all([work(), work(), work()]);
  return found;
}

beforeAll(async () => {
  const world = await motoWorld(inject('motoUrl'), inject('trinoUrl'), tables, STEADY_BYTES);
  ({ engine } = world);
  await Promise.all(historyTables.map((table) => ensureTables({ engine, log: silentLog }, [tableOf(table)])));
  await fillFirst(engine, AS_OF, TWO_YEARS);
  const two = await measured();
  const checksOfTwo = await readByChecks(world, catalogue, AS_OF, historyTables);
  shared = await sharedDay(engine, catalogue, inTheme('sales'), AS_OF);
  await fillEarlier(engine, FIRST_DAY, 365);
  bytes = { two, three: await measured() };
  checks = { two: checksOfTwo, three: await readByChecks(world, catalogue, AS_OF, historyTables) };
  const line = (cells: readonly unknown[]) =>
    cells.map((cell, index) => (index === 0 ? String(cell).padEnd(30) : String(cell).padStart(12))).join('');
  const table = catalogue.kpis.map(({ id }) => line([id, bytes.two.get(id), bytes.three.get(id)]));
  const ofChecks = catalogue.checks.map(({ id }) =>
    line([id, checks.two.get(id)?.bytes, checks.three.get(id)?.bytes, checks.two.get(id)?.statements]),
  );
  console.log(
    [line(['bytes read for one day', 'two years', 'three', 'statements']), ...table, ...ofChecks].join('\n'),
  );
});

test.each(catalogue.kpis.map(({ id }) => id))(
  '%s reads no more with three years than with two, or says why',
  (id) => {
    const [two = 0, three = 0] = [bytes.two.get(id), bytes.three.get(id)];
    expect(two).toBeGreaterThan(0);
    // A KPI that grows and does not say so fails; so does one that says so and does not grow any more.
    expect({ id, grows: three > two }).toEqual({ id, grows: Object.hasOwn(GROWING, id) });
  },
);

test.each(catalogue.checks.map(({ id }) => id))(
  'the check %s reads no more with three years than with two, or says why',
  (id) => {
    const [two = 0, three = 0] = [checks.two.get(id)?.bytes, checks.three.get(id)?.bytes];
    // Some look back 800 days: two months more than the two years have.
    expect({ id, grows: three > 1.1 * two }).toEqual({ id, grows: Object.hasOwn(GROWING_CHECKS, id) });
  },
);

/** With rows in its tables: the planner folds away what reads an empty one (84 stages became 140 once there were rows). */
test.each(catalogue.kpis)('$id stays well below the stages that Trino and Athena run', ({ id }) => {
  expect(stages.get(id)).toBeGreaterThan(0);
  expect(stages.get(id)).toBeLessThanOrEqual(MOST_STAGES);
});

test('the costs page goes by what was measured here', async () => {
  const byKpi = catalogue.kpis.map(
    ({ id }) => [id, [bytes.two.get(id) ?? 0, bytes.three.get(id) ?? 0]] as const,
  );
  const byCheck = catalogue.checks.map(({ id }) => {
    const [two, three] = [checks.two.get(id), checks.three.get(id)];
    const read = [two?.bytes ?? 0, three?.bytes ?? 0] as const;
    return [id, { statements: two?.statements ?? 0, bytes: read }] as const;
  });
  const unlike = unlikeCosts({
    rowsADay: await rowsOn(engine, AS_OF),
    kpis: Object.fromEntries(byKpi),
    checks: Object.fromEntries(byCheck),
  });
  expect(unlike).toEqual([]);
});

/** What a company without a funnel of leads does not have: most of Vigie's KPIs of before. */
const FUNNEL_THEMES: readonly string[] = ['funnel', 'competition'];

test('what a day asks of Athena, and what one relation for several KPIs would save, is printed', () => {
  const day = (kpis: readonly Kpi[]) => {
    const sum = (of: ReadonlyMap<string, number>) => kpis.reduce((all, { id }) => all + (of.get(id) ?? 0), 0);
    return `${kpis.length} KPIs: ${kpis.length + 2} statements, ${sum(bytes.two)} bytes, ${sum(stages)} stages`;
  };
  const dearest = [...stages].sort(([, a], [, b]) => b - a).slice(0, 10);
  const commerce = catalogue.kpis.filter(({ theme }) => !FUNNEL_THEMES.includes(theme));
  const each = shared.kpis.reduce((all, id) => all + (bytes.two.get(id) ?? 0), 0);
  console.log(
    [
      `a day, two years of rows: ${day(commerce)}; ${day(catalogue.kpis)}`,
      `most stages: ${dearest.map(([id, most]) => `${id} ${most}`).join(', ')}`,
      `shared in sales: ${shared.tables} tables for ${shared.kpis.length} KPIs, ${shared.made} bytes to make and ${shared.taken} to take, instead of ${each}`,
    ].join('\n'),
  );
  expect(shared.tables).toBeGreaterThan(1);
  // What is taken of a table is a few thousand rows: were it more, the tables would hold what they should not.
  expect(shared.taken).toBeLessThan(each / 2);
});
