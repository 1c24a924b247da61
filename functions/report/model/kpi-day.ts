import {
  type FigureKind,
  type Kpi,
  OTHER_MEMBERS,
  type PeriodName,
  UNKNOWN_MEMBER,
} from '../../lake/catalogue/kpi.ts';
import { isTradingDay, lastDayOf, spanOf } from '../../lake/company/calendar.ts';
import type { Company } from '../../lake/company/company.ts';
import type { Member } from '../../lake/company/members.ts';
import { figureValue, type SnapshotRow } from '../../lake/snapshot/snapshot.ts';
import { addDays, datesBetween } from '../../lake/values/day.ts';
import type { AlertSpan } from './alert-spans.ts';
import type {
  Breakdown,
  ComparedFigure,
  CourseFigures,
  Figure,
  KpiDay,
  MemberFigures,
  Sketch,
  TrendFigures,
  WindowFigures,
} from './day.ts';
import { shownPeriod } from './headlines.ts';
import { isBeyondNoise, type Noise, noiseKey, UNKNOWN_NOISE } from './noise.ts';

/** Days of a trend: a year, so that a season is seen whole. */
export const TREND_DAYS = 365;
/** Days of the small lines beside the windows: 13 weeks. */
const RECENT_DAYS = 91;
/** Days of the small line beside a headline figure. */
export const SKETCH_DAYS = 28;

/** What was read of a KPI. */
export interface KpiFacts {
  readonly company: Company;
  readonly kpi: Kpi;
  readonly asOf: string;
  /** The window to show first, instead of the company's. */
  readonly period?: PeriodName | undefined;
  /** Every figure of the as-of date. */
  readonly figures: readonly SnapshotRow[];
  /** Totals of the last `TREND_DAYS` days: current, last year and target. */
  readonly history: readonly SnapshotRow[];
  /** What its comparisons usually change by, by `noiseKey`. */
  readonly noise: ReadonlyMap<string, Noise>;
  readonly spans: readonly AlertSpan[];
  readonly causes: KpiDay['causes'];
}

/** Puts together what is told of a KPI. Pure. */
export function kpiDayOf(facts: KpiFacts): KpiDay {
  const { company, kpi, figures, spans, causes } = facts;
  const period = facts.period ?? shownPeriod(kpi, company);
  const windows = kpi.windows.filter((window) => !company.kpis.windows_off.includes(window));
  const shown = { ...facts, period, windows, series: seriesOf(facts) };
  const first = figures[0];
  return {
    ...{ kpi, period, spans, causes, of: null },
    quality: first?.quality ?? 'ok',
    windows: windows.map((window) => windowFigures(shown, window)),
    sketch: sketchOf(shown),
    trend: trendFigures(shown),
    course: courseFigures(shown),
    breakdowns: Object.keys(kpi.dimensions).flatMap((dimension) => breakdown(shown, dimension)),
    recorded: first ? { run: first.run, at: first.recordedAt } : null,
    isMeasured: figures.length > 0 || wasMeasured(facts),
  };
}

const wasMeasured = ({ history, asOf }: KpiFacts): boolean => {
  const since = addDays(asOf, 1 - SKETCH_DAYS);
  return history.some((row) => row.asOf >= since);
};

/** A KPI's facts with what follows from them at once. */
interface Shown extends KpiFacts {
  readonly period: PeriodName;
  readonly windows: readonly PeriodName[];
  readonly series: Series;
}

/** Values by window, kind and date. */
type Series = (period: PeriodName, kind: FigureKind, dates: readonly string[]) => (number | null)[];

function seriesOf(
  { history, figures, kpi }: Pick<KpiFacts, 'history' | 'figures' | 'kpi'>,
  of: Member | null = null,
): Series {
  const values = new Map<string, number | null>();
  for (const row of [...history, ...figures]) {
    if (row.dimension === (of?.dimension ?? null) && row.member === (of?.member ?? null))
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

function windowFigures({ kpi, figures, asOf, series, noise }: Shown, period: PeriodName): WindowFigures {
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
  const current = rowOf('current');
  const isNotable = (kind: FigureKind): boolean => {
    const reference = rowOf(kind);
    if (current === undefined || reference === undefined) return false;
    const own = noise.get(noiseKey(kpi.id, current.period, kind)) ?? UNKNOWN_NOISE;
    return isBeyondNoise(kpi, current, reference, own);
  };
  return {
    figures: Object.fromEntries(rows.map((row) => [row.comparison, figureOf(kpi, row)])),
    notable: new Set((['previous', 'last_year', 'target'] as const).filter(isNotable)),
  };
}

function figureOf(kpi: Kpi, row: SnapshotRow): Figure {
  const number = (text: string | null): number | null => (text === null ? null : Number(text));
  return {
    value: figureValue(row, kpi.ratio),
    numerator: number(row.numerator),
    denominator: number(row.denominator),
  };
}

const isRunningTotal = (period: PeriodName): boolean =>
  period === 'mtd' || period === 'qtd' || period === 'ytd';

/** A running total draws a saw: of those the days are shown, where the KPI has them. */
export const sketchPeriod = (period: PeriodName, windows: readonly PeriodName[]): PeriodName =>
  isRunningTotal(period) && windows.includes('day') ? 'day' : period;

type Sketched = Pick<Shown, 'asOf' | 'company' | 'period' | 'windows' | 'series'>;

function sketchOf({ asOf, company, period, windows, series }: Sketched): Sketch {
  const drawn = sketchPeriod(period, windows);
  const dates = lastDays(asOf, SKETCH_DAYS);
  const values = series(drawn, 'current', dates);
  const points = dates
    .map((date, place) => ({ date, value: values[place] ?? null }))
    // A day without trade is no gap in a line of days.
    .filter(
      ({ date, value }) => value !== null || drawn !== 'day' || isTradingDay(company.company.closed, date),
    );
  const start = points.findIndex(({ value }) => value !== null);
  return { period: drawn, points: start === -1 ? [] : points.slice(start) };
}

/** The small line of a member; `rows`: its figures in the window that is drawn (`sketchPeriod`). */
export const memberSketch = (
  shown: Omit<Sketched, 'series'> & Pick<KpiFacts, 'kpi'>,
  of: Member,
  rows: readonly SnapshotRow[],
): Sketch => sketchOf({ ...shown, series: seriesOf({ kpi: shown.kpi, history: rows, figures: [] }, of) });

/** Of a running total the trend shows the 28 days up to each day, where the KPI has them. */
function trendFigures({ asOf, period: shown, windows, series }: Shown): TrendFigures | null {
  const period = isRunningTotal(shown) && windows.includes('last_28d') ? 'last_28d' : shown;
  const all = lastDays(asOf, TREND_DAYS);
  const start = series(period, 'current', all).findIndex((value) => value !== null);
  if (start === -1) return null;
  const dates = all.slice(start);
  const values = series(period, 'current', dates);
  if (values.filter((value) => value !== null).length < 2) return null;
  return {
    ...{ period, dates, values },
    lastYear: series(period, 'last_year', dates),
    targets: series(period, 'target', dates),
  };
}

/** The window shown first, where it runs on: its own curve, which the trend of a year cannot show. */
function courseFigures({ asOf, company, kpi, figures, period, series }: Shown): CourseFigures | null {
  const last = lastDayOf(company.company, asOf, period);
  if (last === null) return null;
  const dates = datesBetween(spanOf(company.company, asOf, period, 'current').startsOn, last);
  const values = series(period, 'current', dates);
  if (values.every((value) => value === null)) return null;
  const endOf = (kind: FigureKind): number | null => {
    const row = figures.find(
      (each) => each.period === period && each.dimension === null && each.comparison === kind,
    );
    return row ? figureValue(row, kpi.ratio) : null;
  };
  return {
    ...{ period, dates, values },
    lastYear: series(period, 'last_year', dates),
    targets: series(period, 'target', dates),
    end: {
      target: endOf('full_target'),
      ...{ forecast: endOf('forecast'), low: endOf('forecast_low'), high: endOf('forecast_high') },
    },
  };
}

function breakdown({ kpi, figures, period }: Shown, dimension: string): Breakdown[] {
  const byMember = new Map<string, SnapshotRow[]>();
  const totals: SnapshotRow[] = [];
  for (const row of figures) {
    if (row.period !== period) continue;
    if (row.dimension === null) totals.push(row);
    if (row.dimension !== dimension || row.member === null) continue;
    const known = byMember.get(row.member);
    if (known) known.push(row);
    else byMember.set(row.member, [row]);
  }
  const total = compared(kpi, totals).figures.current;
  const members = [...byMember].map(([member, rows]) => memberFigures(kpi, member, rows, total));
  return members.length === 0 ? [] : [{ dimension, members: members.toSorted(largestFirst(kpi)) }];
}

function memberFigures(
  kpi: Kpi,
  member: string,
  rows: readonly SnapshotRow[],
  total: Figure | undefined,
): MemberFigures {
  const line = compared(kpi, rows);
  const part = weight(kpi, line.figures.current);
  const whole = weight(kpi, total);
  const share =
    kpi.additive && part !== null && whole !== null && whole > 0 && part >= 0 ? part / whole : null;
  return { member, share, sketch: null, ...line };
}

const weight = (kpi: Kpi, figure: Figure | undefined): number | null =>
  (kpi.ratio ? figure?.denominator : figure?.numerator) ?? null;

const rank = (member: string): number => (member === OTHER_MEMBERS ? 1 : member === UNKNOWN_MEMBER ? 2 : 0);

const largestFirst =
  (kpi: Kpi) =>
  (a: MemberFigures, b: MemberFigures): number =>
    rank(a.member) - rank(b.member) ||
    (weight(kpi, b.figures.current) ?? Number.NEGATIVE_INFINITY) -
      (weight(kpi, a.figures.current) ?? Number.NEGATIVE_INFINITY) ||
    (a.member < b.member ? -1 : 1);
