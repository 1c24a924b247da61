/** @jsxRuntime automatic @jsxImportSource react */

import type { Kpi, PeriodName } from '../../lake/catalogue/kpi.ts';
import { wordIn } from '../../lake/values/language.ts';
import { formatDate, periodName } from '../../languages/dates.ts';
import { formatShort } from '../../languages/numbers.ts';
import type { Trend } from '../charts/trend.ts';
import type { KpiDay, TrendFigures } from '../model/day.ts';
import { SIZES, shadedTrend } from './drawings.ts';
import type { Edition } from './edition.ts';

interface SvgProps {
  readonly className: keyof typeof SIZES;
  /** The shapes it shows, drawn elsewhere on the page. */
  readonly of: string;
  readonly labels?: string;
}

function Svg({ className, of, labels = '' }: SvgProps) {
  const { width, height } = SIZES[className];
  return (
    <svg
      className={className}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
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

/** The trend of a KPI with last year, target and the days of open alerts; said in words for who cannot see it. */
export function TrendChart({ edition, sheet }: { edition: Edition; sheet: KpiDay }) {
  const { words, language } = edition;
  if (!sheet.trend) return <p className="soft">{words.noTrend}</p>;
  const { kpi, trend } = sheet;
  const shaded = shadedTrend(trend, sheet.spans);
  const chart = (width: 'wide' | 'narrow') => {
    const { id, labels } = edition.drawings.trend(kpi.id, width, language);
    return <Svg className={width} of={id} labels={labels} />;
  };
  return (
    <figure className="trend">
      <figcaption>
        <span>{words.trend(periodName(trend.period, language))}</span>
        <Legend edition={edition} trend={shaded} />
      </figcaption>
      <div role="img" aria-label={inWords(edition, kpi, trend)}>
        {chart('wide')}
        {chart('narrow')}
      </div>
    </figure>
  );
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
