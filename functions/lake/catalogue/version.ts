import { sha256 } from '../../platform/hash.ts';
import type { Kpi, KpiFrontMatter } from './kpi.ts';
import type { View } from './view.ts';

/** What decides a KPI's figures, of what its files say. */
type Counted = Pick<
  KpiFrontMatter,
  'numerator' | 'denominator' | 'measures' | 'unknown' | 'ratio' | 'additive' | 'unit' | 'windows' | 'reads'
>;

/**
 * The version of a KPI: the same as long as its figures cannot change. A hash of what is counted, windows, SELECT, views,
 * measures and dimensions; words, headline, benchmark, advice, theme and audience are no part of it.
 */
export function versionOf(
  facts: Counted,
  sql: string,
  views: readonly View[],
  brokenDownBy: Kpi['brokenDownBy'],
): string {
  const { numerator, denominator, measures, unknown, ratio, additive, unit, reads } = facts;
  const counted = { numerator, denominator, measures, unknown, ratio, additive, unit, reads };
  const dimensions = brokenDownBy.map(({ id, column, from, top }) => [id, column, from, top]);
  const parts = [
    [counted, facts.windows.toSorted(), sql],
    ...views.map((view) => [view.name, view.sql, view.values, view.reads]),
    ...dimensions.map((each) => JSON.stringify(each)).toSorted(),
  ];
  return sha256(parts.map((part) => JSON.stringify(part)).join('\0'), 12);
}
