import { hasTrend } from '../../lake/catalogue/forecast.ts';
import type { PeriodName } from '../../lake/catalogue/kpi.ts';
import { FIGURE_SCALE, type GrowingColumns } from '../../lake/snapshot/columns.ts';
import type { ForecastKind } from '../../lake/values/vocabulary.ts';
import type { Engine } from '../../platform/engine.ts';
import type { Forecast } from './forecast.ts';
import type { Range } from './interval.ts';
import { ownForecasts } from './own-forecasts.ts';
import type { Facts } from './totals.ts';
import { trendForecasts } from './trend-forecasts.ts';

/** The forecast of a window, from the figures of its as-of date. */
type ForecastOf = (asOf: string, period: PeriodName, figures: GrowingColumns) => Forecast | null;

/** The windows of a KPI and their forecasts; null of one that has none. */
export interface KpiForecasts {
  readonly windows: readonly PeriodName[];
  readonly of: ForecastOf;
}

/** What is needed to forecast a KPI's windows on these as-of dates (ascending); null where nothing of it can be. */
export async function readForecasts(
  engine: Engine,
  facts: Facts,
  asOfs: readonly string[],
  windows: readonly PeriodName[],
): Promise<KpiForecasts | null> {
  const { kpi } = facts;
  if (kpi.forecasts) {
    const own = await ownForecasts(engine, facts, asOfs, windows);
    return {
      windows,
      of: (asOf, period, figures) => {
        const value = numberOf(figures, period, null);
        return value === null ? null : own(asOf, period, value, numberOf(figures, period, BOOKED) ?? 0);
      },
    };
  }
  if (!hasTrend(kpi)) return null;
  const trend = await trendForecasts(engine, facts, asOfs);
  return { windows, of: (asOf, period) => trend(asOf, period) };
}

/** The member of a forecast's stages that is no forecast any more. */
const BOOKED = '(booked)';

function numberOf(figures: GrowingColumns, period: PeriodName, member: string | null): number | null {
  const at = figures.period.findIndex(
    (name, index) =>
      name === period && figures.comparison[index] === 'current' && figures.member[index] === member,
  );
  const found = at === -1 ? null : (figures.numerator[at] ?? null);
  return found === null ? null : Number(found) / 10 ** FIGURE_SCALE;
}

/** Adds the forecasts of an as-of date's windows to its figures: of the total, in the KPI's unit. */
export function addForecasts(forecasts: KpiForecasts | null, asOf: string, figures: GrowingColumns): void {
  for (const period of forecasts?.windows ?? []) {
    const forecast = forecasts?.of(asOf, period, figures);
    if (!forecast) continue;
    const { value, range } = forecast;
    const numbers: readonly (readonly [ForecastKind, number])[] = [
      ['forecast', value],
      ...(range === null ? [] : rangeKinds(value, range)),
    ];
    for (const [kind, number] of numbers) {
      figures.period.push(period);
      figures.comparison.push(kind);
      figures.dimension.push(null);
      figures.member.push(null);
      figures.numerator.push(scaled(number));
      figures.denominator.push(null);
    }
  }
}

const rangeKinds = (value: number, { low, high, usualError }: Range): [ForecastKind, number][] => [
  ['forecast_low', low],
  ['forecast_high', high],
  ['forecast_error', Math.abs(value) * usualError],
];

/** Two decimals are more than a forecast knows, and the same on every machine. */
const scaled = (number: number): bigint => BigInt(Math.round(number * 100)) * 10n ** BigInt(FIGURE_SCALE - 2);
