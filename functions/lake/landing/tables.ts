import { type ColumnKind, DECIMAL_SCALE, RATE_SCALE } from '../tables/column.ts';
import type { TableDefinition } from '../tables/table.ts';
import type { Tables } from '../tables/tables.ts';
import { landingColumns } from './batch.ts';

/**
 * How the landing files of a lake table look to an engine that reads them through a catalog (Glue): one table over the
 * folder `landing/<table>/`, its partitions in the folders' names. The composition root hands it to the catalog.
 */
export interface LandingTable {
  /** `landing_orders`. */
  readonly name: string;
  /** Bucket key of its folder, `/` at its end. */
  readonly folder: string;
  /** Names and types in Hive's words. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Names of the partition columns, in the order of the folders. */
  readonly partitions: readonly string[];
}

const HIVE_TYPES: Readonly<Record<ColumnKind, string>> = {
  text: 'string',
  integer: 'int',
  decimal: `decimal(18,${DECIMAL_SCALE})`,
  rate: `decimal(18,${RATE_SCALE})`,
  date: 'date',
  timestamp: 'timestamp',
  boolean: 'boolean',
};

/** The landing table of a lake table. */
export function landingTable(table: TableDefinition): LandingTable {
  const own = table.columns.map(({ name, kind }) => ({ name, type: HIVE_TYPES[kind] }));
  return {
    name: `landing_${table.name}`,
    folder: `landing/${table.name}/`,
    columns: [
      ...own,
      { name: landingColumns.input, type: 'int' },
      { name: landingColumns.row, type: 'int' },
      { name: landingColumns.empty, type: 'boolean' },
    ],
    partitions: ['source', 'run'],
  };
}

/** `orders` of `landing_orders`. */
export const lakeTableOf = (name: string): string => name.replace(/^landing_/, '');

/** Those of every table. */
export const landingTables = ({ all }: Tables): LandingTable[] => all.map(landingTable);
