import { FORECAST_WINDOWS, isForecastWindow } from '../../lake/catalogue/forecast.ts';
import type { Kpi, PeriodName } from '../../lake/catalogue/kpi.ts';
import { isTradingDay, lastDayOf, spanOf } from '../../lake/company/calendar.ts';
import { dailySeries } from '../../lake/series/daily-series.ts';
import { addDays, datesBetween } from '../../lake/values/day.ts';
import type { Engine } from '../../platform/engine.ts';
import { Outlooks } from './back-test.ts';
import type { Forecast } from './forecast.ts';
import { type Facts, totalsOf } from './totals.ts';

/** Days looked back: two years of back-tests, and the year before each. */
const HISTORY_DAYS = 1200;

/** The forecasts of a day's windows, from the days up to it. */
export type Forecasts = (asOf: string, period: PeriodName) => Forecast | null;

/** Reads what happened on each day, once for all as-of dates (ascending), and forecasts from that. */
export async function trendForecasts(
  engine: Engine,
  { catalogue, kpi, company }: Facts,
  asOfs: readonly string[],
): Promise<Forecasts> {
  const last = asOfs.at(-1);
  if (last === undefined) return () => null;
  const dates = datesBetween(addDays(asOfs[0] as string, -HISTORY_DAYS), last);
  const days = await totalsOf(engine, { catalogue, kpi: withoutMembers(kpi), company }, dates, 'day');
  const series = dailySeries(days, (date) => isTradingDay(company.closed, date));
  const outlooks = series && new Outlooks(series);
  return (asOf, period) => {
    const closesOn = lastDayOf(company, asOf, period);
    if (outlooks === null || !isForecastWindow(period) || closesOn === null) return null;
    const { startsOn } = spanOf(company, asOf, period, 'current');
    const found = outlooks.of(asOf, startsOn, closesOn, FORECAST_WINDOWS[period]);
    return found && { value: found.forecast, range: found.range };
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
