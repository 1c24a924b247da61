import type { Dialect } from '../../functions/platform/engine.ts';

/** How Trino and Athena name things: enough to write their SQL without them. */
export const trinoDialect: Dialect = {
  name: 'trino',
  maxStatementBytes: 1_000_000,
  table: (name) => `"iceberg"."vigie"."${name}"`,
  landed: ({ table, source, run }) =>
    `(SELECT * FROM "awsdatacatalog"."vigie"."landing_${table}" WHERE "source" = '${source}' AND "run" = '${run}')`,
};

export const athenaDialect: Dialect = {
  ...trinoDialect,
  name: 'athena',
  maxStatementBytes: 262_144,
  table: (name) => `"vigie"."${name}"`,
  location: (name) => `s3://lake/${name}/`,
};
