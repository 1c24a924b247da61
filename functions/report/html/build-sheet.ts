import {
  type FigureKind,
  type Kpi,
  OTHER_MEMBERS,
  type PeriodName,
  UNKNOWN_MEMBER,
} from '../../lake/catalogue/kpi.ts';
import { addDays, datesBetween } from '../../lake/company/calendar.ts';
import { figureValue, type SnapshotRow } from '../../lake/snapshot/snapshot.ts';
import { isBeyondNoise, type Noise, noiseKey, UNKNOWN_NOISE } from '../content/noise.ts';
import { noiseOfAll } from '../read-noise.ts';
import type { AlertSpan } from './alert-spans.ts';
import type {
  Breakdown,
  ComparedFigure,
  Figure,
  MemberFigures,
  Sheet,
  TrendFigures,
  WindowFigures,
} from './sheet.ts';

/** Days of a trend: a year, so that a season is seen whole. */
export const TREND_DAYS = 365;
/** Days of the small lines beside the windows: 13 weeks. */
export const RECENT_DAYS = 91;

export interface SheetInput {
  readonly kpi: Kpi;
  readonly asOf: string;
  /** Windows the company sees, and the one shown first. */
  readonly windows: readonly PeriodName[];
  readonly period: PeriodName;
  /** Every figure of the as-of date. */
  readonly figures: readonly SnapshotRow[];
  /** Totals of the last `TREND_DAYS` days: current, last year and target; of the last quarter the window before too. */
  readonly history: readonly SnapshotRow[];
  readonly spans: readonly AlertSpan[];
}

/** Puts together what the report says of a KPI. */
export function buildSheet(input: SheetInput): Sheet {
  const { kpi, period, windows, figures, spans } = input;
  const first = figures[0];
  const series = seriesIndex(input);
  const noise = noiseOfAll(kpi, input.asOf, input.history);
  return {
    kpi,
    period,
    spans,
    quality: first?.quality ?? 'ok',
    windows: windows.map((window) => windowFigures(input, window, series, noise)),
    trend: trendFigures(input, series),
    breakdowns: Object.keys(kpi.dimensions).flatMap((dimension) => breakdown(input, dimension)),
    recorded: first ? { run: first.run, at: first.recordedAt } : null,
  };
}

/** Values by window, kind and date. */
type SeriesIndex = (period: PeriodName, kind: FigureKind, dates: readonly string[]) => (number | null)[];

function seriesIndex({ history, kpi }: SheetInput): SeriesIndex {
  const values = new Map<string, number | null>();
  for (const row of history) {
    if (row.dimension === null)
      values.set(`${row.period} ${row.comparison} ${row.asOf}`, figureValue(row, kpi.ratio));
  }
  return (period, kind, dates) => dates.map((date) => values.get(`${period} ${kind} ${date}`) ?? null);
}

/** A company in its first weeks has a shorter line, not one that begins with a gap. */
const fromFirst = (values: readonly (number | null)[]): readonly (number | null)[] => {
  const start = values.findIndex((value) => value !== null);
  return start === -1 ? [] : values.slice(start);
};

const lastDays = (asOf: string, days: number): string[] => datesBetween(addDays(asOf, 1 - days), asOf);

function windowFigures(
  { kpi, figures, asOf }: SheetInput,
  period: PeriodName,
  series: SeriesIndex,
  noise: ReadonlyMap<string, Noise>,
): WindowFigures {
  const rows = figures.filter((row) => row.period === period && row.dimension === null);
  return {
    period,
    ...compared(kpi, rows, noise),
    recent: fromFirst(series(period, 'current', lastDays(asOf, RECENT_DAYS))),
  };
}

/** `noise` of the total; a member has none, and is judged by chance and by the least that is worth telling. */
function compared(
  kpi: Kpi,
  rows: readonly SnapshotRow[],
  noise: ReadonlyMap<string, Noise> = new Map(),
): ComparedFigure {
  const rowOf = (kind: FigureKind): SnapshotRow | undefined => rows.find((row) => row.comparison === kind);
  const figure = (kind: FigureKind): Figure => figureOf(kpi, rowOf(kind));
  const current = rowOf('current');
  const isNotable = (kind: FigureKind): boolean => {
    const [reference, period] = [rowOf(kind), current?.period];
    const own = (period && noise.get(noiseKey(kpi.id, period, kind))) ?? UNKNOWN_NOISE;
    return current !== undefined && reference !== undefined && isBeyondNoise(kpi, current, reference, own);
  };
  return {
    current: figure('current'),
    previous: figure('previous').value,
    lastYear: figure('last_year').value,
    target: figure('target').value,
    fullTarget: figure('full_target').value,
    notable: new Set((['previous', 'last_year', 'target'] as const).filter(isNotable)),
  };
}

function figureOf(kpi: Kpi, row: SnapshotRow | undefined): Figure {
  if (!row) return { value: null, numerator: null, denominator: null };
  const number = (text: string | null): number | null => (text === null ? null : Number(text));
  return {
    value: figureValue(row, kpi.ratio),
    numerator: number(row.numerator),
    denominator: number(row.denominator),
  };
}

/** A running total draws a saw: of those the trend shows the 28 days up to each day, where the KPI has them. */
function trendPeriod({ period, windows }: SheetInput): PeriodName {
  const runningTotal = period === 'mtd' || period === 'qtd' || period === 'ytd';
  return runningTotal && windows.includes('last_28d') ? 'last_28d' : period;
}

function trendFigures(input: SheetInput, series: SeriesIndex): TrendFigures | null {
  const period = trendPeriod(input);
  const all = lastDays(input.asOf, TREND_DAYS);
  const start = series(period, 'current', all).findIndex((value) => value !== null);
  if (start === -1) return null;
  const dates = all.slice(start);
  const values = series(period, 'current', dates);
  if (values.filter((value) => value !== null).length < 2) return null;
  return {
    period,
    dates,
    values,
    lastYear: series(period, 'last_year', dates),
    targets: series(period, 'target', dates),
  };
}

function breakdown({ kpi, figures, period }: SheetInput, dimension: string): Breakdown[] {
  const byMember = new Map<string, SnapshotRow[]>();
  for (const row of figures) {
    if (row.period !== period || row.dimension !== dimension || row.member === null) continue;
    byMember.set(row.member, [...(byMember.get(row.member) ?? []), row]);
  }
  const total = compared(
    kpi,
    figures.filter((row) => row.period === period && row.dimension === null),
  ).current;
  const members = [...byMember].map(([member, rows]) => memberFigures(kpi, member, rows, total));
  return members.length === 0 ? [] : [{ dimension, members: members.toSorted(largestFirst(kpi)) }];
}

function memberFigures(kpi: Kpi, member: string, rows: readonly SnapshotRow[], total: Figure): MemberFigures {
  const figures = compared(kpi, rows);
  const part = weight(kpi, figures.current);
  const whole = weight(kpi, total);
  const share =
    kpi.additive && part !== null && whole !== null && whole > 0 && part >= 0 ? part / whole : null;
  return { member, share, ...figures };
}

const weight = (kpi: Kpi, figure: Figure): number | null =>
  kpi.ratio ? figure.denominator : figure.numerator;

const rank = (member: string): number => (member === OTHER_MEMBERS ? 1 : member === UNKNOWN_MEMBER ? 2 : 0);

const largestFirst =
  (kpi: Kpi) =>
  (a: MemberFigures, b: MemberFigures): number =>
    rank(a.member) - rank(b.member) ||
    (weight(kpi, b.current) ?? Number.NEGATIVE_INFINITY) -
      (weight(kpi, a.current) ?? Number.NEGATIVE_INFINITY) ||
    (a.member < b.member ? -1 : 1);
