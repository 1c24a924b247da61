import { type BusinessEvent, type DaysSpan, touches } from '../../lake/alerts/events.ts';
import type { PeriodName } from '../../lake/catalogue/kpi.ts';
import { axisValue } from '../../languages/axis.ts';
import { formatDate } from '../../languages/dates.ts';
import type { Language } from '../../languages/language.ts';
import { sparklineShapes } from '../charts/sparkline.ts';
import { type AxisWords, type Drawing, drawTrend, type Trend, type TrendSpan } from '../charts/trend.ts';
import { concerns } from '../letters/noted.ts';
import type { AlertSpan } from '../model/alert-spans.ts';
import type { CourseFigures, KpiDay, TrendFigures } from '../model/day.ts';

/** A chart is drawn for each width, so that its letters keep their size; the style sheet shows one. */
export const SIZES = {
  wide: { width: 880, height: 230 },
  narrow: { width: 350, height: 200 },
  spark: { width: 110, height: 26 },
} as const;
type Width = 'wide' | 'narrow';

/** The charts of a KPI: the way of its own window, and the year. */
export type ChartName = 'course' | 'trend';

/** Every line of the page, drawn once: each stands in several tables and in every language. */
export interface Drawings {
  /** Id of a window's small line; null where there is nothing to draw. */
  spark(kpi: string, period: PeriodName): string | null;
  /** Id of a chart's shapes, and its labels as SVG. */
  chart(name: ChartName, width: Width, language: Language): DrawnChart;
  /** The shapes, for one place of the page. */
  readonly shapes: string;
}

/** A chart of the page: the id of its shapes, its labels as SVG, and where its days are, as parts of its width. */
export interface DrawnChart {
  readonly id: string;
  readonly labels: string;
  readonly ends: readonly [number, number];
}

/** Lines of many figures, each in the window shown first. */
export function sparksOf(sheets: readonly KpiDay[]): Drawings {
  return drawings(
    sheets.flatMap((sheet) => sparks(sheet, [sheet.period], everySecond)),
    [],
  );
}

/** Everything that is drawn of one KPI: its charts with what happened, and a line for each window. */
export function drawingsOf(
  sheet: KpiDay,
  events: readonly BusinessEvent[],
  currency: string,
  languages: readonly Language[],
): Drawings {
  const periods = sheet.windows.map(({ period }) => period);
  const axes = { words: axesOf(sheet.kpi.unit, currency, languages) };
  const charts = chartsOf(sheet, events).flatMap(({ name, trend }) =>
    (['wide', 'narrow'] as const).map(
      (width): Drawn => [`${name}-${width}`, drawTrend(trend, { ...SIZES[width], ...axes })],
    ),
  );
  return drawings([...charts, ...sparks(sheet, periods)], languages);
}

type Drawn = readonly [id: string, Drawing | { readonly shapes: string }];

function drawings(all: readonly Drawn[], languages: readonly Language[]): Drawings {
  const drawn = new Map(all);
  return {
    spark: (kpi, period) => (drawn.has(sparkId(kpi, period)) ? sparkId(kpi, period) : null),
    chart(name, width, language) {
      const id = `${name}-${width}`;
      const drawing = drawn.get(id);
      if (!drawing || !('labels' in drawing)) return { id, labels: '', ends: [0, 1] };
      return { id, labels: drawing.labels[languages.indexOf(language)] ?? '', ends: drawing.ends };
    },
    shapes: all.map(([id, { shapes }]) => `<g id="${id}">${shapes}</g>`).join(''),
  };
}

type Values = readonly (number | null)[];

/** From the last day back: of many lines on a page, a finger's breadth each, nobody sees more. */
const everySecond = (values: Values): Values =>
  values.filter((_, place) => (values.length - 1 - place) % 2 === 0);

function sparks(
  { kpi, windows }: KpiDay,
  periods: readonly PeriodName[],
  thin: (values: Values) => Values = (values) => values,
): Drawn[] {
  return windows.flatMap(({ period, recent }): Drawn[] => {
    const values = thin(recent);
    if (!periods.includes(period) || values.filter((value) => value !== null).length < 2) return [];
    const shapes = sparklineShapes(values, { ...SIZES.spark, colour: 'var(--line)' });
    return [[sparkId(kpi.id, period), { shapes }]];
  });
}

const sparkId = (kpi: string, period: PeriodName): string => `line-${kpi}-${period}`;

/** How a unit is labelled, in each language of `languages`. */
const axesOf = (unit: KpiDay['kpi']['unit'], currency: string, languages: readonly Language[]) =>
  languages.map(
    (language): AxisWords => ({
      value: (value) => axisValue(value, unit, { language, currency }),
      day: (date) => formatDate(date, language, 'short'),
    }),
  );

export interface KpiChart {
  readonly name: ChartName;
  readonly figures: TrendFigures | CourseFigures;
  readonly trend: Trend;
}

/** The charts that a KPI has, its own window first. */
export function chartsOf(sheet: KpiDay, events: readonly BusinessEvent[]): KpiChart[] {
  const drawn = { course: sheet.course, trend: sheet.trend };
  const own = events.filter((event) => marks(event, sheet));
  return (['course', 'trend'] as const).flatMap((name) => {
    const figures = drawn[name];
    return figures ? [{ name, figures, trend: shadedTrend(figures, sheet.spans, own) }] : [];
  });
}

/** Whether an event is drawn in a KPI’s charts: those of a member are told below them, as they are not the company’s. */
const marks = (event: BusinessEvent, { kpi }: KpiDay): boolean =>
  event.member === null && concerns(event, kpi, null);

/** The days of open alerts on the total, and of events, as places on the axis: a customer's alert does not shade the company's line. */
export function shadedTrend<Figures extends TrendFigures>(
  trend: Figures,
  spans: readonly AlertSpan[],
  events: readonly BusinessEvent[] = [],
): Figures & Trend {
  const [first = '', last = ''] = [trend.dates[0], trend.dates.at(-1)];
  const place = (date: string, beyond: number): number => {
    const at = trend.dates.indexOf(date);
    return at < 0 ? beyond : at;
  };
  const placed = (days: readonly DaysSpan[]): TrendSpan[] =>
    days
      .filter((span) => touches(span, { from: first, to: last }))
      .map(({ from, to }) => ({ from: place(from, 0), to: place(to, trend.dates.length - 1) }));
  return { ...trend, spans: placed(spans.filter(({ member }) => member === null)), events: placed(events) };
}
