import { FORECAST_WINDOWS, isForecastWindow } from '../../lake/catalogue/forecast.ts';
import type { Kpi, PeriodName } from '../../lake/catalogue/kpi.ts';
import { isTradingDay, lastDayOf, spanOf } from '../../lake/company/calendar.ts';
import { dailySeries } from '../../lake/series/daily-series.ts';
import { remembered } from '../../lake/series/remembered.ts';
import { datesBetween } from '../../lake/values/day.ts';
import type { Engine } from '../../platform/engine.ts';
import { Outlooks } from './back-test.ts';
import type { Forecast } from './forecast.ts';
import { type Facts, totalsOf } from './totals.ts';

/** Whole years looked back: two of back-tests, and the year before each. */
const YEARS = 3;

/** The forecasts of a day's windows, from the days up to it. */
export type Forecasts = (asOf: string, period: PeriodName) => Forecast | null;

/** Reads what happened on each day, once for all as-of dates (ascending), and forecasts from that. What is counted anyway is not read. */
export async function trendForecasts(
  engine: Engine,
  { catalogue, kpi, company, countedDays }: Facts,
  asOfs: readonly string[],
): Promise<Forecasts> {
  const [first, last] = [asOfs[0], asOfs.at(-1)];
  if (first === undefined || last === undefined) return () => null;
  const dates = datesBetween(historyFrom(yearOf(first)), last);
  const counted = await countedDays?.(kpi);
  const unread = counted === undefined ? dates : dates.filter((date) => !counted.covers(date));
  const read = await totalsOf(engine, { catalogue, kpi: withoutMembers(kpi), company }, unread, 'day');
  const asked = new Set(dates);
  const known = [...(counted?.totals ?? [])].filter(([date]) => asked.has(date));
  return forecastsFrom(new Map([...read, ...known]), company);
}

const yearOf = (date: string): number => Number(date.slice(0, 4));

/** The first day that forecasts of a year look at. */
export const historyFrom = (year: number): string => `${year - YEARS}-01-01`;

/**
 * From what happened on each day, of more days or fewer: a forecast looks at those from the first of January three years before
 * on, whichever other days were read with it. So a day measured again, alone or with ninety others, says the same; and days
 * of a year share what they learn.
 */
export function forecastsFrom(days: ReadonlyMap<string, number>, company: Facts['company']): Forecasts {
  const ofYear = remembered((year) => {
    const from = historyFrom(year);
    const seen = new Map([...days].filter(([date]) => date >= from));
    const series = dailySeries(seen, (date) => isTradingDay(company.closed, date));
    return series && new Outlooks(series);
  });
  return (asOf, period) => {
    const closesOn = lastDayOf(company, asOf, period);
    if (!isForecastWindow(period) || closesOn === null) return null;
    const { startsOn } = spanOf(company, asOf, period, 'current');
    const found = ofYear(yearOf(asOf))?.of(asOf, startsOn, closesOn, FORECAST_WINDOWS[period]);
    return found ? { value: found.forecast, range: found.range } : null;
  };
}

/** The KPI in total alone. */
const withoutMembers = (kpi: Kpi): Kpi => ({
  ...kpi,
  brokenDownBy: [],
  dimensions: {},
  cube: kpi.cube && {
    ...kpi.cube,
    quantities: kpi.cube.quantities.map((each) => ({ ...each, dimensions: [] })),
  },
});
