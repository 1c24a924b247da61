import { expect, test } from 'vitest';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { datesBetween } from '../../functions/lake/values/day.ts';
import { kpiStatements } from '../../functions/measure/statement.ts';
import { athenaDialect } from '../contracts/iceberg-dialects.ts';

const catalogue = loadCatalogue();
const company = { currency: 'EUR', fiscal_year_starts: 1, closed: { weekdays: [], days: [] } };
const YEAR = datesBetween('2025-11-22', '2026-11-21');

const bytesOf = (sql: string): number => Buffer.byteLength(sql);
const dayOf = (id: string) =>
  kpiStatements({
    dialect: athenaDialect,
    catalogue,
    kpi: catalogue.kpi(id),
    company,
    asOfs: YEAR.slice(-1),
  });
const byLength = catalogue.kpis
  .map(({ id }) => ({ id, bytes: dayOf(id).reduce((sum, { sql }) => sum + bytesOf(sql), 0) }))
  .toSorted((a, b) => b.bytes - a.bytes);

test.each(byLength.slice(0, 3))(
  '$id: a year’s back-fill is some statements that Athena takes, each day in one of them',
  ({ id }) => {
    const about = { dialect: athenaDialect, catalogue, kpi: catalogue.kpi(id), company };
    const statements = kpiStatements({ ...about, asOfs: YEAR });
    const bytes = statements.map(({ sql }) => bytesOf(sql));
    expect(Math.max(...bytes)).toBeLessThanOrEqual(262_144);
    expect(statements.flatMap(({ asOfs }) => asOfs)).toEqual(YEAR);
    // Each costs Athena 10 MB at least: a few for a year, one for a night.
    expect(statements.length).toBeLessThanOrEqual(8);
  },
);

test('a night’s day is one statement of every KPI, far below the limit', () => {
  expect(catalogue.kpis.filter(({ id }) => dayOf(id).length !== 1)).toEqual([]);
  expect(byLength[0]?.bytes).toBeLessThan(32_768);
});

test('a KPI whose one day is too long is refused, with its file and the limit', () => {
  const small = { ...athenaDialect, maxStatementBytes: 1000 };
  const compile = () =>
    kpiStatements({
      dialect: small,
      catalogue,
      kpi: catalogue.kpi('orders'),
      asOfs: ['2026-11-21'],
      company,
    });
  expect(compile).toThrow(/orders.sql: its statement for one day has \d+ bytes; athena takes 1000/);
});

test('what is planned apart is so in DuckDB alone: Trino has no word for it', () => {
  const sqlOn = (name: 'duckdb' | 'athena') =>
    kpiStatements({
      dialect: { ...athenaDialect, name },
      catalogue,
      kpi: catalogue.kpi('order_forecast'),
      asOfs: ['2026-11-21'],
      company,
    })[0]?.sql;
  const apart = [...(sqlOn('duckdb') ?? '').matchAll(/^(\w+) AS MATERIALIZED \(/gm)].map(([, name]) => name);
  expect(apart.toSorted()).toEqual(['deal_stays', 'rest_views']);
  expect(sqlOn('athena')).toBe(sqlOn('duckdb')?.replaceAll('MATERIALIZED ', ''));
});
