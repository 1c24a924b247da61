import { daysBetween } from '../../../../functions/lake/values/day.ts';
import { daysFrom } from '../../../kit/calendar.ts';
import { cartsExpected, deskOrdersExpected } from './volumes.ts';

/** What an average cart and an average order brings, returns and cancellations off: euro, from a year without stories. */
const REVENUE_PER_CART = 183;
const REVENUE_PER_DESK_ORDER = 1110;
const REVENUE_OF_KEY_ACCOUNTS_A_WEEKDAY = 31_000;

/** The revenue that the company plans for a span of days: full thousands of euro. */
export function expectedRevenue(startsOn: string, endsOn: string, scale: number): number {
  const days = daysFrom(startsOn, daysBetween(startsOn, endsOn) + 1);
  const euro = days.reduce(
    (sum, day) =>
      sum +
      cartsExpected(day) * REVENUE_PER_CART +
      deskOrdersExpected(day) * REVENUE_PER_DESK_ORDER +
      (day.trading && day.weekday < 5 ? REVENUE_OF_KEY_ACCOUNTS_A_WEEKDAY : 0),
    0,
  );
  return Math.round((euro * scale) / 1000) * 1000;
}

/** Monthly targets beside revenue, as the office writes them. */
export const expectedTargets = (
  growth: number,
): readonly { readonly kpi: string; readonly value: string }[] => [
  { kpi: 'new_customers', value: String(Math.round(75 * growth)) },
  { kpi: 'cart_abandonment_rate', value: '0,72' },
  { kpi: 'conversion_rate', value: '0,035' },
  { kpi: 'customer_acquisition_cost', value: '1350' },
  { kpi: 'return_on_ad_spend', value: '9,5' },
];
