import { FORECAST_WINDOWS, isForecastWindow } from '../../lake/catalogue/forecast.ts';
import type { PeriodName } from '../../lake/catalogue/kpi.ts';
import { lastDayOf } from '../../lake/company/calendar.ts';
import { addDays, addMonths, daysBetween } from '../../lake/values/day.ts';
import type { Engine } from '../../platform/engine.ts';
import type { Forecast } from './forecast.ts';
import { rangeOfShares } from './interval.ts';
import { type Facts, totalsOf } from './totals.ts';

/** Windows that a forecast is tried on: a year of months, two years of quarters. */
const TRIED = { mtd: 12, qtd: 8 } as const;

/** The forecast of a window: what the KPI's SELECT gave, and of that what is booked already. */
export type OwnForecasts = (
  asOf: string,
  period: PeriodName,
  value: number,
  booked: number,
) => Forecast | null;

/** A window that is over, on the day with as many days left. */
interface Earlier {
  readonly seenOn: string;
  readonly closedOn: string;
}

/**
 * Of a KPI that is a forecast itself (`forecasts`): how far it was off in the windows before, on the days with as many days
 * left. It is asked for these days, and for the last days of these windows, on which it is what came.
 */
export async function ownForecasts(
  engine: Engine,
  facts: Facts,
  asOfs: readonly string[],
  periods: readonly PeriodName[],
): Promise<OwnForecasts> {
  const totals = new Map<PeriodName, ReadonlyMap<string, number>>();
  for (const period of periods.filter(isForecastWindow)) {
    const earlier = asOfs.flatMap((asOf) => earlierWindows(facts, asOf, period));
    const dates = [...new Set(earlier.flatMap(({ seenOn, closedOn }) => [seenOn, closedOn]))].sort();
    totals.set(period, await totalsOf(engine, facts, dates, period));
  }
  return (asOf, period, value, booked) => {
    const known = totals.get(period);
    if (known === undefined || lastDayOf(facts.company, asOf, period) === asOf) return null;
    const errors = earlierWindows(facts, asOf, period).flatMap(({ seenOn, closedOn }) => {
      const [said, came] = [known.get(seenOn), known.get(closedOn)];
      return said === undefined || came === undefined || said <= 0 ? [] : [{ said, came }];
    });
    return { value, range: rangeOfShares(value, booked, errors) };
  };
}

/** Newest first. */
function earlierWindows({ company }: Facts, asOf: string, period: PeriodName): Earlier[] {
  const closesOn = lastDayOf(company, asOf, period);
  if (!isForecastWindow(period) || closesOn === null) return [];
  const left = daysBetween(asOf, closesOn);
  return Array.from({ length: TRIED[period] }, (_, back) => {
    const closedOn = addDays(addMonths(addDays(closesOn, 1), -(back + 1) * FORECAST_WINDOWS[period]), -1);
    return { seenOn: addDays(closedOn, -left), closedOn };
  });
}
