import type { FigureKind, PeriodName } from '../catalogue/kpi.ts';
import { type FigureColumns, scaledToText } from './columns.ts';
import type { SnapshotRow } from './snapshot.ts';

/** What a figure is made of: exact decimals, null where there is none. */
export type FigureParts = Pick<SnapshotRow, 'numerator' | 'denominator'>;

/** A figure that is not what was recorded; `null` where there is no such figure at all. */
export interface FigureChange {
  readonly period: PeriodName;
  readonly comparison: FigureKind;
  readonly dimension: string | null;
  readonly member: string | null;
  readonly recorded: FigureParts | null;
  readonly now: FigureParts | null;
}

type Place = Pick<FigureChange, 'period' | 'comparison' | 'dimension' | 'member'>;

/** The figures of one KPI and day that differ, exactly, from those recorded: totals first, else in their order. */
export function figureChanges(recorded: readonly SnapshotRow[], now: FigureColumns): FigureChange[] {
  const before = new Map(recorded.filter(hasFigure).map((row) => [keyOf(row), row]));
  const after = new Map(rowsOf(now).map((row) => [keyOf(row), row]));
  const changes: FigureChange[] = [];
  for (const [key, row] of before) {
    const other = after.get(key);
    if (!other || row.numerator !== other.numerator || row.denominator !== other.denominator)
      changes.push({ ...placeOf(row), recorded: partsOf(row), now: other ? partsOf(other) : null });
  }
  for (const [key, row] of after)
    if (!before.has(key)) changes.push({ ...placeOf(row), recorded: null, now: partsOf(row) });
  return changes.toSorted((a, b) => Number(a.member !== null) - Number(b.member !== null));
}

/** A day that had nothing is recorded as one row without a window. */
const hasFigure = ({ period }: SnapshotRow): boolean => period != null;

function rowsOf(figures: FigureColumns): (Place & FigureParts)[] {
  const text = (value: bigint | null | undefined): string | null =>
    value == null ? null : scaledToText(value);
  return figures.period.map((period, at) => ({
    period: period as PeriodName,
    comparison: figures.comparison[at] as FigureKind,
    dimension: figures.dimension[at] ?? null,
    member: figures.member[at] ?? null,
    numerator: text(figures.numerator[at]),
    denominator: text(figures.denominator[at]),
  }));
}

const keyOf = ({ period, comparison, dimension, member }: Place): string =>
  JSON.stringify([period, comparison, dimension, member]);
const placeOf = ({ period, comparison, dimension, member }: Place): Place => ({
  period,
  comparison,
  dimension,
  member,
});
const partsOf = ({ numerator, denominator }: FigureParts): FigureParts => ({ numerator, denominator });
