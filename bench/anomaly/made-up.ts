import { type DailySeries, dailySeries } from '../../functions/lake/series/daily-series.ts';
import { counted as asCounted, relative } from '../../functions/lake/series/deviation.ts';
import { addDays, datesBetween, weekdayOf } from '../../functions/lake/values/day.ts';
import type { Random } from '../../sandbox/kit/random.ts';
import type { Kept } from './rules.ts';

const LAST = '2026-11-30';
const DAYS = 1100;
const HOLIDAYS = ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'];
/** Half as much again in the first half of March, every year. */
const CAMPAIGN = { from: '03-01', to: '03-14', factor: 1.5 };
const WEEKDAYS: Readonly<Record<string, number>> = {
  monday: 1.2,
  tuesday: 1.1,
  wednesday: 1,
  thursday: 1,
  friday: 0.7,
};

const trades = (date: string): boolean =>
  !['saturday', 'sunday'].includes(weekdayOf(date)) && !HOLIDAYS.includes(date.slice(5));

/** What is expected of a day, out of 1. */
function usual(date: string, index: number, monthEnd: number): number {
  const season = 1 + 0.25 * Math.sin((2 * Math.PI * (Number(date.slice(5, 7)) - 4)) / 12);
  const growth = 1.1 ** (index / 365);
  const campaign = date.slice(5) >= CAMPAIGN.from && date.slice(5) <= CAMPAIGN.to ? CAMPAIGN.factor : 1;
  return (WEEKDAYS[weekdayOf(date)] ?? 0) * season * growth * campaign * (isLast(date) ? monthEnd : 1);
}

/** Whether no day of the month after it is one of trade. */
function isLast(date: string): boolean {
  for (let next = addDays(date, 1); next.slice(0, 7) === date.slice(0, 7); next = addDays(next, 1))
    if (trades(next)) return false;
  return true;
}

/** Three years of a company's days, of which it is known which are usual: all. */
export function madeUp(random: Random): Readonly<Record<string, Kept>> {
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random.float())) * Math.cos(2 * Math.PI * random.float());
  const counted = (mean: number): number => {
    let [count, product] = [0, random.float()];
    for (const end = Math.exp(-mean); product > end; count += 1) product *= random.float();
    return count;
  };
  const series = (value: (share: number) => number, monthEnd = 1): Kept => {
    const dates = datesBetween(addDays(LAST, 1 - DAYS), LAST);
    const days = dates.map((date, index): [string, number] => [
      date,
      trades(date) ? value(usual(date, index, monthEnd)) : 0,
    ]);
    return {
      series: dailySeries(new Map(days), trades) as DailySeries,
      measure: monthEnd > 1 ? relative : asCounted,
    };
  };
  return {
    'revenue, five times on the last day': series((share) => 40_000 * share * Math.exp(0.15 * normal()), 5),
    'revenue, one day in ten wild': series(
      (share) => 40_000 * share * Math.exp((random.chance(0.1) ? 0.5 : 0.15) * normal()),
      2,
    ),
    'orders, some 60 a day': series((share) => counted(60 * share)),
    'leads, some 4 a day': series((share) => counted(4 * share)),
  };
}
