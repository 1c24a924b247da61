import type { FigureKind, Kpi, PeriodName } from '../../functions/lake/catalogue/kpi.ts';
import { latestAsOf } from '../../functions/lake/snapshot/store.ts';
import { surveyInterval } from '../../functions/lake/snapshot/survey.ts';
import { isDay } from '../../functions/lake/values/day.ts';
import type { ForecastKind } from '../../functions/lake/values/vocabulary.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import type { ComparedFigure, Day, KpiDay } from '../../functions/report/model/day.ts';
import { readDay } from '../../functions/report/model/read-day.ts';
import type { Context } from '../context.ts';

/** Which figures of a KPI are asked for; what is left out: the newest day, the headline window, the total of now. */
export interface AskedFigures {
  readonly date?: string | undefined;
  readonly period?: PeriodName | undefined;
  readonly comparison?: FigureKind | undefined;
  readonly dimension?: string | undefined;
  /** A day or an instant: the figures as they were known then. */
  readonly knownAt?: string | undefined;
}

/** One figure as `values` prints it; `value` null where there is none. */
export interface ValueRow {
  readonly kpi: string;
  readonly as_of: string;
  readonly period: string;
  readonly comparison: string;
  readonly dimension: string | null;
  readonly member: string | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly value: number | null;
  /** Of a window that runs on: what it will be at its end, between what four times in five, and how far forecasts usually are off. */
  readonly forecast: number | null;
  readonly forecast_low: number | null;
  readonly forecast_high: number | null;
  readonly forecast_error: number | null;
  /** Of a survey: between what the figure would lie had everybody been asked, 19 times in 20. */
  readonly interval_low: number | null;
  readonly interval_high: number | null;
  /** What others reach, where a benchmark is known. */
  readonly benchmark: number | null;
  readonly unit: string;
  readonly quality: string;
}

/** The figures of a KPI that were asked for. Throws WINDOW_UNKNOWN, DIMENSION_UNKNOWN, USAGE for an instant that is none. */
export async function figuresOf(context: Context, kpi: Kpi, options: AskedFigures): Promise<ValueRow[]> {
  refuseUnknown(kpi, options);
  const date = options.date ?? (await latestAsOf(context.platform.bucket, kpi.id));
  if (date === undefined) return [];
  const day = await askedDay(context, kpi, { ...options, date, brief: true });
  return day.kpis.flatMap((of) => valueRows(of, date, options));
}

/** Throws WINDOW_UNKNOWN, DIMENSION_UNKNOWN, with what the KPI offers. */
export function refuseUnknown(
  kpi: Kpi,
  { period, dimension }: Pick<AskedFigures, 'period' | 'dimension'>,
): void {
  if (period !== undefined && !kpi.windows.includes(period)) {
    throw new VigieError(`${kpi.id} has no window ${period}.`, {
      code: 'WINDOW_UNKNOWN',
      hint: `It offers ${kpi.windows.join(', ')}.`,
    });
  }
  if (dimension !== undefined && !Object.hasOwn(kpi.dimensions, dimension)) {
    const dimensions = Object.keys(kpi.dimensions).join(', ') || 'none';
    throw new VigieError(`${kpi.id} has no dimension ${dimension}.`, {
      code: 'DIMENSION_UNKNOWN',
      hint: `It offers ${dimensions}.`,
    });
  }
}

/**
 * What is recorded of one KPI on a day, for whoever asks: `values`, an assistant, `open`. `brief` leaves out the year's trend,
 * what is usual, and causes. Throws what is wrong with the figures, USAGE for an instant that is none.
 */
export async function askedDay(
  { company, platform, catalogue }: Context,
  kpi: Kpi,
  {
    date,
    period = kpi.headline,
    knownAt,
    brief,
  }: AskedFigures & { readonly date: string; readonly brief?: true },
): Promise<Day> {
  // A KPI that is switched off has no figures of today, but may have earlier ones: it was asked for by name.
  const asked = { ...company, kpis: { ...company.kpis, off: {}, themes: undefined, windows_off: [] } };
  const day = await readDay(platform.bucket, {
    ...{ company: asked, catalogue: { ...catalogue, kpis: [kpi], lists: [] }, asOf: date, period },
    ...(knownAt !== undefined && { knownAt: instantOf(knownAt) }),
    ...(brief && { brief }),
  });
  const failed = day.broken.find(({ item }) => item === `figures of ${kpi.id}`);
  if (failed) throw new VigieError(failed.problem.message, { ...failed.problem });
  return day;
}

/** An instant as ISO text, of a day or an instant. Throws USAGE. */
export function instantOf(text: string): string {
  const instant = new Date(text);
  if (Number.isNaN(instant.getTime()) || !isDay(text.slice(0, 10))) {
    throw new VigieError(`--known-at ${text} is no instant.`, {
      code: 'USAGE',
      hint: 'Write 2026-11-21 or 2026-11-21T07:00:00Z.',
    });
  }
  return instant.toISOString();
}

/** The total, or the members of the dimension asked for, largest first. */
function valueRows(of: KpiDay, asOf: string, options: AskedFigures): ValueRow[] {
  const { kpi, period, quality } = of;
  const { dimension = null, comparison = 'current' } = options;
  const lines: readonly (ComparedFigure & { readonly member?: string })[] =
    dimension === null
      ? of.windows.filter((window) => window.period === period)
      : of.breakdowns.filter((each) => each.dimension === dimension).flatMap(({ members }) => members);
  return lines.flatMap(({ member = null, figures }) => {
    const figure = figures[comparison];
    const about = { kpi: kpi.id, as_of: asOf, period, comparison, dimension, member };
    if (!figure) return [];
    const { numerator, denominator, value } = figure;
    const ahead = forecastOf(comparison === 'current' && dimension === null ? figures : {});
    const interval = surveyInterval(kpi, figure);
    const beside = {
      interval_low: interval?.low ?? null,
      interval_high: interval?.high ?? null,
      benchmark: comparison === 'current' && value !== null ? (kpi.benchmark?.value ?? null) : null,
    };
    return [{ ...about, numerator, denominator, value, ...ahead, ...beside, unit: kpi.unit, quality }];
  });
}

function forecastOf(figures: ComparedFigure['figures']): Record<ForecastKind, number | null> {
  const of = (kind: ForecastKind): number | null => figures[kind]?.value ?? null;
  return {
    forecast: of('forecast'),
    forecast_low: of('forecast_low'),
    forecast_high: of('forecast_high'),
    forecast_error: of('forecast_error'),
  };
}
