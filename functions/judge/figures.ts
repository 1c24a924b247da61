import type { FigureKind } from '../lake/catalogue/kpi.ts';
import type { BoundRule } from '../lake/company/alert-rules.ts';
import type { SnapshotRow } from '../lake/snapshot/snapshot.ts';

export type Figure = Pick<SnapshotRow, 'numerator' | 'denominator' | 'quality'>;

/** The figures that rules look at, found by their place. */
export interface FigureIndex {
  /** `member` null: the total. */
  find(bound: BoundRule, comparison: FigureKind, member: string | null, asOf: string): Figure | undefined;
  /** The members of the rule's dimension that have a figure on that day, or had one in a window before. */
  members(bound: BoundRule, asOf: string): readonly string[];
  /** The days on which the total has a figure. */
  days(bound: BoundRule): readonly string[];
}

const place = (...parts: (string | null)[]): string => parts.join('\u0000');

/** Indexes rows of the snapshot; of two rows at one place the later one counts. */
export function indexFigures(rows: Iterable<SnapshotRow>): FigureIndex {
  const byPlace = new Map<string, SnapshotRow>();
  const members = new Map<string, Set<string>>();
  const days = new Map<string, Set<string>>();
  for (const row of rows) {
    const at = place(row.kpi, row.period, row.comparison, row.dimension, row.member, row.asOf);
    if (row.comparison !== 'target' && row.member !== null) {
      const day = place(row.kpi, row.period, row.dimension, row.asOf);
      const known = members.get(day);
      if (known) known.add(row.member);
      else members.set(day, new Set([row.member]));
    }
    byPlace.set(at, row);
    if (row.comparison === 'current' && row.dimension === null) {
      const windows = place(row.kpi, row.period);
      days.set(windows, (days.get(windows) ?? new Set()).add(row.asOf));
    }
  }
  return {
    find: ({ kpi, period, rule }, comparison, member, asOf) =>
      byPlace.get(
        place(kpi.id, period, comparison, member === null ? null : (rule.dimension ?? null), member, asOf),
      ),
    days: ({ kpi, period }) => [...(days.get(place(kpi.id, period)) ?? [])],
    members: ({ kpi, period, rule }, asOf) => [
      ...(members.get(place(kpi.id, period, rule.dimension ?? null, asOf)) ?? []),
    ],
  };
}
