import type { FigureKind, Kpi, PeriodName } from '../../lake/catalogue/kpi.ts';
import { figureValue, type SnapshotRow } from '../../lake/snapshot/snapshot.ts';
import type { MailData } from './mail-data.ts';

/** The total of one window of the day. */
export function rowOf(
  data: Pick<MailData, 'totals' | 'asOf'>,
  kpi: Kpi,
  period: PeriodName,
  kind: FigureKind = 'current',
): SnapshotRow | undefined {
  return data.totals.find(
    (row) =>
      row.kpi === kpi.id &&
      row.asOf === data.asOf &&
      row.period === period &&
      row.comparison === kind &&
      row.dimension === null,
  );
}

/** The figure itself; null where there is none. Targets of ratios are kept as numerator over 1, like ratios. */
export function figureOf(
  data: Pick<MailData, 'totals' | 'asOf'>,
  kpi: Kpi,
  period: PeriodName,
  kind: FigureKind = 'current',
): number | null {
  const row = rowOf(data, kpi, period, kind);
  return row ? figureValue(row, kpi.ratio) : null;
}
