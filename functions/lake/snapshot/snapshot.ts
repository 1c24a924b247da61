import type { FigureKind, PeriodName } from '../catalogue/kpi.ts';
import type { Quality } from './finding.ts';

/**
 * One figure. Value = numerator / denominator, or numerator where the KPI has no denominator; a denominator of zero
 * gives no value. Numbers are exact canonical text with at most 6 decimals. A target of a KPI with a denominator is
 * recorded as `numerator` = the wanted value, `denominator` = 1.
 */
export interface SnapshotRow {
  readonly kpi: string;
  readonly asOf: string;
  readonly period: PeriodName;
  readonly comparison: FigureKind;
  readonly dimension: string | null;
  readonly member: string | null;
  readonly numerator: string | null;
  readonly denominator: string | null;
  readonly unit: string;
  readonly quality: Quality;
  /** 1 for what was recorded first of the KPI and day; 2, 3 … for what restated it. */
  readonly version: number;
  /** The run that recorded it, and when (ISO UTC). */
  readonly run: string;
  readonly recordedAt: string;
}

/**
 * The store (functions/lake/snapshot/store.ts) keeps rows in Parquet, append only, at
 * `snapshot/kpi=<kpi>/month=<YYYY-MM>/<recorded_at>-<run>.<hash>.totals.parquet` and `….members.parquet`: the totals apart,
 * because nearly every reader wants only them. The newest recording of a (kpi, as_of) counts as a whole: a member that
 * vanished is gone. A recording equal to the newest one is not written. A day that was measured and had nothing has
 * one row whose period is null. Totals of a month are merged into one file when there are many, and a month that no run measures
 * any more is compacted, members too (compact.ts); no row is dropped.
 */
export interface SnapshotQuery {
  readonly kpis?: readonly string[];
  readonly from: string;
  readonly to: string;
  /** Only these as-of dates of the span; months without any are not opened. */
  readonly asOfs?: readonly string[];
  readonly periods?: readonly PeriodName[];
  readonly comparisons?: readonly FigureKind[];
  /** `null` asks for totals only; absent asks for everything. */
  readonly dimension?: string | null;
  /** Figures as they were known at this instant (ISO UTC). */
  readonly knownAt?: string;
}

/** The figure itself; null where there is none (no data, or a denominator of zero). */
export function figureValue(
  figure: Pick<SnapshotRow, 'numerator' | 'denominator'>,
  hasDenominator: boolean,
): number | null {
  if (figure.numerator === null) return null;
  if (!hasDenominator) return Number(figure.numerator);
  if (figure.denominator === null) return null;
  const denominator = Number(figure.denominator);
  return denominator === 0 ? null : Number(figure.numerator) / denominator;
}

export const snapshotPrefix = (kpi: string): string => `snapshot/kpi=${kpi}/`;
