/** @jsxRuntime automatic @jsxImportSource react */
import type { Kpi } from '../../lake/kpi.ts';
import { inlineSvg } from '../charts/inline-svg.ts';
import { sparklineSvg } from '../charts/sparkline.ts';
import { type Trend, trendSvg } from '../charts/trend.ts';
import { mailWords } from '../content/words.ts';
import { formatDate, formatShort, periodName } from '../format.ts';
import type { AlertSpan } from './alert-spans.ts';
import { axisValue } from './axis.ts';
import type { Edition } from './edition.ts';
import type { Sheet, TrendFigures } from './sheet.ts';

/** A chart is drawn for each width, so that its letters keep their size; the style sheet shows one. */
const WIDE = { width: 880, height: 210 } as const;
const NARROW = { width: 350, height: 180 } as const;
const SPARK = { width: 110, height: 26 } as const;

const Svg = ({ svg, className }: { svg: string; className: string }) => (
  // biome-ignore lint/security/noDangerouslySetInnerHtml: drawn by ECharts from numbers and dates alone
  <div className={className} aria-hidden="true" dangerouslySetInnerHTML={{ __html: svg }} />
);

/** Each line stands in several tables and languages, and is drawn once. */
const drawn = new WeakMap<readonly (number | null)[], string>();

function drawSpark(values: readonly (number | null)[]): string {
  const svg = drawn.get(values) ?? sparklineSvg(values, { ...SPARK, colour: 'var(--line)' });
  drawn.set(values, svg);
  return svg;
}

/** A line of the last weeks; the figures beside it say what it shows. */
export function Spark({ id, values }: { id: string; values: readonly (number | null)[] }) {
  if (values.filter((value) => value !== null).length < 2) return null;
  return <Svg className="spark" svg={inlineSvg(drawSpark(values), `${id}-s`)} />;
}

/** The trend of a KPI with last year, target and the days of open alerts; said in words for who cannot see it. */
export function TrendChart({ edition, sheet }: { edition: Edition; sheet: Sheet }) {
  const { words, language, format } = edition;
  if (!sheet.trend) return <p className="soft">{words.noTrend}</p>;
  const { kpi, trend } = sheet;
  const id = edition.anchor(kpi.id);
  const shaded = shadedTrend(trend, sheet.spans);
  const options = {
    fromZero: kpi.unit === 'currency' || kpi.unit === 'count' || kpi.unit === 'units',
    formatValue: (value: number) => axisValue(value, kpi.unit, format),
    formatDay: (date: string) => formatDate(date, language, 'short'),
  };
  return (
    <figure className="trend">
      <figcaption>
        <span>{words.trend(periodName(trend.period, language))}</span>
        <Legend edition={edition} trend={shaded} />
      </figcaption>
      <div role="img" aria-label={inWords(edition, kpi, trend)}>
        <Svg className="wide" svg={inlineSvg(trendSvg(shaded, { ...WIDE, ...options }), `${id}-w`)} />
        <Svg className="narrow" svg={inlineSvg(trendSvg(shaded, { ...NARROW, ...options }), `${id}-n`)} />
      </div>
    </figure>
  );
}

function shadedTrend(trend: TrendFigures, spans: readonly AlertSpan[]): Trend {
  const first = trend.dates[0] ?? '';
  const visible = spans.filter((span) => span.to >= first);
  const place = (date: string): number => Math.max(0, trend.dates.indexOf(date));
  return { ...trend, spans: visible.map((span) => ({ from: place(span.from), to: place(span.to) })) };
}

function Legend({ edition, trend }: { edition: Edition; trend: Trend }) {
  const { legend } = edition.words;
  const any = (values: readonly (number | null)[]): boolean => values.some((value) => value !== null);
  return (
    <span className="legend">
      <span className="key current">{legend.current}</span>
      {any(trend.lastYear) && <span className="key last-year">{legend.lastYear}</span>}
      {any(trend.targets) && <span className="key target">{legend.target}</span>}
      {trend.spans.length > 0 && <span className="key alert">{legend.alert}</span>}
    </span>
  );
}

function inWords(edition: Edition, kpi: Kpi, trend: TrendFigures): string {
  const { language, format } = edition;
  const points = trend.dates.flatMap((date, index) => {
    const value = trend.values[index] ?? null;
    return value === null ? [] : [{ date, value }];
  });
  const sorted = points.toSorted((a, b) => a.value - b.value);
  const [low, high, last] = [sorted[0], sorted.at(-1), points.at(-1)];
  if (!low || !high || !last) return kpi.names[language];
  const said = (value: number): string => formatShort(value, kpi.unit, format);
  const on = (date: string): string => formatDate(date, language, 'short');
  const facts = mailWords[language].chart({
    points: points.length,
    daily: trend.period === 'day',
    ...{ low: said(low.value), lowDate: on(low.date), high: said(high.value), highDate: on(high.date) },
    ...{ last: said(last.value), lastDate: on(last.date) },
  });
  return `${kpi.names[language]}. ${facts}`;
}
