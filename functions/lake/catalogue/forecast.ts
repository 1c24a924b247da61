import type { Kpi, PeriodName } from './kpi.ts';

/** Windows that are forecast, and their months. A year ahead is nobody's to know. */
export const FORECAST_WINDOWS = { mtd: 1, qtd: 3 } as const;

export const isForecastWindow = (period: PeriodName): period is keyof typeof FORECAST_WINDOWS =>
  Object.hasOwn(FORECAST_WINDOWS, period);

/** Whether it is known of a KPI, day by day, what its window will come to: an amount or a count that adds up, shown to date. */
export function hasTrend({ cube, ratio, headline }: Pick<Kpi, 'cube' | 'ratio' | 'headline'>): boolean {
  const [only, ...others] = cube?.gives === 'figures' ? cube.quantities : [];
  return !ratio && only?.kind === 'sum' && others.length === 0 && ['mtd', 'qtd', 'ytd'].includes(headline);
}

/** Whether anything says where a KPI's window will end: its days, or what its SELECT foresees. */
export const isForecast = (kpi: Pick<Kpi, 'cube' | 'ratio' | 'headline' | 'forecasts'>): boolean =>
  kpi.forecasts === true || hasTrend(kpi);
