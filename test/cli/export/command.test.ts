import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { beforeAll, describe, expect, test } from 'vitest';
import { queryRows } from '../../../functions/platform/engine.ts';
import { vigie } from '../../kit/command-line.ts';
import { readWorkbook } from '../../kit/read-workbook.ts';
import { testEngine } from '../../kit/test-engine.ts';
import { type TinyCompany, tinyCompany, writeDay } from '../../kit/tiny-company.ts';

const OFF = [
  ...['cart_abandonment_rate', 'new_customers', 'orders_per_customer', 'products_per_order'],
  ...['revenue_per_customer', 'units_per_order'],
];
const KPIS = ['net_revenue', 'average_order_value'];

let company: TinyCompany;
let first: string[];
const on = (...args: string[]) => vigie(...args, '--config', company.config);
const file = (name: string): string => join(company.folder, 'bi', name);

type Row = Record<string, unknown>;

const ASKED = [
  ['day', 'current'],
  ['day', 'previous'],
  ['mtd', 'current'],
] as const;

/** Figures of the last day, asked of `vigie values` one window, comparison and dimension at a time. */
async function asValuesSays(): Promise<string[]> {
  const rows: Row[] = [];
  for (const [period, comparison] of ASKED)
    for (const by of [[], ['--dimension', 'channel']]) {
      const asked = ['--period', period, '--comparison', comparison, ...by, '--format', 'json'];
      rows.push(...JSON.parse((await on('values', ...KPIS, '--date', company.lastDay, ...asked)).out));
    }
  return short(rows);
}

const SAID = ['kpi', 'as_of', 'period', 'comparison', 'dimension', 'member', 'value', 'unit', 'quality'];
const WHERE = `kpi IN ('net_revenue', 'average_order_value') AND as_of = DATE '2026-03-10' AND period IN ('day', 'mtd')
  AND comparison IN ('current', 'previous') AND (dimension IS NULL OR dimension = 'channel')`;
const short = (rows: readonly Row[]): string[] =>
  rows.map((row) => SAID.map((name) => `${row[name]}`).join(' | ')).toSorted();

/** What a query finds in a file, or in the view of a file of SQL. */
async function asked(name: string, rest: string): Promise<Row[]> {
  const engine = await testEngine();
  if (name.endsWith('.sql')) await engine.execute(readFileSync(file(name), 'utf8'));
  const from = name.endsWith('.sql') ? 'figures' : `'${file(name)}'`;
  return queryRows(engine, `SELECT * FROM ${from} WHERE ${rest}`).finally(() => engine.close());
}

beforeAll(async () => {
  company = await tinyCompany(OFF);
  expect((await on('run', '--from', '2026-03-09', '--to', company.lastDay)).code).toBe(0);
  first = await asValuesSays();
});

describe('the same figures in every form, and as `vigie values` says', () => {
  test('as recorded first', async () => {
    // Two KPIs, the total and two channels, three figures each.
    expect(first).toHaveLength(18);
    for (const name of ['figures.parquet', 'figures.sql']) {
      expect(await on('export', file(name))).toMatchObject({ code: 0, err: '' });
      expect(short(await asked(name, WHERE))).toEqual(first);
    }
  });

  test('restated: the view follows by itself, the newest recording counts, and the first is told on request', async () => {
    const then = new Date().toISOString();
    writeDay(company.folder, company.firstDay, 9, 3);
    expect((await on('run', '--date', company.lastDay)).code).toBe(0);
    const said = await asValuesSays();
    expect(said).not.toEqual(first);
    expect(short(await asked('figures.sql', WHERE))).toEqual(said);
    expect(short(await asked('figures.parquet', WHERE))).toEqual(first);
    await on('export', file('figures.parquet'));
    const rows = await asked('figures.parquet', WHERE);
    expect(short(rows)).toEqual(said);
    expect(new Set(rows.map(({ version }) => version))).toEqual(new Set([2]));
    await on('export', file('then.parquet'), '--known-at', then);
    expect(short(await asked('then.parquet', WHERE))).toEqual(first);
  });

  test('as CSV: chosen KPIs and days, totals alone; what is unknown is an empty cell', async () => {
    const chosen = ['--kpi', 'net_revenue', '--from', '2026-03-09', '--to', '2026-03-09', '--totals'];
    expect((await on('export', file('some.csv'), ...chosen)).out).toContain('some.csv: ');
    const text = readFileSync(file('some.csv'), 'utf8');
    const { data } = Papa.parse<Row>(text.replace(/^\uFEFF/, ''), { header: true, skipEmptyLines: true });
    expect(new Set(data.map((row) => `${row['kpi']} ${row['as_of']} ${row['dimension']}`))).toEqual(
      new Set(['net_revenue 2026-03-09 ']),
    );
    expect(data.find(({ period, comparison }) => `${period} ${comparison}` === 'day current')).toMatchObject({
      ...{ kpi_name: 'Net revenue', theme: 'sales', member: '', numerator: '550', denominator: '' },
      ...{ value: '550', unit: 'currency', currency: 'EUR', quality: 'ok', version: '1' },
    });
    expect((await on('export', file('some.xlsx'), ...chosen)).out).toContain(
      `some.xlsx: ${data.length} figures`,
    );
    const book = await readWorkbook(readFileSync(file('some.xlsx')));
    expect([book.head, ...book.lines]).toEqual([
      Object.keys(data[0] ?? {}),
      ...data.map((row) => Object.values(row)),
    ]);
  });
});

test.each([
  [['figures'], '.parquet, .csv, .xlsx, .sql, .yaml'],
  [['figures.xls'], '.parquet, .csv, .xlsx, .sql, .yaml'],
  [['kpis.yaml', '--from', '2026-03-01'], '--from is for .parquet, .csv and .xlsx'],
  [['figures.sql', '--totals'], '--totals is for .parquet, .csv and .xlsx'],
  [['figures.sql', '--known-at', '2026-03-01'], '--known-at is for .parquet, .csv and .xlsx'],
  [['figures.csv', '--kpi', 'net_revenu'], 'did you mean `net_revenue`'],
  [['figures.csv', '--to', '2999-01-01'], 'lies in the future'],
])('refuses %j', async (args, words) => {
  const { code, out, err } = await on('export', ...args);
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(words);
});

test('the KPIs as a semantic model: those that the company goes by', async () => {
  expect((await on('export', file('kpis.yaml'))).out).toContain('KPIs, as Open Semantic Interchange');
  const text = readFileSync(file('kpis.yaml'), 'utf8');
  expect(text).toContain('- name: net_revenue\n');
  expect(text).not.toContain('- name: bounce_rate\n');
});

test('before the first run there is nothing to see', async () => {
  const state = ['--state', join(company.folder, 'nothing')];
  const view = await on('export', file('none.sql'), ...state);
  expect([view.code, view.err]).toEqual([2, expect.stringContaining('Run `vigie run` first')]);
  const table = await on('export', file('none.parquet'), ...state);
  expect([table.code, table.err]).toEqual([0, expect.stringContaining('run `vigie run` first')]);
  expect(await asked('none.parquet', 'true')).toEqual([]);
});
