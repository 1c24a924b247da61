import { describe, expect, test } from 'vitest';
import { LEVELS } from '../../sandbox/companies/wholesale/story-levels.ts';
import { acquisitionCostOf } from '../../sandbox/companies/wholesale/truth/day-truth.ts';
import {
  abandonmentRate,
  acquisitionCost,
  bestChange,
  firesOn,
} from '../../sandbox/companies/wholesale/truth/firing.ts';
import { tradingDayBefore } from '../../sandbox/kit/calendar.ts';
import { lived, total } from './inventing.ts';

describe('the planted stories, in the truth', () => {
  const eventful = lived();
  const calm = lived({ stories: false });

  // A day of each kind: every weekday, after Easter, at New Year, after Ascension, a leap day.
  test.each([
    '2026-11-16',
    '2026-11-17',
    '2026-11-18',
    '2026-11-19',
    '2026-11-20',
    '2026-11-21',
    '2026-11-22',
    '2026-04-07',
    '2026-01-03',
    '2026-05-15',
    '2024-02-29',
  ])('the stock-out makes its alert on the last trading day up to %s', (endsOn) => {
    const { days, last, stories, truth } = lived({ endsOn, days: 60 });
    const story = stories.find(({ id }) => id === 'stock-out');
    expect(story && firesOn(story, days, truth)).toBe(tradingDayBefore(days, last).date);
  });

  test('abandonment is above its limit because carts with the brand stay behind', () => {
    expect(abandonmentRate(calm.truth.days)).toBeLessThan(0.735);
    expect(abandonmentRate(eventful.truth.days)).toBeGreaterThan(LEVELS.abandonment);
    const last7 = (truth: typeof calm.truth) =>
      total(truth.days.slice(-4), (day) => day.stockOutAbandonedCarts);
    expect(last7(eventful.truth)).toBeGreaterThan(5 * last7(calm.truth));
  });

  test('the campaign costs ten times as much and brings nobody more', () => {
    const start = eventful.days.findIndex((day) => day.date === '2026-10-28');
    const linkedin = (truth: typeof calm.truth) =>
      total(truth.days.slice(start), (day) => day.adCost.linkedin);
    expect(linkedin(eventful.truth) / linkedin(calm.truth)).toBeCloseTo((160 * 10 + 110 + 50) / 320, 0);
    const newcomers = (truth: typeof calm.truth) => total(truth.days.slice(start), (day) => day.newCustomers);
    expect(Math.abs(newcomers(eventful.truth) - newcomers(calm.truth))).toBeLessThan(4);
    expect(total(eventful.truth.days, acquisitionCostOf)).toBeGreaterThan(
      total(calm.truth.days, acquisitionCostOf),
    );
  });

  test('the tags are silent, and stale two trading days after', () => {
    const { days, stories, truth } = eventful;
    const story = stories.find(({ id }) => id === 'silent-tags');
    expect(story?.startsOn).toBe('2026-11-18');
    expect(story && firesOn(story, days, truth)).toBe('2026-11-19');
    expect(truth.days.filter((day) => day.sessions === 0).map((day) => day.date)).toEqual([
      '2026-11-18',
      '2026-11-19',
      '2026-11-20',
      '2026-11-21',
    ]);
  });

  test('the customer’s revenue halves', () => {
    const start = eventful.days.findIndex((day) => day.date === '2026-10-14');
    const revenue = (truth: typeof calm.truth, from: number, to?: number) =>
      total(truth.days.slice(from, to), (day) => day.bruecknerRevenue);
    expect(revenue(eventful.truth, 0, start)).toBe(revenue(calm.truth, 0, start));
    expect(revenue(eventful.truth, start) / revenue(calm.truth, start)).toBeCloseTo(0.5, 1);
  });

  test('without stories two years stay below every level; with them each is noticed once it begins', () => {
    const { days: quiet, purchases } = lived({ days: 800, stories: false }).truth;
    for (let end = 400; end <= 800; end += 1) {
      if (!quiet[end - 1]?.trading) continue;
      const until = quiet.slice(0, end);
      expect(abandonmentRate(until)).toBeLessThan(0.735);
      expect(acquisitionCost(until)).toBeLessThan(1450);
      expect(bestChange(purchases, end - 1)).toBeGreaterThanOrEqual(0);
      expect(until.at(-1)?.clearanceList).toBe(0);
    }
    const { days, stories, truth } = lived({ days: 450 });
    expect(stories.map((story) => [story.id, firesOn(story, days, truth)])).toEqual([
      ['stock-out', '2026-11-21'],
      ['runaway-campaign', expect.stringMatching(/^2026-11-(0[6-9]|1[0-3])$/)],
      ['silent-tags', '2026-11-19'],
      ['halved-customer', expect.stringMatching(/^2026-(10-3\d|11-(0\d|1[0-2]))$/)],
      ['undersold-programme', expect.stringMatching(/^2026-(10-3\d|11-0\d)$/)],
      // It takes two years to compare a year with the one before.
      ['quiet-segment', null],
    ]);
  });
});
