import type { Kpi, PeriodName } from '../../lake/catalogue/kpi.ts';
import { addDays, datesBetween, isTradingDay } from '../../lake/company/calendar.ts';
import { figureValue } from '../../lake/snapshot/snapshot.ts';
import { formatDate } from '../../languages/dates.ts';
import type { Language } from '../../languages/language.ts';
import { formatShort } from '../../languages/numbers.ts';
import type { Chart } from '../blocks.ts';
import { sparklineSvg } from '../charts/sparkline.ts';
import { type MailData, TREND_DAYS } from './mail-data.ts';

const SIZE = { width: 132, height: 40 } as const;
/** Below this a line says nothing. */
const FEWEST = 5;

interface Point {
  readonly date: string;
  readonly value: number | null;
}

/** The small trend beside a figure, as picture and in words; null while there are too few days. */
export function trendOf(data: MailData, kpi: Kpi, period: PeriodName, language: Language): Chart | null {
  const window = trendWindow(data, kpi, period);
  const points = pointsOf(data, kpi, window);
  const known = points.filter((point): point is KnownPoint => point.value !== null);
  if (known.length < FEWEST) return null;
  const svg = drawn(data, `${kpi.id}|${window}`, points);
  return { id: kpi.id, svg, ...SIZE, alt: inWords(data, kpi, known, window === 'day', language) };
}

/** Pictures say the same in every language and every mail of a day. */
const pictures = new WeakMap<MailData, Map<string, string>>();

function drawn(data: MailData, key: string, points: readonly Point[]): string {
  const ofDay = pictures.get(data) ?? new Map<string, string>();
  pictures.set(data, ofDay);
  const values = points.map((point) => point.value);
  const svg = ofDay.get(key) ?? sparklineSvg(values, SIZE);
  ofDay.set(key, svg);
  return svg;
}

/** A running total draws a saw: of those the days are shown, where the KPI has them. */
function trendWindow(data: MailData, kpi: Kpi, period: PeriodName): PeriodName {
  const runningTotal = period === 'mtd' || period === 'qtd' || period === 'ytd';
  const hasDays = kpi.windows.includes('day') && !data.company.kpis.windows_off.includes('day');
  return runningTotal && hasDays ? 'day' : period;
}

function pointsOf(data: MailData, kpi: Kpi, period: PeriodName): Point[] {
  const rows = data.totals.filter(
    (row) =>
      row.kpi === kpi.id && row.period === period && row.comparison === 'current' && row.dimension === null,
  );
  const values = new Map(rows.map((row) => [row.asOf, figureValue(row, kpi.ratio)]));
  const days = datesBetween(addDays(data.asOf, 1 - TREND_DAYS), data.asOf).map((date) => ({
    date,
    value: values.get(date) ?? null,
  }));
  // A day without trade is no gap in a line of days.
  const open = days.filter(
    (day) => day.value !== null || period !== 'day' || isTradingDay(data.company.company.closed, day.date),
  );
  // A company in its first weeks has a shorter line, not one that begins with a gap.
  return open.slice(
    Math.max(
      0,
      open.findIndex((day) => day.value !== null),
    ),
  );
}

type KnownPoint = Point & { readonly value: number };

function inWords(
  data: MailData,
  kpi: Kpi,
  points: readonly KnownPoint[],
  daily: boolean,
  language: Language,
): string {
  const sorted = points.toSorted((a, b) => a.value - b.value);
  const [low, high, last] = [sorted[0], sorted.at(-1), points.at(-1)] as [KnownPoint, KnownPoint, KnownPoint];
  const options = { language, currency: data.company.company.currency };
  const said = (point: KnownPoint): string => formatShort(point.value, kpi.unit, options);
  const on = (point: KnownPoint): string => formatDate(point.date, language, 'short');
  return language.mail.chart({
    points: points.length,
    daily,
    ...{
      low: said(low),
      lowDate: on(low),
      high: said(high),
      highDate: on(high),
      last: said(last),
      lastDate: on(last),
    },
  });
}
