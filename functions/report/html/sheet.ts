import type { FigureKind, Kpi, PeriodName } from '../../lake/catalogue/kpi.ts';
import type { Quality } from '../../lake/snapshot/finding.ts';
import type { AlertSpan } from './alert-spans.ts';

/** A figure with what it was made from; `value` null where there is none. */
export interface Figure {
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
}

/** One line of a table: a window, or a member of a dimension. */
export interface ComparedFigure {
  readonly current: Figure;
  readonly previous: number | null;
  readonly lastYear: number | null;
  /** The part of the target that is due. */
  readonly target: number | null;
  /** What is wanted of the whole month, quarter or year. */
  readonly fullTarget: number | null;
  /** Which of these changes go beyond noise: the others have no colour. */
  readonly notable: ReadonlySet<FigureKind>;
}

export interface WindowFigures extends ComparedFigure {
  readonly period: PeriodName;
  /** The window's value on each of the last days, from the first that has one; null where there is none. */
  readonly recent: readonly (number | null)[];
}

export interface MemberFigures extends ComparedFigure {
  readonly member: string;
  /** Part of the total (of the numerator, or of the denominator of a ratio), where members add up to it. */
  readonly share: number | null;
}

export interface Breakdown {
  readonly dimension: string;
  /** Largest first; unknown and other members last. */
  readonly members: readonly MemberFigures[];
}

export interface TrendFigures {
  readonly period: PeriodName;
  readonly dates: readonly string[];
  readonly values: readonly (number | null)[];
  readonly lastYear: readonly (number | null)[];
  readonly targets: readonly (number | null)[];
}

/** Everything the report says of one KPI, in no language. */
export interface Sheet {
  readonly kpi: Kpi;
  /** The window shown first. */
  readonly period: PeriodName;
  readonly quality: Quality;
  readonly windows: readonly WindowFigures[];
  /** Null while fewer than two days have a value. */
  readonly trend: TrendFigures | null;
  readonly spans: readonly AlertSpan[];
  readonly breakdowns: readonly Breakdown[];
  /** Which run recorded the figures, and when; null when none are recorded. */
  readonly recorded: { readonly run: string; readonly at: string } | null;
}

/** Whether anything at all is known of the KPI. */
export const hasFigures = (sheet: Sheet): boolean => sheet.recorded !== null && sheet.windows.some(isKnown);

const isKnown = ({ current, previous, lastYear }: WindowFigures): boolean =>
  current.numerator !== null || previous !== null || lastYear !== null;

/** The line of the window shown first. */
export const headlineOf = (sheet: Sheet): WindowFigures | undefined =>
  sheet.windows.find((window) => window.period === sheet.period);
