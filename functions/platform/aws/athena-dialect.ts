import type { Dialect } from '../engine.ts';

export interface AthenaNames {
  /** Glue database of the landing tables. */
  readonly landingDatabase: string;
  /** Glue database of the Iceberg tables. */
  readonly lakeDatabase: string;
  /** Where their files go: `s3://…/lake/`, `/` at its end. */
  readonly lakeLocation: string;
}

/**
 * How Athena names things. Its SELECT and MERGE go through Trino's parser, its DDL through Hive's (`lake/tables/ddl.ts`
 * has the words). Landing tables have injected partitions: a query names source and run, no partition is ever added.
 */
export const athenaDialect = ({ landingDatabase, lakeDatabase, lakeLocation }: AthenaNames): Dialect => ({
  name: 'athena',
  // Service quota "query string length".
  maxStatementBytes: 262_144,
  // Each is billed 10 MB at least; the stages of ten stay below the 150 that it runs (docs/decisions/0072).
  together: 10,
  table: (name) => `"${lakeDatabase}"."${name}"`,
  landed: ({ table, source, run }) =>
    `(SELECT * FROM "${landingDatabase}"."landing_${table}" WHERE source = ${text(source)} AND run = ${text(run)})`,
  location: (name) => `${lakeLocation}${name}/`,
});

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
