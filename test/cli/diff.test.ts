import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { globSync } from 'tinyglobby';
import { beforeAll, describe, expect, test } from 'vitest';
import { vigie } from '../kit/command-line.ts';
import { type TinyCompany, tinyCompany, unmeasured } from '../kit/tiny-company.ts';

let company: TinyCompany;
const on = (...args: string[]) => vigie(...args, '--config', company.config);
const put = (file: string, text: string): void => {
  mkdirSync(dirname(join(company.folder, file)), { recursive: true });
  writeFileSync(join(company.folder, file), text);
};
const edit = (from: string, to: string): void => {
  const text = readFileSync(company.config, 'utf8');
  expect(text).toContain(from);
  writeFileSync(company.config, text.replace(from, to));
};

/** Revenue of the web shop: C1 buys for 100 a day, on ten days. */
const webRevenue = (channel: string): string => `/*
names: { en: Own revenue }
describes: { en: Net revenue of one channel. }
unit: currency
good: up
numerator: sum net_amount
windows: [day, mtd]
headline: day
dimensions: [sales_channel]
theme: sales
audience: [executive]
*/
SELECT o.ordered_on AS day, o.channel, l.net_amount
FROM orders o
JOIN order_lines l ON l.order_id = o.order_id
WHERE o.channel = '${channel}'
`;

interface Row {
  readonly kpi: string;
  readonly definition: string;
  readonly period: string;
  readonly comparison: string;
  readonly member: string | null;
  readonly recorded: number | null;
  readonly now: number | null;
  readonly difference: number | null;
}

/** The rows that differ among the current figures. */
const rowsOf = async (...args: string[]): Promise<Row[]> => {
  const { out } = await on('diff', ...args, '--format', 'json');
  return (JSON.parse(out) as { rows: Row[] }).rows.filter(({ comparison }) => comparison === 'current');
};

beforeAll(async () => {
  company = await tinyCompany(unmeasured);
  put('kpis/own_revenue.sql', webRevenue('web'));
  const ran = await on('run', '--no-mail', '--from', company.firstDay, '--to', company.lastDay);
  expect(ran.code, ran.out + ran.err).toBe(0);
});

describe('diff', () => {
  test('nothing differs from what was just recorded, and nothing is recorded', async () => {
    const files = () => globSync('.vigie/{snapshot,runs,labels}/**', { cwd: company.folder }).sort();
    const before = files();
    const { code, out, err } = await on('diff');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^Figures of 2026-03-10, recorded by Vigie \d+\.\d+\.\d+/);
    expect(out).toMatch(/Nothing differs: \d+ KPIs\./);
    expect(files()).toEqual(before);
  });

  test('another definition: which figures differ, before and now, totals and members', async () => {
    put('kpis/own_revenue.sql', webRevenue('rep'));
    // On the tenth day C2 buys for 50 × 10; over ten days for 50 × (1 + … + 10).
    expect(await rowsOf('own_revenue')).toEqual([
      { ...total('day', 100, 500), difference: 400 },
      { ...total('mtd', 1000, 2750), difference: 1750 },
      { ...total('day', 100, null), dimension: 'channel', member: 'web' },
      { ...total('mtd', 1000, null), dimension: 'channel', member: 'web' },
      { ...total('day', null, 500), dimension: 'channel', member: 'rep' },
      { ...total('mtd', null, 2750), dimension: 'channel', member: 'rep' },
    ]);
    const { code, out } = await on('diff');
    expect(code).toBe(1);
    expect(out).toMatch(/^own_revenue +changed +\d+ +\d+/m);
    expect(out).toMatch(/^day +current +total +100 +500 +\+400$/m);
    expect(out).toMatch(/^mtd +current +channel +rep +– +2,750$/m);
    expect(out).toContain('the next run measures the KPI anew');
    expect(out).not.toMatch(/^net_revenue /m);
    // What the next run records is what was told.
    expect((await on('run', '--no-mail', '--date', company.lastDay)).code).toBe(0);
    expect((await on('diff')).out).toContain('Nothing differs');
  });

  test('a run by another definition tells operations of it, on that day and on no other', async () => {
    const told = async (day: string): Promise<boolean> => {
      await on('run', '--no-mail', '--date', day);
      const mails = globSync(`.vigie/mail/${day}/ops.*.html`, { cwd: company.folder, absolute: true });
      return mails.some((file) => readFileSync(file, 'utf8').includes('own_revenue'));
    };
    expect(await told('2026-03-11')).toBe(false);
    put('kpis/own_revenue.sql', webRevenue('web'));
    expect(await told('2026-03-12')).toBe(true);
    expect(await told('2026-03-13')).toBe(false);
    expect((await on('run', '--no-mail', '--date', company.lastDay)).code).toBe(0);
  });

  test('a KPI that cannot be measured, one that is off, one that is new', async () => {
    put('kpis/own_revenue.sql', webRevenue('rep').replace('l.net_amount\n', 'l.net_amont\n'));
    put('kpis/second_revenue.sql', webRevenue('web'));
    edit('off:\n', 'off:\n    units_per_order: A test of what is gone.\n');
    const { code, out } = await on('diff');
    expect(code).toBe(1);
    expect(out).toMatch(/^own_revenue +changed .*net_amont/m);
    expect(out).toMatch(/^units_per_order +gone +\d+ +–/m);
    expect(out).toMatch(/^second_revenue +new +0 +[1-9]/m);
    edit('off:\n    units_per_order: A test of what is gone.\n', 'off:\n');
    rmSync(join(company.folder, 'kpis'), { recursive: true });
  });

  test('the same definition of other data or settings is told as such', async () => {
    put('kpis/own_revenue.sql', webRevenue('rep'));
    edit('kpis:\n', 'kpis:\n  windows_off: [ytd]\n');
    const { code, out } = await on('diff', 'net_revenue', '--format', 'table');
    expect(code).toBe(1);
    expect(out).toMatch(/^net_revenue +same +\d+ +[1-9]/m);
    expect(out).toContain('same, and yet figures differ');
  });

  test('as CSV: a row for each figure; a KPI that is not there is refused', async () => {
    const { out } = await on('diff', 'net_revenue', '--format', 'csv');
    expect(out).toMatch(
      /^kpi,definition,period,comparison,dimension,member,recorded,now,difference\nnet_revenue,same,/,
    );
    const { code, err } = await on('diff', 'net_revenu');
    expect(code).toBe(2);
    expect(err).toContain('net_revenue');
  });
});

const total = (period: string, recorded: number | null, now: number | null) => ({
  kpi: 'own_revenue',
  definition: 'changed',
  period,
  comparison: 'current',
  dimension: null as string | null,
  member: null as string | null,
  recorded,
  now,
  difference: null as number | null,
});
