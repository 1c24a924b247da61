import type { PeriodName } from '../../lake/catalogue/kpi.ts';
import { axisValue } from '../../languages/axis.ts';
import { formatDate } from '../../languages/dates.ts';
import type { Language } from '../../languages/language.ts';
import { sparklineShapes } from '../charts/sparkline.ts';
import { type AxisWords, type Drawing, drawTrend, type Trend } from '../charts/trend.ts';
import type { AlertSpan } from '../model/alert-spans.ts';
import type { KpiDay, TrendFigures } from '../model/day.ts';

/** A chart is drawn for each width, so that its letters keep their size; the style sheet shows one. */
export const SIZES = {
  wide: { width: 880, height: 210 },
  narrow: { width: 350, height: 180 },
  spark: { width: 110, height: 26 },
} as const;
type Width = 'wide' | 'narrow';

/** Every line of the page, drawn once: each stands in several tables and in every language. */
export interface Drawings {
  /** Id of a window's small line; null where there is nothing to draw. */
  spark(kpi: string, period: PeriodName): string | null;
  /** Id of a trend's shapes, and its labels as SVG. */
  trend(kpi: string, width: Width, language: Language): { readonly id: string; readonly labels: string };
  /** The shapes, for one place of the page. */
  readonly shapes: string;
}

export function drawingsOf(
  sheets: readonly KpiDay[],
  currency: string,
  languages: readonly Language[],
): Drawings {
  const drawn = new Map<string, Drawing>();
  for (const { kpi, windows, ...sheet } of sheets) {
    for (const { period, recent } of windows) {
      if (recent.filter((value) => value !== null).length < 2) continue;
      const id = sparkId(kpi.id, period);
      const shapes = sparklineShapes(recent, { ...SIZES.spark, colour: 'var(--line)' });
      drawn.set(id, { shapes, labels: [] });
    }
    if (!sheet.trend) continue;
    for (const width of ['wide', 'narrow'] as const) {
      const trend = shadedTrend(sheet.trend, sheet.spans);
      const options = { ...SIZES[width], ...axesOf(kpi.unit, currency, languages) };
      drawn.set(trendId(kpi.id, width), drawTrend(trend, options));
    }
  }
  return {
    spark: (kpi, period) => (drawn.has(sparkId(kpi, period)) ? sparkId(kpi, period) : null),
    trend(kpi, width, language) {
      const id = trendId(kpi, width);
      return { id, labels: drawn.get(id)?.labels[languages.indexOf(language)] ?? '' };
    },
    shapes: [...drawn].map(([id, { shapes }]) => `<g id="${id}">${shapes}</g>`).join(''),
  };
}

const sparkId = (kpi: string, period: PeriodName): string => `line-${kpi}-${period}`;
const trendId = (kpi: string, width: Width): string => `trend-${kpi}-${width}`;

/** How a unit is drawn and labelled, in each language of `languages`. */
const axesOf = (unit: KpiDay['kpi']['unit'], currency: string, languages: readonly Language[]) => ({
  fromZero: unit === 'currency' || unit === 'count' || unit === 'units',
  words: languages.map(
    (language): AxisWords => ({
      value: (value) => axisValue(value, unit, { language, currency }),
      day: (date) => formatDate(date, language, 'short'),
    }),
  ),
});

/** The days of open alerts on the total as places on the axis: a customer's alert does not shade the company's line. */
export function shadedTrend(trend: TrendFigures, spans: readonly AlertSpan[]): Trend {
  const first = trend.dates[0] ?? '';
  const visible = spans.filter((span) => span.member === null && span.to >= first);
  const place = (date: string): number => Math.max(0, trend.dates.indexOf(date));
  return { ...trend, spans: visible.map((span) => ({ from: place(span.from), to: place(span.to) })) };
}
