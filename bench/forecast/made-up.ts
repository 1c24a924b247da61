import { type DailySeries, dailySeries } from '../../functions/lake/series/daily-series.ts';
import { addDays } from '../../functions/lake/values/day.ts';
import { CLOSED } from '../../sandbox/companies/saas/invent.ts';
import { daysFrom } from '../../sandbox/kit/calendar.ts';
import { type Lived, live } from '../culprit/facts.ts';
import { liveSaas } from '../culprit/saas-facts.ts';

/** The last day of the made-up companies. */
export const ENDS_ON = '2026-11-30';
const DAYS = 1200;
const FIRST = addDays(ENDS_ON, 1 - DAYS);

/** What is added up in the made-up companies, by day, without any story: the wholesaler's revenue and orders, the software company's leads. */
export function madeUpSeries(seed: number): Readonly<Record<string, DailySeries>> {
  const wholesaler = live(seed, ENDS_ON, DAYS);
  const openDays = daysFrom(FIRST, DAYS);
  return {
    'the wholesaler’s net_revenue': byDay(wholesaler, 'net_revenue', openDays),
    'the wholesaler’s orders': byDay(wholesaler, 'orders', openDays),
    'the software company’s new_leads': byDay(
      liveSaas(seed, ENDS_ON, DAYS),
      'new_leads',
      daysFrom(FIRST, DAYS, CLOSED),
    ),
  };
}

type OpenDays = ReturnType<typeof daysFrom>;

function byDay({ dates, facts }: Lived, id: string, openDays: OpenDays): DailySeries {
  const found = facts.find((each) => each.id === id);
  const trading = new Set(openDays.filter(({ trading: trades }) => trades).map(({ date }) => date));
  const sums = dates.map((date, at): [string, number] => [
    date,
    (found?.days[at] ?? []).reduce((sum, { numerator, times }) => sum + numerator * times, 0),
  ]);
  const series = dailySeries(new Map(sums), (date) => trading.has(date));
  if (found === undefined || series === null) throw new RangeError(`the made-up company has no ${id}`);
  return series;
}
