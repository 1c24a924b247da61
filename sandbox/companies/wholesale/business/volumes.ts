import type { Day } from '../../../kit/calendar.ts';

/**
 * How busy a day is, 1 on average over the days of trade. Monday to Sunday; on closed days the shop is a catalogue to
 * look at: nobody can fill a cart or order.
 */
const CART_WEEK = [1.16, 1.1, 1.06, 1.06, 1.02, 0.6, 0];
const DESK_WEEK = [1.28, 1.22, 1.18, 1.18, 1.14, 0, 0];
const VISIT_WEEK = [1.14, 1.1, 1.08, 1.08, 1.02, 0.72, 0.46];

/** January to December: tyres change in spring and autumn. */
const SHOP_SEASON = [0.98, 0.98, 1.01, 1.02, 1.01, 0.99, 0.98, 0.96, 1.01, 1.04, 1.03, 0.99];
const DESK_SEASON = [0.94, 0.94, 1.05, 1.08, 1.02, 0.98, 0.95, 0.91, 1.02, 1.1, 1.08, 0.93];

/** Share of the carts that are abandoned: on average, and what weekday and month add. */
const ABANDONMENT = 0.72;
const ABANDONMENT_WEEK = [-0.008, -0.004, 0, 0.002, 0.005, 0.011, 0];
const ABANDONMENT_SEASON = [0.004, 0.003, 0, -0.003, -0.002, 0.001, 0.004, 0.005, 0, -0.004, -0.004, -0.001];

/** At scale 1, on an average day of trade. */
export const CARTS_A_DAY = 143;
/** Orders by telephone and sales representatives. */
export const DESK_ORDERS_A_DAY = 18;
/** Sessions beside those in which a cart is filled. */
export const VISITS_A_DAY = 760;

const of = (table: readonly number[], index: number): number => table[index] ?? 0;

/** Carts expected, at scale 1. */
export const cartsExpected = (day: Day): number =>
  day.trading ? CARTS_A_DAY * of(CART_WEEK, day.weekday) * of(SHOP_SEASON, day.monthNumber - 1) : 0;

/** Orders of the sales desk expected, at scale 1. */
export const deskOrdersExpected = (day: Day): number =>
  day.trading ? DESK_ORDERS_A_DAY * of(DESK_WEEK, day.weekday) * of(DESK_SEASON, day.monthNumber - 1) : 0;

/** Visits without a cart expected, at scale 1. */
export const visitsExpected = (day: Day): number =>
  VISITS_A_DAY * of(VISIT_WEEK, day.trading ? day.weekday : 6) * of(SHOP_SEASON, day.monthNumber - 1);

/** Share of the carts filled on that day that is abandoned, without stories. */
export const abandonmentExpected = (day: Day): number =>
  ABANDONMENT + of(ABANDONMENT_WEEK, day.weekday) + of(ABANDONMENT_SEASON, day.monthNumber - 1);
