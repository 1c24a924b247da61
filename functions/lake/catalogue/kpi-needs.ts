import type { Tables } from '../tables/tables.ts';
import type { Kpi, Reads } from './kpi.ts';

/**
 * The tables whose rows a KPI counts: without any of them there is no figure. Those that only describe what others count
 * are not among them: without them members are unknown, but figures are right.
 */
export const countedTables = (reads: Reads, tables: Tables): string[] =>
  Object.keys(reads).filter((name) => ['events', 'plans'].includes(tables.table(name).role));

/** Of those that a KPI counts, the ones that no source fills. */
export const unfedTables = ({ counts }: Pick<Kpi, 'counts'>, fed: ReadonlySet<string>): string[] =>
  counts.filter((table) => !fed.has(table));
