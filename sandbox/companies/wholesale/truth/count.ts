import type { Day } from '../../../kit/calendar.ts';
import type { Rates } from '../../../kit/rates.ts';
import { CLEARANCE } from '../business/booking.ts';
import { reportedAt, type Spend } from '../business/campaigns.ts';
import { type Cart, hasStockOut, isAbandoned } from '../business/carts.ts';
import type { CompanyDay } from '../business/company.ts';
import { BRUECKNER } from '../business/customer.ts';
import type { Effects } from '../business/effects.ts';
import type { Order } from '../business/orders.ts';
import { type DayTruth, emptyDay } from './day-truth.ts';
import type { Purchase } from './segments.ts';

/** Counts what is invented, as it will be known on the last day. */
export interface Truth {
  readonly days: readonly DayTruth[];
  /** By customer, in the order of the days. */
  readonly purchases: readonly Purchase[];
  count(happened: CompanyDay): void;
}

export interface TruthInput {
  /** The days lived through. */
  readonly days: readonly Day[];
  readonly rates: Rates;
  readonly effects: Effects;
}

export function truthOf({ days, rates, effects }: TruthInput): Truth {
  const truth = days.map(emptyDay);
  const last = days.length - 1;
  // A cancellation is known on the next day of trade.
  const lastTrading = days.findLast((day) => day.trading)?.index ?? -1;
  const customers = new Set<string>();
  const purchases: Purchase[] = [];
  return {
    days: truth,
    purchases,
    count({ day, orders, settled, sessions, spends, costs }) {
      const today = truth[day.index] as DayTruth;
      for (const order of orders) {
        if (!order.cancelled || day.index === lastTrading)
          purchases.push(countOrder(today, order, rates, customers));
      }
      for (const cart of settled) countCart(truth, cart, rates);
      if (effects.tagsDelivered(day.index)) for (const session of sessions) countSession(today, session);
      for (const spend of spends) countSpend(today, spend, last - day.index);
      for (const cost of costs)
        today[cost.kind === 'sales' ? 'salesCost' : 'marketingCost'] += cost.amount * 100;
    },
  };
}

function countOrder(day: DayTruth, order: Order, rates: Rates, customers: Set<string>): Purchase {
  const sign = order.type === 'RE' ? -1 : 1;
  const revenue = order.lines.reduce(
    (sum, line) => sum + rates.toEuro(line.net, order.customer.currency, order.day.index),
    0,
  );
  day.netRevenue += sign * revenue;
  day.units += sign * order.lines.reduce((sum, line) => sum + line.quantity, 0);
  if (order.customer.name === BRUECKNER) day.bruecknerRevenue += sign * revenue;
  const bought = { day: order.day.index, customer: order.customer.id, orders: 1, amount: revenue };
  if (order.type === 'RE') {
    day.returns += 1;
    return { ...bought, orders: 0, amount: -revenue };
  }
  day.orders += 1;
  if (!customers.has(order.customer.id)) day.newCustomers += 1;
  customers.add(order.customer.id);
  if (order.booking?.programme === CLEARANCE) countClearance(day, order, revenue, rates);
  return bought;
}

function countClearance(day: DayTruth, order: Order, revenue: number, rates: Rates): void {
  const list = order.lines.reduce(
    (sum, line) => sum + rates.toEuro(line.list, order.customer.currency, order.day.index),
    0,
  );
  day.clearanceList += list;
  day.clearanceDiscount += list - revenue;
}

/** A cart counts on the day on which it settles; its items on the day on which they were added. */
function countCart(truth: readonly DayTruth[], cart: Cart, rates: Rates): void {
  const day = truth[cart.settles.day] as DayTruth;
  const added = truth[cart.changed.day] as DayTruth;
  day.carts += 1;
  added.unitsAddedToCart += cart.lines.reduce((sum, line) => sum + line.quantity, 0);
  if (!isAbandoned(cart)) return;
  day.abandonedCarts += 1;
  if (hasStockOut(cart)) day.stockOutAbandonedCarts += 1;
  day.lostSales += cart.lines.reduce(
    (sum, line) => sum + rates.toEuro(line.net, cart.currency, cart.settles.day),
    0,
  );
}

function countSession(day: DayTruth, session: CompanyDay['sessions'][number]): void {
  day.sessions += 1;
  if (session.ordered) day.orderingSessions += 1;
  if (session.bounced) day.bouncedSessions += 1;
  if (session.device === 'mobile') day.mobileSessions += 1;
}

/** Google reports late: of the last two days not everything is known yet. */
function countSpend(day: DayTruth, spend: Spend, age: number): void {
  const { value } = spend.campaign.platform === 'google' ? reportedAt(spend, age) : spend;
  day.adCost[spend.campaign.platform] += spend.cost * 100;
  day.adConversionValue += value * 100;
}
