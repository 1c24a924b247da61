import { daysBetween } from '../../../../functions/lake/values/day.ts';
import type { Day } from '../../../kit/calendar.ts';
import type { Story } from '../stories.ts';
import { LEVELS } from '../story-levels.ts';
import { acquisitionCostOf, type DayTruth } from './day-truth.ts';

const YEAR = 364;

/**
 * First trading day, from the story's first day on, on which what it is about can be noticed: worked out from the
 * truth with the rule's window and level. Null when it is not noticed before the end.
 */
export function firesOn(story: Story, days: readonly Day[], truth: readonly DayTruth[]): string | null {
  const crossed = CROSSED[story.id];
  const from = days.findIndex((day) => day.date === story.startsOn);
  for (let at = from; at < truth.length; at += 1) {
    if (days[at]?.trading && crossed(truth.slice(0, at + 1), days, story)) return days[at]?.date ?? null;
  }
  return null;
}

type Crossed = (truth: readonly DayTruth[], days: readonly Day[], story: Story) => boolean;

/** Whether the level of a story's rule is crossed on the last of these days. */
const CROSSED: Readonly<Record<Story['id'], Crossed>> = {
  'stock-out': (truth) => abandonmentRate(truth) > LEVELS.abandonment,
  'runaway-campaign': (truth) => acquisitionCost(truth) > LEVELS.acquisitionCost,
  'halved-customer': (truth) => {
    const before = sum(truth.slice(0, -YEAR).slice(-28), (day) => day.bruecknerRevenue);
    const now = sum(truth.slice(-28), (day) => day.bruecknerRevenue);
    return truth.length >= YEAR + 28 && now / before - 1 < LEVELS.customerRevenue;
  },
  'silent-tags': (truth, days, story) => {
    const behind = days.filter(
      (day) =>
        day.trading && day.date >= story.startsOn && daysBetween(day.date, truth.at(-1)?.date ?? '') >= 0,
    );
    return behind.length > LEVELS.tagsAge;
  },
};

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
