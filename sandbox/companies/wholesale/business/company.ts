import { daysBetween } from '../../../../functions/lake/values/day.ts';
import type { Day } from '../../../kit/calendar.ts';
import { type Rates, ratesFor } from '../../../kit/rates.ts';
import { type Spend, spendOf } from './campaigns.ts';
import { type Cart, cartDesk } from './carts.ts';
import { type Catalogue, catalogue } from './catalogue.ts';
import { type Cost, costsOf } from './costs.ts';
import type { Customer } from './customer.ts';
import { customerBase } from './customer-base.ts';
import type { Effects } from './effects.ts';
import { type Order, orderDesk } from './orders.ts';
import { type Session, sessionsOf } from './sessions.ts';
import { type Stock, stockOf } from './stock.ts';

/** All that happens in the company on a day. */
export interface CompanyDay {
  readonly day: Day;
  readonly orders: readonly Order[];
  /** Carts changed today; what becomes of them shows later. */
  readonly filled: readonly Cart[];
  /** Orders of the trading day before that are cancelled today. */
  readonly cancelled: readonly Order[];
  /** Carts whose 24 hours end today. */
  readonly settled: readonly Cart[];
  /** Carts ordered today, after their 24 hours. */
  readonly orderedLate: readonly Cart[];
  readonly sessions: readonly Session[];
  readonly spends: readonly Spend[];
  readonly costs: readonly Cost[];
}

export interface CompanyInput {
  readonly seed: number;
  readonly scale: number;
  /** The days to live through, and two more for what goes on after midnight. */
  readonly days: readonly Day[];
  readonly last: number;
  readonly effects: Effects;
}

export interface Company {
  /** How large it is: 1 is usual. */
  readonly growth: number;
  readonly catalogue: Catalogue;
  readonly stock: Stock;
  readonly rates: Rates;
  readonly customers: readonly Customer[];
  /** Day after day; only a few days are in memory. */
  live(): Generator<CompanyDay>;
}

/**
 * Customers grow with the orders up to scale 1, then with the square root of it: a larger wholesaler has larger
 * customers, and the list of customers stays small enough to be kept in memory.
 */
export const growthOf = (scale: number): number => (scale <= 1 ? scale : Math.sqrt(scale));

const FOREIGN = [
  ['CHF', 10_560],
  ['GBP', 11_730],
] as const;

/** Rates begin two weeks before the year of the first day: contracts are for whole years. */
const leadOf = ([first]: readonly Day[]): number => {
  const { date } = first as Day;
  return daysBetween(`${date.slice(0, 4)}-01-01`, date) + 14;
};

export function companyOf(input: CompanyInput): Company {
  const { seed, scale, days, last, effects } = input;
  const growth = growthOf(scale);
  const goods = catalogue(seed);
  const stock = stockOf(seed, effects);
  const customers = customerBase(seed, growth, effects);
  const carts = cartDesk({ seed, scale, days, catalogue: goods, customers, stock, effects });
  const orders = orderDesk({ seed, scale, catalogue: goods, customers, effects });
  const sessions = sessionsOf(seed, scale);
  const spend = spendOf(seed, growth, effects);
  const costs = costsOf(seed, growth);
  return {
    growth,
    catalogue: goods,
    stock,
    rates: ratesFor({ seed, days, count: last + 1, foreign: FOREIGN, lead: leadOf(days) }),
    customers: customers.all,
    *live() {
      const settling = byDay<Cart>();
      const ordering = byDay<Cart>();
      let toCancel: readonly Order[] = [];
      for (const day of days.slice(0, last + 1)) {
        const newcomers = customers.startDay(day.index, day.trading);
        const filled = carts(day);
        for (const cart of filled) {
          settling.put(cart.settles.day, cart);
          if (cart.orders) ordering.put(cart.orders.day, cart);
        }
        const ordered = ordering.take(day.index);
        const placed = orders(day, newcomers, ordered);
        const cancelled = day.trading ? toCancel : [];
        if (day.trading) toCancel = placed.filter((order) => order.cancelled);
        yield {
          day,
          orders: placed,
          filled,
          cancelled,
          settled: settling.take(day.index),
          orderedLate: ordered.filter((cart) => cart.settles.day < day.index),
          sessions: sessions(day, filled),
          spends: spend(day),
          costs: costs(day),
        };
      }
    },
  };
}

/** Things that wait for a day to come. */
function byDay<T>(): { put(day: number, thing: T): void; take(day: number): readonly T[] } {
  const waiting = new Map<number, T[]>();
  return {
    put(day, thing) {
      const list = waiting.get(day);
      if (list) list.push(thing);
      else waiting.set(day, [thing]);
    },
    take(day) {
      const list = waiting.get(day) ?? [];
      waiting.delete(day);
      return list;
    },
  };
}
