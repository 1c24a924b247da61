import type { Tables } from '../tables/tables.ts';
import type { Kpi, Reads } from './kpi.ts';

/**
 * The tables whose rows a KPI counts: without any of them there is no figure. Those that only describe what others count
 * are not among them: without them members are unknown, but figures are right.
 */
export const countedTables = (reads: Reads, tables: Tables): string[] =>
  Object.keys(reads).filter((name) => ['events', 'plans'].includes(tables.table(name).role));

/**
 * Of the tables that a KPI counts, those it lacks where only some are filled: each that it cannot do without. One of which
 * all tables are optional needs at least one of them.
 */
export function lackingTables(
  { counts, reads }: Pick<Kpi, 'counts' | 'reads'>,
  filled: (table: string) => boolean,
): string[] {
  const needed = counts.filter((table) => reads[table]?.optional !== true);
  const empty = (needed.length > 0 ? needed : counts).filter((table) => !filled(table));
  return needed.length > 0 || empty.length === counts.length ? empty : [];
}

/** Of those, the ones that no source fills. */
export const unfedTables = (kpi: Pick<Kpi, 'counts' | 'reads'>, fed: ReadonlySet<string>): string[] =>
  lackingTables(kpi, (table) => fed.has(table));
