import { describe, expect, test } from 'vitest';
import { formatMistake, lintFolder, lintText } from '../authoring/lint/lint.ts';
import { sqlFolder } from '../functions/lake/yaml/folders.ts';

test('every statement under sql/ is in the subset that all engines share', async () => {
  expect((await lintFolder(sqlFolder())).map(formatMistake)).toEqual([]);
}, 60_000);

const rulesFor = async (sql: string, file = 'sql/kpis/x.sql') =>
  (await lintText(file, sql)).map((mistake) => mistake.rule);

describe('planted mistakes', () => {
  test.each([
    ['double-colon', 'SELECT a::bigint FROM t'],
    ['integer-division', 'SELECT a // b FROM t'],
    ['qualify', 'SELECT a FROM t QUALIFY row_number() OVER (ORDER BY a) = 1'],
    ['group-by-all', 'SELECT a, sum(b) FROM t GROUP BY ALL'],
    ['star-exclude', 'SELECT * EXCLUDE (a) FROM t'],
    ['limit-offset', 'SELECT a FROM t ORDER BY a LIMIT 1 OFFSET 2'],
    ['double-equals', 'SELECT a FROM t WHERE a == 1'],
    ['ilike', "SELECT a FROM t WHERE a ILIKE 'x%'"],
    ['trino-grammar', 'FROM t SELECT a'],
    ['trino-grammar', 'SELECT a FROM'],
    ['portable-function', "SELECT concat(a, 'x') FROM t"],
    ['portable-function', 'SELECT greatest(a, b) FROM t'],
    ['portable-function', "SELECT strftime(a, '%Y') FROM t"],
    ['portable-function', 'SELECT summ(a) FROM t'],
    ['division', 'SELECT a / b FROM t'],
    ['division', 'SELECT CAST(a AS double) / b FROM t'],
    ['division', 'SELECT sum(a) / NULLIF(count(*), 0) FROM t'],
    ['bare-avg', 'SELECT avg(a) FROM t'],
    ['date-trunc', "SELECT date_trunc('month', a) FROM t"],
    ['date-interval', "SELECT a + INTERVAL '1' DAY FROM t"],
    ['date-interval', "SELECT CAST(a AS date) - (INTERVAL '1' DAY) FROM t"],
    ['date-diff-unit', "SELECT date_diff('month', a, b) FROM t"],
    ['date-diff-instants', "SELECT date_diff('day', t.changed_at, ordered_at) FROM t"],
    ['extract', 'SELECT extract(dow FROM a) FROM t'],
    ['clock', 'SELECT a FROM t WHERE b < current_date'],
    ['clock', 'SELECT current_timestamp'],
    ['time-zone', "SELECT a AT TIME ZONE 'Europe/Paris' FROM t"],
    ['portable-type', 'SELECT CAST(a AS real) FROM t'],
    ['order-in-window', 'SELECT row_number() OVER (PARTITION BY a) FROM t'],
    ['limit-without-order', 'SELECT a FROM t LIMIT 5'],
    ['qualified-table', 'SELECT a FROM lake.orders'],
    ['count-columns', 'SELECT count(DISTINCT a, b) FROM t'],
    ['null-treatment', 'SELECT lag(a) IGNORE NULLS OVER (ORDER BY b) FROM t'],
    ['nested-values', 'SELECT ARRAY[1, 2]'],
    ['sample', 'SELECT a FROM t TABLESAMPLE BERNOULLI (10)'],
    ['quotes', 'SELECT `a` FROM t'],
  ])('%s: %s', async (rule, sql) => {
    expect(await rulesFor(sql)).toEqual([rule]);
  });

  test('are told with file, line, column and remedy', async () => {
    const [mistake] = await lintText(
      'sql/views/v.sql',
      '/*\ndescribes: x :: y\n*/\nSELECT a\n  , concat(b) FROM t',
    );
    expect(mistake && formatMistake(mistake)).toBe(
      'sql/views/v.sql:5:5 `concat` is not known to give the same on every engine. Use a || b: NULL in it gives NULL on every engine. [portable-function]',
    );
  });
});

describe('what is allowed', () => {
  test.each([
    "SELECT CAST(date_trunc('month', a) AS date), CAST((b + INTERVAL '7' DAY) AS date) FROM t",
    'SELECT CAST(a AS double) / NULLIF(b, 0), CAST(sum(a) AS double) / 100, avg(CAST(a AS double)) FROM t GROUP BY a, b',
    'SELECT count(*) FILTER (WHERE a > 0), count(DISTINCT b), max_by(a, b) FROM t',
    "SELECT a FROM t WHERE b BETWEEN c - INTERVAL '7' DAY AND c AND d < c + INTERVAL '1' DAY",
    "SELECT 'a :: b // c == d', a -- qualify ::\nFROM t",
    'WITH x AS (SELECT 1 AS a) SELECT a, row_number() OVER (PARTITION BY a ORDER BY a) FROM x ORDER BY a LIMIT 3',
    'SELECT coalesce(a, b), CASE WHEN grouping(a) = 0 THEN a END FROM t GROUP BY GROUPING SETS ((a), (a, b))',
    "SELECT * FROM (VALUES (1, 'x')) AS v (a, b) WHERE a IS DISTINCT FROM 2 AND date_diff('day', c, d) > 3",
  ])('%s', async (sql) => {
    expect(await rulesFor(sql)).toEqual([]);
  });

  test('checks may name tables with their schema', async () => {
    expect(await rulesFor('SELECT a FROM lake.orders', 'sql/checks/x.sql')).toEqual([]);
  });
});
