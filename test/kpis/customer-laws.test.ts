import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { completeRows } from '../../authoring/cases/given-rows.ts';
import { withInlineTables } from '../../authoring/cases/inline-tables.ts';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import type { Period } from '../../functions/lake/catalogue/periods.ts';
import { periodsFor } from '../../functions/lake/company/calendar.ts';
import { addDays } from '../../functions/lake/values/day.ts';
import { kpiStatements } from '../../functions/measure/statement.ts';
import { type Engine, queryRows } from '../../functions/platform/engine.ts';
import { runs } from '../kit/runs.ts';
import { tables } from '../kit/tables.ts';
import { testEngine } from '../kit/test-engine.ts';

// The SQL counts customers by running sums of changes, so that a year's back-fill is cheap. Here the same figures are
// counted the plain way, window by window, over random orders.
const catalogue = loadCatalogue();
const company = {
  currency: 'EUR',
  fiscal_year_starts: 4,
  closed: { weekdays: ['sunday' as const], days: [] },
};
const LAST_DAY = '2028-03-01';
let engine: Engine;
beforeAll(async () => {
  engine = await testEngine();
});
afterAll(() => engine.close());

interface Order {
  readonly customer_id: string | null;
  readonly ordered_on: string;
  readonly kind: 'order' | 'return';
  readonly status: 'completed' | 'cancelled';
}

/** Days crowd towards the end, so that windows of every length hold several orders of a customer. */
const order: fc.Arbitrary<Order> = fc.record({
  customer_id: fc.constantFrom('A', 'B', 'C', 'D', 'E', null),
  ordered_on: fc.oneof(fc.nat(40), fc.nat(400), fc.nat(1500)).map((back) => addDays(LAST_DAY, 1 - back)),
  kind: fc.constantFrom('order', 'order', 'order', 'order', 'return'),
  status: fc.constantFrom('completed', 'completed', 'completed', 'completed', 'cancelled'),
});
const asOfs = fc
  .uniqueArray(fc.oneof(fc.nat(40), fc.nat(400)), { minLength: 1, maxLength: 5 })
  .map((backs) => backs.map((back) => addDays(LAST_DAY, -back)).sort());

/** Days of a window's orders, by customer. */
function daysByCustomer(orders: readonly Order[], from: string, to: string): Map<string, string[]> {
  const days = new Map<string, string[]>();
  for (const { customer_id, ordered_on, kind, status } of orders) {
    if (customer_id === null || kind !== 'order' || status === 'cancelled') continue;
    if (ordered_on < from || ordered_on > to) continue;
    days.set(customer_id, [...(days.get(customer_id) ?? []), ordered_on]);
  }
  return days;
}

type Figure = readonly [numerator: number, denominator: number | null] | null;
type PlainCount = (orders: readonly Order[], period: Period) => Figure;

const unless = (nothing: boolean, figure: Figure): Figure => (nothing ? null : figure);

const plainly: Readonly<Record<string, PlainCount>> = {
  orders_per_customer: (orders, { startsOn, endsOn }) => {
    const days = daysByCustomer(orders, startsOn, endsOn);
    return unless(days.size === 0, [[...days.values()].flat().length, days.size]);
  },
  repurchase_rate: (orders, { startsOn, endsOn }) => {
    const days = daysByCustomer(orders, startsOn, endsOn);
    return unless(days.size === 0, [[...days.values()].filter((own) => own.length > 1).length, days.size]);
  },
  customer_retention_rate: (orders, { startsOn, endsOn, priorStartsOn, priorEndsOn }) => {
    const before = [...daysByCustomer(orders, priorStartsOn, priorEndsOn).keys()];
    const now = daysByCustomer(orders, startsOn, endsOn);
    return unless(before.length === 0, [
      before.filter((customer) => now.has(customer)).length,
      before.length,
    ]);
  },
  customer_count_ratio: (orders, { startsOn, endsOn }) => {
    const active = (day: string) => daysByCustomer(orders, addDays(day, -364), day).size;
    const [atEnd, atStart] = [active(endsOn), active(addDays(startsOn, -1))];
    return unless(atEnd + atStart === 0, [atEnd, atStart]);
  },
  new_customers: (orders, { startsOn, endsOn }) => {
    const firsts = [...daysByCustomer(orders, '0000-01-01', endsOn).values()].map(
      (days) => days.toSorted()[0],
    );
    const any = orders.some(
      ({ ordered_on, kind, status }) =>
        kind === 'order' && status !== 'cancelled' && ordered_on >= startsOn && ordered_on <= endsOn,
    );
    return unless(!any, [firsts.filter((day) => day !== undefined && day >= startsOn).length, null]);
  },
};

/** The totals that a KPI's SQL returns, as lines that can be compared. */
async function bySql(id: string, orders: readonly Order[], days: readonly string[]): Promise<string[]> {
  const given = { orders: orders.map((row, index) => ({ ...row, order_id: `O${index}` })) };
  const rows = completeRows(given, { tables, currency: 'EUR', timeZone: 'Europe/Paris', asOf: LAST_DAY });
  const inline = withInlineTables(engine, rows, tables);
  const kpi = catalogue.kpi(id);
  const [statement] = kpiStatements({ dialect: inline.dialect, catalogue, kpi, asOfs: days, company });
  const found = await queryRows(inline, statement?.sql ?? '');
  return found
    .filter((row) => row['dimension'] === null)
    .map((row) =>
      line(`${row['as_of']} ${row['period']} ${row['comparison']}`, [
        Number(row['numerator']),
        row['denominator'] === null ? null : Number(row['denominator']),
      ]),
    )
    .sort();
}

function byHand(id: string, orders: readonly Order[], days: readonly string[]): string[] {
  const periods = periodsFor(company, days, catalogue.kpi(id).windows);
  return periods
    .flatMap((period) => {
      const figure = plainly[id]?.(orders, period);
      return figure ? [line(`${period.asOf} ${period.period} ${period.comparison}`, figure)] : [];
    })
    .sort();
}

const line = (place: string, [numerator, denominator]: NonNullable<Figure>): string =>
  `${place}: ${numerator} / ${denominator}`;

test.each(Object.keys(plainly))('%s counts customers as one counts them window by window', async (id) => {
  await fc.assert(
    fc.asyncProperty(fc.array(order, { maxLength: 40 }), asOfs, async (orders, days) => {
      expect(await bySql(id, orders, days)).toEqual(byHand(id, orders, days));
    }),
    { numRuns: runs(6) },
  );
});
