import type { Day } from '../calendar.ts';
import type { Spend } from '../company/campaigns.ts';
import { type Cart, hasStockOut, isAbandoned } from '../company/carts.ts';
import type { Cost } from '../company/costs.ts';
import { BRUECKNER } from '../company/customer.ts';
import type { Order } from '../company/orders.ts';
import type { Rates } from '../company/rates.ts';
import type { Session } from '../company/sessions.ts';
import { type DayTruth, emptyDay } from './day-truth.ts';

/** Counts what is invented. */
export interface Truth {
  readonly days: readonly DayTruth[];
  order(order: Order, cancelled: boolean): void;
  settledCart(cart: Cart): void;
  session(session: Session): void;
  /** As the platform last reported it. */
  spend(spend: Spend): void;
  cost(cost: Cost): void;
}

export function truthOf(days: readonly Day[], rates: Rates): Truth {
  const truth = days.map(emptyDay);
  const at = (index: number): DayTruth => truth[index] as DayTruth;
  const customers = new Set<string>();
  return {
    days: truth,
    order(order, cancelled) {
      if (cancelled) return;
      const day = at(order.day.index);
      const sign = order.type === 'RE' ? -1 : 1;
      const revenue = order.lines.reduce(
        (sum, line) => sum + rates.toEuro(line.net, order.customer.currency, order.day.index),
        0,
      );
      day.netRevenue += sign * revenue;
      day.units += sign * order.lines.reduce((sum, line) => sum + line.quantity, 0);
      if (order.customer.name === BRUECKNER) day.bruecknerRevenue += sign * revenue;
      if (order.type === 'RE') day.returns += 1;
      else countOrder(day, order, customers);
    },
    settledCart(cart) {
      const day = at(cart.settles.day);
      day.carts += 1;
      at(cart.changed.day).unitsAddedToCart += cart.lines.reduce((sum, line) => sum + line.quantity, 0);
      if (!isAbandoned(cart)) return;
      day.abandonedCarts += 1;
      if (hasStockOut(cart)) day.stockOutAbandonedCarts += 1;
      day.lostSales += cart.lines.reduce(
        (sum, line) => sum + rates.toEuro(line.net, cart.currency, cart.settles.day),
        0,
      );
    },
    session(session) {
      const day = at(session.day.index);
      day.sessions += 1;
      if (session.ordered) day.orderingSessions += 1;
      if (session.bounced) day.bouncedSessions += 1;
      if (session.device === 'mobile') day.mobileSessions += 1;
    },
    spend(spend) {
      const day = at(spend.day.index);
      day.adCost[spend.campaign.platform] += spend.cost * 100;
      day.adConversionValue += spend.value * 100;
    },
    cost(cost) {
      const day = at(cost.day.index);
      if (cost.kind === 'sales') day.salesCost += cost.amount * 100;
      else day.marketingCost += cost.amount * 100;
    },
  };
}

function countOrder(day: DayTruth, order: Order, customers: Set<string>): void {
  day.orders += 1;
  if (customers.has(order.customer.id)) return;
  customers.add(order.customer.id);
  day.newCustomers += 1;
}
