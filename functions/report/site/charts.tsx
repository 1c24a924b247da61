/** @jsxRuntime automatic @jsxImportSource react */

import type { Kpi, PeriodName } from '../../lake/catalogue/kpi.ts';
import { wordIn } from '../../lake/values/language.ts';
import { formatDate, periodName } from '../../languages/dates.ts';
import { formatShort } from '../../languages/numbers.ts';
import type { Trend } from '../charts/trend.ts';
import type { KpiDay, TrendFigures } from '../model/day.ts';
import { chartsOf, type KpiChart, SIZES } from './drawings.ts';
import type { Edition } from './edition.ts';

interface SvgProps {
  readonly className: keyof typeof SIZES;
  /** The shapes it shows, drawn elsewhere on the page. */
  readonly of: string;
  readonly labels?: string;
  readonly ends?: readonly [number, number];
}

function Svg({ className, of, labels = '', ends }: SvgProps) {
  const { width, height } = SIZES[className];
  return (
    <svg
      className={className}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
      data-ends={ends?.map((end) => end.toFixed(4)).join(' ')}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: drawn from numbers and dates alone
      dangerouslySetInnerHTML={{ __html: `<use href="#${of}"/>${labels}` }}
    />
  );
}

/** A line of the last weeks; the figures beside it say what it shows. */
export function Spark({ edition, kpi, period }: { edition: Edition; kpi: Kpi; period: PeriodName }) {
  const drawn = edition.drawings.spark(kpi.id, period);
  return drawn && <Svg className="spark" of={drawn} />;
}

/** The charts of a KPI: its own window on its way, where it runs on, and the year; said in words for who cannot see them. */
export function Charts({ edition, sheet }: { edition: Edition; sheet: KpiDay }) {
  const charts = chartsOf(sheet, edition.data.events);
  if (charts.length === 0) return <p className="soft">{edition.words.noTrend}</p>;
  return charts.map((chart) => <Chart key={chart.name} edition={edition} kpi={sheet.kpi} chart={chart} />);
}

/** The script makes its places tell their figures, by touch and by keys. */
function Chart({ edition, kpi, chart }: { edition: Edition; kpi: Kpi; chart: KpiChart }) {
  const { words, language } = edition;
  const { name, figures, trend } = chart;
  const drawn = (width: 'wide' | 'narrow') => {
    const { id, labels, ends } = edition.drawings.chart(name, width, language);
    return <Svg className={width} of={id} labels={labels} ends={ends} />;
  };
  const period = periodName(figures.period, language);
  const title = name === 'course' ? words.course(period) : words.trend(period);
  return (
    <figure className="trend" data-chart={name}>
      <figcaption>
        <span>{title}</span>
        <Legend edition={edition} trend={trend} />
      </figcaption>
      <div className="plot" role="img" aria-label={inWords(edition, kpi, figures)}>
        {drawn('wide')}
        {drawn('narrow')}
      </div>
    </figure>
  );
}

/** What the script tells of a place of a chart, once for all languages: first day and unit, then value, last year and target of each day. */
export function ChartPoints({ sheet }: { sheet: KpiDay }) {
  const list = (values: readonly (number | null)[]): string =>
    values.map((value) => (value === null ? '' : Number(value.toPrecision(7)))).join(',');
  return chartsOf(sheet, []).map(({ name, figures: { dates, values, lastYear, targets } }) => (
    <data
      key={name}
      hidden
      data-points={name}
      value={[dates[0], sheet.kpi.unit, list(values), list(lastYear), list(targets)].join('|')}
    />
  ));
}

function Legend({ edition, trend }: { edition: Edition; trend: Trend }) {
  const { legend } = edition.words;
  const any = (values: readonly (number | null)[]): boolean => values.some((value) => value !== null);
  return (
    <span className="legend">
      <span className="key current">{legend.current}</span>
      {any(trend.lastYear) && <span className="key last-year">{legend.lastYear}</span>}
      {(any(trend.targets) || trend.end?.target != null) && (
        <span className="key target">{legend.target}</span>
      )}
      {trend.end?.forecast != null && <span className="key forecast">{legend.forecast}</span>}
      {trend.spans.length > 0 && <span className="key alert">{legend.alert}</span>}
      {trend.events.length > 0 && <span className="key event">{legend.event}</span>}
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
  if (!low || !high || !last) return wordIn(kpi.names, language);
  const said = (value: number): string => formatShort(value, kpi.unit, format);
  const on = (date: string): string => formatDate(date, language, 'short');
  const facts = language.mail.chart({
    points: points.length,
    daily: trend.period === 'day',
    ...{ low: said(low.value), lowDate: on(low.date), high: said(high.value), highDate: on(high.date) },
    ...{ last: said(last.value), lastDate: on(last.date) },
  });
  return `${wordIn(kpi.names, language)}. ${facts}`;
}
