import type { TableName } from '../tables/tables.ts';
import type { Kpi } from './kpi.ts';

/** Tables that only describe what other tables count: without them members are unknown, but figures are right. */
const DESCRIBING: readonly string[] = ['customers', 'products', 'exchange_rates'] satisfies TableName[];

/** The tables whose rows a KPI counts: without any of them there is no figure. */
export const countedTables = ({ reads }: Pick<Kpi, 'reads'>): TableName[] =>
  (Object.keys(reads) as TableName[]).filter((table) => !DESCRIBING.includes(table));

/** Of those, the ones that no source fills. */
export const unfedTables = (kpi: Pick<Kpi, 'reads'>, fed: ReadonlySet<TableName>): TableName[] =>
  countedTables(kpi).filter((table) => !fed.has(table));
