import { daysBetween } from '../../../../functions/lake/values/day.ts';
import type { Day } from '../../../kit/calendar.ts';
import type { Story } from '../stories.ts';
import { LEVELS } from '../story-levels.ts';
import type { Truth } from './count.ts';
import { acquisitionCostOf, type DayTruth } from './day-truth.ts';
import { bestCustomers, type Purchase } from './segments.ts';

const YEAR = 364;

/**
 * First trading day, from the story's first day on, on which what it is about can be noticed: worked out from the
 * truth with the rule's window and level. Null when it is not noticed before the end.
 */
export function firesOn(
  story: Story,
  days: readonly Day[],
  { days: truth, purchases }: Truth,
): string | null {
  const crossed = CROSSED[story.id];
  const from = days.findIndex((day) => day.date === story.startsOn);
  for (let at = from; at < truth.length; at += 1) {
    if (days[at]?.trading && crossed(truth.slice(0, at + 1), { days, story, purchases }))
      return days[at]?.date ?? null;
  }
  return null;
}

interface Known {
  readonly days: readonly Day[];
  readonly story: Story;
  readonly purchases: readonly Purchase[];
}
type Crossed = (truth: readonly DayTruth[], known: Known) => boolean;

/** Whether the level of a story's rule is crossed on the last of these days. */
const CROSSED: Readonly<Record<Story['id'], Crossed>> = {
  'stock-out': (truth) => abandonmentRate(truth) > LEVELS.abandonment,
  'runaway-campaign': (truth) => acquisitionCost(truth) > LEVELS.acquisitionCost,
  'halved-customer': (truth) => {
    const before = sum(truth.slice(0, -YEAR).slice(-28), (day) => day.bruecknerRevenue);
    const now = sum(truth.slice(-28), (day) => day.bruecknerRevenue);
    return truth.length >= YEAR + 28 && now / before - 1 < LEVELS.customerRevenue;
  },
  'silent-tags': (truth, { days, story }) => {
    const behind = days.filter(
      (day) =>
        day.trading && day.date >= story.startsOn && daysBetween(day.date, truth.at(-1)?.date ?? '') >= 0,
    );
    return behind.length > LEVELS.tagsAge;
  },
  'undersold-programme': (truth) => {
    const window = truth.slice(-28);
    const list = sum(window, (day) => day.clearanceList);
    const rate = sum(window, (day) => day.clearanceDiscount) / list;
    return list / 10_000 >= LEVELS.bookingDiscountVolume && rate > LEVELS.bookingDiscount;
  },
  'quiet-segment': (truth, { purchases }) => bestChange(purchases, truth.length - 1) < LEVELS.bestCustomers,
};

/** Customers of the best segment against those of the year before; 0 where that year is not known in whole. */
export function bestChange(purchases: readonly Purchase[], day: number): number {
  return day < YEAR + 364 ? 0 : bestCustomers(purchases, day) / bestCustomers(purchases, day - YEAR) - 1;
}

const sum = (days: readonly DayTruth[], of: (day: DayTruth) => number): number =>
  days.reduce((total, day) => total + of(day), 0);

/** Of the 7 days that end the list. */
export function abandonmentRate(truth: readonly DayTruth[]): number {
  const window = truth.slice(-7);
  return sum(window, (day) => day.abandonedCarts) / sum(window, (day) => day.carts);
}

/** Euro a new customer, of the 28 days that end the list. */
export function acquisitionCost(truth: readonly DayTruth[]): number {
  const window = truth.slice(-28);
  return sum(window, acquisitionCostOf) / 10_000 / sum(window, (day) => day.newCustomers);
}
