import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Company } from '../../functions/lake/company/company.ts';
import { checkReportKey, type Finding } from '../../functions/lake/snapshot/finding.ts';
import { readFigures } from '../../functions/lake/snapshot/store.ts';
import { measureKpi } from '../../functions/measure/measure-kpi.ts';
import { writeJson } from '../../functions/platform/bucket.ts';
import type { Engine } from '../../functions/platform/engine.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import type { Platform } from '../../functions/platform/platform.ts';
import {
  catalogueOf,
  frontWith,
  measurePlatform,
  REVENUE_SQL,
  testCompany,
} from '../kit/measure-platform.ts';
import { testEngine } from '../kit/test-engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await testEngine();
});
afterAll(() => engine.close());

const given = {
  orders: [
    { order_id: '1', ordered_on: '2026-03-14', channel: 'web' },
    { order_id: '2', ordered_on: '2026-03-15' },
  ],
  order_lines: [
    { order_id: '1', net_amount: 0.1 },
    { order_id: '1', line_id: '2', net_amount: 0.2 },
    { order_id: '2', net_amount: 9747747.934 },
  ],
};

interface Options {
  readonly sql?: string;
  readonly front?: string;
  readonly asOfs?: readonly string[];
  readonly findings?: readonly Finding[];
  readonly company?: Company;
}

const measure = (
  platform: Platform,
  { sql, front, asOfs = ['2026-03-15'], findings = [], company = testCompany() }: Options = {},
) => {
  const catalogue = catalogueOf(sql, front);
  return measureKpi(platform, {
    company,
    catalogue,
    kpi: catalogue.kpi('revenue'),
    asOfs,
    run: 'run-1',
    findings,
  });
};

const figures = async ({ bucket }: Platform, more = {}) =>
  (await readFigures(bucket, { from: '2026-01-01', to: '2026-12-31', ...more })).map(
    (row) =>
      `${row.asOf} ${row.period} ${row.comparison} ${row.member ?? 'total'}: ${row.numerator}/${row.denominator} ${row.quality}`,
  );

describe('a KPI measured', () => {
  test('is recorded exactly, totals and members', async () => {
    const platform = measurePlatform(engine, given);
    const run = await measure(platform);
    expect(run).toMatchObject({ kpi: 'revenue', status: 'ok', rows: 7, bytesScanned: null });
    expect(run.kpiVersion).toMatch(/^[0-9a-f]{12}$/);
    expect(await figures(platform, { periods: ['mtd'] })).toEqual([
      '2026-03-15 mtd current total: 9747748.234/null ok',
      '2026-03-15 mtd current (unknown): 9747747.934/null ok',
      '2026-03-15 mtd current web: 0.3/null ok',
    ]);
    expect(await figures(platform, { comparisons: ['previous'] })).toEqual([
      '2026-03-15 day previous total: 0.3/null ok',
      '2026-03-15 day previous web: 0.3/null ok',
    ]);
  });

  test('again is unchanged; restated by a day that came late it is not', async () => {
    const platform = measurePlatform(engine, given);
    await measure(platform);
    expect(await measure(platform)).toMatchObject({ status: 'unchanged', rows: 0 });
    const late = measurePlatform(
      engine,
      { ...given, order_lines: [...given.order_lines, { order_id: '1', line_id: '3', net_amount: 1 }] },
      platform.bucket,
    );
    expect(await measure(late)).toMatchObject({ status: 'ok' });
    expect(await figures(platform, { periods: ['day'], comparisons: ['previous'], dimension: null })).toEqual(
      ['2026-03-15 day previous total: 1.3/null ok'],
    );
  });

  test('for many days gives what each day alone gives', async () => {
    const asOfs = ['2026-03-16', '2026-03-13', '2026-03-14', '2026-03-15'];
    const together = measurePlatform(engine, given);
    await measure(together, { asOfs });
    const apart = measurePlatform(engine, given);
    for (const asOf of asOfs) await measure(apart, { asOfs: [asOf] });
    expect(await figures(together)).toEqual(await figures(apart));
  });

  test('in statements cut to the length an engine takes gives the same', async () => {
    const asOfs = ['2026-03-13', '2026-03-14', '2026-03-15', '2026-03-16'];
    const bytesOf = (platform: Platform, limit: number) => {
      const sizes: number[] = [];
      const dialect = { ...platform.engine.dialect, maxStatementBytes: limit };
      const query: Engine['query'] = (sql, options) => {
        if (sql.startsWith('WITH periods')) sizes.push(Buffer.byteLength(sql));
        return platform.engine.query(sql, options);
      };
      return { sizes, platform: { ...platform, engine: { ...platform.engine, dialect, query } } };
    };
    const whole = bytesOf(measurePlatform(engine, given), Number.POSITIVE_INFINITY);
    await measure(whole.platform, { asOfs });
    const limit = (whole.sizes[0] as number) - 1;
    const cut = bytesOf(measurePlatform(engine, given), limit);
    expect(await measure(cut.platform, { asOfs })).toMatchObject({ status: 'ok' });
    expect(cut.sizes.length).toBe(2);
    expect(Math.max(...cut.sizes)).toBeLessThanOrEqual(limit);
    expect(await figures(cut.platform)).toEqual(await figures(whole.platform));
    const tiny = bytesOf(measurePlatform(engine, given), 1000);
    expect(await measure(tiny.platform, { asOfs })).toMatchObject({
      status: 'failed',
      problem: { code: 'STATEMENT_TOO_LONG' },
    });
  });
});

test('what every statement took is added up, the small ones too', async () => {
  const platform = measurePlatform(engine, given);
  let statements = 0;
  const query: Engine['query'] = async (sql, options) => {
    statements += 1;
    const result = await platform.engine.query(sql, options);
    return { ...result, stats: () => ({ seconds: 2, bytesScanned: 1_000, usd: 0.5 }) };
  };
  const run = await measure({ ...platform, engine: { ...platform.engine, query } });
  expect(statements).toBeGreaterThan(1);
  expect(run).toMatchObject({
    status: 'ok',
    seconds: 2 * statements,
    bytesScanned: 1_000 * statements,
    usd: 0.5 * statements,
  });
  expect(await measure(measurePlatform(engine, given))).not.toHaveProperty('usd');
});

test('a back-fill that the engine cannot hold is asked in halves; a day that it cannot hold fails', async () => {
  const asOfs = ['2026-03-13', '2026-03-14', '2026-03-15'];
  const whole = measurePlatform(engine, given);
  await measure(whole, { asOfs });
  const small = (mostDays: number): Platform => {
    const platform = measurePlatform(engine, given);
    const query: Engine['query'] = async (sql, options) => {
      const days = new Set(sql.match(/^\('\d{4}-\d\d-\d\d/gm)).size;
      if (days > mostDays) throw new VigieError('full', { code: 'SQL_OUT_OF_MEMORY', hint: 'more memory' });
      return platform.engine.query(sql, options);
    };
    return { ...platform, engine: { ...platform.engine, query } };
  };
  const halved = small(1);
  expect(await measure(halved, { asOfs })).toMatchObject({ status: 'ok' });
  expect(await figures(halved)).toEqual(await figures(whole));
  expect(await measure(small(0), { asOfs })).toMatchObject({
    status: 'failed',
    problem: { code: 'SQL_OUT_OF_MEMORY', hint: 'more memory' },
  });
});

describe('amounts in other currencies', () => {
  const at = (rates: object[]) => ({
    ...given,
    order_lines: [
      { order_id: '1', net_amount: 100, currency: 'USD' },
      { order_id: '2', net_amount: 1 },
    ],
    exchange_rates: rates as never,
  });
  const dayBefore = { periods: ['day'], comparisons: ['previous'], dimension: null };

  test.each([
    [
      'the rate of the day',
      [
        { currency: 'USD', rated_on: '2026-03-14', rate: 0.91234567 },
        { currency: 'USD', rated_on: '2026-03-13', rate: 2 },
      ],
      '91.2346',
    ],
    ['the rate of seven days before', [{ currency: 'USD', rated_on: '2026-03-07', rate: 0.5 }], '50'],
    [
      'no rate within seven days: no amount, rather than a wrong one',
      [{ currency: 'USD', rated_on: '2026-03-06', rate: 0.5 }],
      'null',
    ],
    ['a later rate does not count', [{ currency: 'USD', rated_on: '2026-03-15', rate: 0.5 }], 'null'],
  ])('%s', async (_, rates, expected) => {
    const platform = measurePlatform(engine, at(rates));
    await measure(platform);
    expect(await figures(platform, dayBefore)).toEqual([
      `2026-03-15 day previous total: ${expected}/null ok`,
    ]);
  });
});

describe('a KPI that cannot be measured', () => {
  test('is unavailable while a table it counts is empty', async () => {
    const platform = measurePlatform(engine, { orders: given.orders });
    const run = await measure(platform);
    expect(run).toMatchObject({ status: 'unavailable', rows: 0, problem: { code: 'TABLE_EMPTY' } });
    expect(run.problem?.message).toContain('order_lines');
    expect(await figures(platform)).toEqual([]);
  });

  test('is unavailable while all its windows are switched off', async () => {
    const run = await measure(measurePlatform(engine, given), {
      company: testCompany({ kpis: { windows_off: ['day', 'mtd'] } }),
    });
    expect(run).toMatchObject({ status: 'unavailable', problem: { code: 'NO_WINDOW' } });
  });

  const revenue = (from: string, to: string) => REVENUE_SQL.replace(from, to);
  test.each([
    [
      'an unknown column',
      revenue('l.net_amount', 'l.net_amont'),
      'KPI_SQL',
      /unknown column `net_amont` at sql\/kpis\/revenue.sql:17/,
      /did you mean `net_amount`/,
    ],
    [
      'a table after a comma',
      revenue('FROM order_lines l', 'FROM orders x, carts c, order_lines l'),
      'KPI_SQL',
      /table `carts` stands after a comma at sql\/kpis\/revenue.sql:19/,
      /Write `JOIN carts/,
    ],
    [
      'an unknown function',
      revenue('sum(l.net_amount)', 'summe(l.net_amount)'),
      'KPI_SQL',
      /unknown function `summe` at sql\/kpis\/revenue.sql:17/,
      /docs\/sql.md/,
    ],
    [
      'a slip of the pen',
      revenue('JOIN periods p ON', 'JOIN periods p ONN'),
      'KPI_SQL',
      /syntax error.* at sql\/kpis\/revenue.sql:21/,
      /vigie explain/,
    ],
    [
      'a missing column',
      revenue(' AS member,', ' AS membre,'),
      'KPI_OUTPUT',
      /does not return the column `member`/,
      /exactly as_of/,
    ],
    [
      'one column too many',
      `${revenue('AS denominator', 'AS denominator, 1 AS extra')}`,
      'KPI_OUTPUT',
      /returns the column `extra`/,
      /exactly as_of/,
    ],
    [
      'a window it does not offer',
      revenue('p.period, p.comparison,', "'wtd' AS period, p.comparison,"),
      'KPI_OUTPUT',
      /returned the window `wtd`; it offers day, mtd/,
      /Take period from `periods`/,
    ],
    [
      'a comparison of its own',
      revenue('p.comparison,\n', "'budget' AS comparison,\n"),
      'KPI_OUTPUT',
      /returned the comparison `budget`/,
      /Take comparison/,
    ],
    [
      'a dimension that is not listed',
      revenue("'channel' END", "'chanel' END"),
      'KPI_OUTPUT',
      /returned the dimension `chanel`; did you mean `channel`/,
      /dimensions/,
    ],
    [
      'a member of nothing',
      revenue("'channel' END", 'NULL END'),
      'KPI_OUTPUT',
      /returned dimension null with member/,
      /A total has neither/,
    ],
    [
      'a figure twice',
      `${REVENUE_SQL} UNION ALL ${REVENUE_SQL}`,
      'KPI_OUTPUT',
      /returned two rows for 2026-03-15, day, current/,
      /GROUP BY/,
    ],
    [
      'text instead of a number',
      revenue('sum(l.net_amount)', 'min(l.currency)'),
      'KPI_OUTPUT',
      /returned "EUR" as numerator/,
      /Cast it/,
    ],
    [
      'a denominator that was not announced',
      revenue('CAST(NULL AS decimal(18,4))', 'count(*)'),
      'KPI_OUTPUT',
      /returned a denominator/,
      /ratio/,
    ],
    [
      'a day that was not asked for',
      revenue('p.as_of, p.period', "DATE '2020-01-01' AS as_of, p.period"),
      'KPI_OUTPUT',
      /as_of 2020-01-01, which was not asked for/,
      /Take as_of/,
    ],
  ])('%s is told with file, line and remedy', async (_, sql, code, message, hint) => {
    const platform = measurePlatform(engine, given);
    const run = await measure(platform, { sql });
    expect(run).toMatchObject({ status: 'failed', rows: 0, problem: { code } });
    expect(run.problem?.message).toMatch(message);
    expect(run.problem?.message).toContain('sql/kpis/revenue.sql');
    expect(run.problem?.hint).toMatch(hint);
    expect(await figures(platform)).toEqual([]);
  });
});

describe('quality', () => {
  const finding = (check: string, table: string = 'orders'): Finding => ({
    check,
    severity: 'error',
    table,
    source: null,
    message: 'm',
    lastDate: null,
    sample: null,
    hint: null,
  });
  const qualities = async (platform: Platform) =>
    Object.fromEntries(
      (await readFigures(platform.bucket, { from: '2026-01-01', to: '2026-12-31' })).map((row) => [
        row.asOf,
        row.quality,
      ]),
    );

  test('findings concern the latest day; earlier days keep what their own checks found', async () => {
    const platform = measurePlatform(engine, given);
    await writeJson(platform.bucket, checkReportKey('2026-03-14'), {
      asOf: '2026-03-14',
      run: 'x',
      findings: [finding('missing_exchange_rate')],
    });
    await writeJson(platform.bucket, checkReportKey('2026-03-16'), {
      asOf: '2026-03-16',
      run: 'x',
      findings: [],
    });
    await measure(platform, {
      asOfs: ['2026-03-16', '2026-03-15', '2026-03-14'],
      findings: [finding('freshness')],
    });
    expect(await qualities(platform)).toEqual({
      '2026-03-14': 'incomplete',
      '2026-03-15': 'ok',
      '2026-03-16': 'stale',
    });
  });

  test.each([
    ['exchange_rates', REVENUE_SQL, 'incomplete'],
    ['exchange_rates', REVENUE_SQL.replace('sum(l.net_amount)', 'count(*)'), 'ok'],
  ] as const)('a finding on %s marks what has amounts, and only that', async (table, sql, quality) => {
    const platform = measurePlatform(engine, given);
    await measure(platform, { sql, findings: [finding('implausible_rates', table)] });
    expect(await qualities(platform)).toEqual({ '2026-03-15': quality });
  });

  test('a finding on a table that is not read does not matter', async () => {
    const platform = measurePlatform(engine, given);
    await measure(platform, { findings: [finding('freshness', 'carts')] });
    expect(await qualities(platform)).toEqual({ '2026-03-15': 'ok' });
  });
});

describe('targets', () => {
  const month = { kpi: 'revenue', starts_on: '2026-03-01', ends_on: '2026-03-31' };
  const target = { comparisons: ['target'] };

  test('of an amount are prorated by trading day; for the total and for members', async () => {
    const platform = measurePlatform(engine, {
      ...given,
      targets: [
        { ...month, value: 3100 },
        { ...month, dimension: 'channel', member: 'web', value: 310 },
        { ...month, kpi: 'other', value: 1 },
      ],
    });
    await measure(platform);
    expect(await figures(platform, target)).toEqual([
      '2026-03-15 day target total: 100/null ok',
      '2026-03-15 mtd target total: 1500/null ok',
      '2026-03-15 day target web: 10/null ok',
      '2026-03-15 mtd target web: 150/null ok',
    ]);
    // And what is wanted of the whole month.
    expect(await figures(platform, { comparisons: ['full_target'] })).toEqual([
      '2026-03-15 mtd full_target total: 3100/null ok',
      '2026-03-15 mtd full_target web: 310/null ok',
    ]);
  });

  test('a month whose last days have no target has a part that is due, and no full one', async () => {
    const half = { kpi: 'revenue', starts_on: '2026-03-01', ends_on: '2026-03-20', value: 2000 };
    const platform = measurePlatform(engine, { ...given, targets: [half] });
    await measure(platform);
    expect(await figures(platform, { comparisons: ['target', 'full_target'] })).toEqual([
      '2026-03-15 day target total: 100/null ok',
      '2026-03-15 mtd target total: 1500/null ok',
    ]);
  });

  test('leave closed days out: March 2026 has 22 weekdays, 10 of them by the 15th, a Sunday', async () => {
    const company = testCompany({ company: { closed: { weekdays: ['saturday', 'sunday'] } } });
    const platform = measurePlatform(engine, { ...given, targets: [{ ...month, value: 2200 }] });
    await measure(platform, { company });
    expect(await figures(platform, target)).toEqual(['2026-03-15 mtd target total: 1000/null ok']);
  });

  test('of a ratio are taken as they stand on the day', async () => {
    const front = frontWith({ ratio: 'true' });
    const sql = REVENUE_SQL.replace('CAST(NULL AS decimal(18,4))', 'count(*)');
    const platform = measurePlatform(engine, { ...given, targets: [{ ...month, value: 0.75 }] });
    await measure(platform, { sql, front });
    expect(await figures(platform, target)).toEqual([
      '2026-03-15 day target total: 0.75/1 ok',
      '2026-03-15 mtd target total: 0.75/1 ok',
    ]);
  });
});
