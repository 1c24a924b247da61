import { describe, expect, test } from 'vitest';
import { lintText } from '../../../authoring/lint/lint.ts';
import { addColumn, createTable, lakeColumns } from '../../../functions/lake/tables/ddl.ts';
import type { Dialect } from '../../../functions/platform/engine.ts';
import { athenaDialect, trinoDialect } from '../../contracts/iceberg-dialects.ts';
import { tableNames, tableOf } from '../../kit/tables.ts';

const rates = tableOf('exchange_rates');
const column = { name: 'opened_at', kind: 'timestamp', description: '' } as const;

test('Trino: an Iceberg table, partitioned by month of its business date', () => {
  expect(
    createTable(trinoDialect, rates),
  ).toBe(`CREATE TABLE IF NOT EXISTS "iceberg"."vigie"."exchange_rates" (
  currency varchar,
  rated_on date,
  rate decimal(18,12),
  _source varchar,
  _run varchar
)
WITH (format = 'PARQUET', partitioning = ARRAY['month(rated_on)'])`);
  expect(addColumn(trinoDialect, rates, column)).toBe(
    'ALTER TABLE "iceberg"."vigie"."exchange_rates" ADD COLUMN opened_at timestamp(6)',
  );
});

test('Athena: the same in Hive’s words, with a location', () => {
  expect(createTable(athenaDialect, rates)).toBe(`CREATE TABLE IF NOT EXISTS vigie.exchange_rates (
  \`currency\` string,
  \`rated_on\` date,
  \`rate\` decimal(18,12),
  \`_source\` string,
  \`_run\` string
)
PARTITIONED BY (month(\`rated_on\`))
LOCATION 's3://lake/exchange_rates/'
TBLPROPERTIES ('table_type' = 'ICEBERG', 'format' = 'parquet', 'write_compression' = 'zstd')`);
  expect(addColumn(athenaDialect, rates, column)).toBe(
    'ALTER TABLE vigie.exchange_rates ADD COLUMNS (`opened_at` timestamp)',
  );
});

test('a table without a business date is not partitioned', () => {
  for (const dialect of [trinoDialect, athenaDialect]) {
    expect(createTable(dialect, tableOf('customers')).toLowerCase()).not.toContain('partition');
  }
});

test('Athena without a location is refused, with what to do', () => {
  const { location: _, ...nowhere } = athenaDialect;
  expect(() => createTable(nowhere as Dialect, rates)).toThrow(
    expect.objectContaining({ code: 'LAKE_LOCATION' }),
  );
});

test('lineage comes last, after every column of the definition', () => {
  expect(lakeColumns(rates).map(({ name }) => name)).toEqual([
    'currency',
    'rated_on',
    'rate',
    '_source',
    '_run',
  ]);
});

describe('every table', () => {
  test.each(tableNames)(
    '%s: the Trino grammar takes its DDL',
    async (name) => {
      const table = tableOf(name);
      for (const sql of [createTable(trinoDialect, table), addColumn(trinoDialect, table, column)]) {
        expect((await lintText('generated.sql', sql)).filter(({ rule }) => rule === 'trino-grammar')).toEqual(
          [],
        );
      }
    },
    120_000,
  );
});
