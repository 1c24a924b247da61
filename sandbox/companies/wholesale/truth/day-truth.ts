import type { Day } from '../../../kit/calendar.ts';
import type { Platform } from '../business/campaigns.ts';

/**
 * What happened on a day, counted by the generators as they invent it, without reading a file back: what the KPIs must
 * come to. Amounts in 1/10,000 euro, each converted with the day's rate and rounded on its own.
 */
export interface DayTruth {
  readonly date: string;
  readonly trading: boolean;
  /** Orders that are not cancelled, and the returns. */
  orders: number;
  returns: number;
  /** Of orders and returns: pieces, net amount. */
  units: number;
  netRevenue: number;
  /** Customers whose first order that stands is of this day. */
  newCustomers: number;
  /** Carts whose 24 hours ended on this day; of these: not ordered in time, and with an article that was out of stock. */
  carts: number;
  abandonedCarts: number;
  stockOutAbandonedCarts: number;
  /** Net amount of the abandoned carts. */
  lostSales: number;
  /** Pieces put into carts on this day (of carts exported by the last day). */
  unitsAddedToCart: number;
  sessions: number;
  orderingSessions: number;
  bouncedSessions: number;
  mobileSessions: number;
  readonly adCost: Record<Platform, number>;
  adConversionValue: number;
  marketingCost: number;
  salesCost: number;
  /** Revenue of Autohaus Brückner. */
  bruecknerRevenue: number;
  /** List amount of orders under the programme CLEARANCE, and what was granted of it. */
  clearanceList: number;
  clearanceDiscount: number;
}

export const emptyDay = (day: Day): DayTruth => ({
  date: day.date,
  trading: day.trading,
  orders: 0,
  returns: 0,
  units: 0,
  netRevenue: 0,
  newCustomers: 0,
  carts: 0,
  abandonedCarts: 0,
  stockOutAbandonedCarts: 0,
  lostSales: 0,
  unitsAddedToCart: 0,
  sessions: 0,
  orderingSessions: 0,
  bouncedSessions: 0,
  mobileSessions: 0,
  adCost: { google: 0, microsoft: 0, linkedin: 0, meta: 0 },
  adConversionValue: 0,
  marketingCost: 0,
  salesCost: 0,
  bruecknerRevenue: 0,
  clearanceList: 0,
  clearanceDiscount: 0,
});

/** Cost of marketing and sales altogether: what acquisition costs. */
export const acquisitionCostOf = (day: DayTruth): number =>
  day.marketingCost + day.salesCost + Object.values(day.adCost).reduce((sum, cost) => sum + cost, 0);
