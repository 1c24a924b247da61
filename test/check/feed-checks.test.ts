import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PullReport } from '../../functions/lake/landing/batch.ts';
import { qualityOf } from '../../functions/lake/snapshot/finding.ts';
import { addDays } from '../../functions/lake/values/day.ts';
import { AS_OF, line, order, pulled, scene } from './scene.ts';

const { engine, load, check, reset, close } = scene();
beforeEach(reset);
afterAll(close);

const DAILY = 'files/orders_{date}.csv';
const only = async (id: string, ...args: Parameters<typeof check>) =>
  (await check(...args)).filter((finding) => finding.check === id);

describe('freshness', () => {
  test('names the last day of a daily source that is late', async () => {
    await load('orders', [order('A', { ordered_on: '2026-11-18' })]);
    expect(await only('freshness', [{ table: 'orders', path: DAILY }])).toEqual([
      {
        check: 'freshness',
        means: expect.objectContaining({ en: 'the latest data has not arrived' }),
        severity: 'error',
        table: 'orders',
        source: 'erp',
        lastDate: '2026-11-18',
        sample: null,
        message: 'orders from erp: the latest day is 2026-11-18, 2026-11-20 was expected.',
        hint: expect.stringContaining('Ask whoever runs erp'),
      },
    ]);
  });

  test.each([
    ['on a Sunday, Friday is fresh', '2026-11-22', '2026-11-20', undefined, 0],
    ['on a Monday, Friday is late', '2026-11-23', '2026-11-20', undefined, 1],
    ['with an age of one trading day, Friday is fresh on Monday', '2026-11-23', '2026-11-20', 1, 0],
    ['with an age of one trading day, Thursday is late on Monday', '2026-11-23', '2026-11-19', 1, 1],
    ['rows after the as-of date prove nothing about it', '2026-11-18', '2026-11-20', undefined, 1],
    ['null switches the check off', '2026-11-20', '2026-01-01', null, 0],
  ])('%s', async (_, asOf, ordered_on, max_age_days, count) => {
    await load('orders', [order('A', { ordered_on })]);
    const feed = {
      table: 'orders' as const,
      path: DAILY,
      ...(max_age_days === undefined ? {} : { max_age_days }),
    };
    expect(await only('freshness', [feed], { asOf })).toHaveLength(count);
  });

  test('asks nothing of a source that delivers one file now and then, nor of master data', async () => {
    await load('orders', [order('A', { ordered_on: '2026-01-05' })]);
    expect(
      await only('freshness', [
        { table: 'orders' },
        { table: 'customers', path: 'files/customers_{date}.csv' },
      ]),
    ).toEqual([]);
  });

  test('takes a source that has delivered dated files for a daily one', async () => {
    const inputs = [1, 2, 3, 4, 5].map((day) => ({
      name: `o${day}`,
      fingerprint: '',
      date: `2026-11-0${day}`,
      rows: 1,
      rejected: 0,
    }));
    await load('orders', [order('A', { ordered_on: '2026-11-05' })], { inputs });
    expect(await only('freshness', [{ table: 'orders' }])).toHaveLength(1);
  });

  test('says so when nothing has ever come', async () => {
    const [finding] = await only('freshness', [{ table: 'sessions', path: DAILY }]);
    expect(finding).toMatchObject({
      lastDate: null,
      message: expect.stringContaining('the latest day is missing altogether'),
    });
  });

  test('believes an empty file: nothing happened on that day', async () => {
    const input = (date: string, rows: number) => ({ name: date, fingerprint: '', date, rows, rejected: 0 });
    await load('orders', [order('A', { ordered_on: '2026-11-19' })], {
      inputs: [input('2026-11-19', 1), input(AS_OF, 0)],
    });
    expect(await only('freshness', [{ table: 'orders', path: DAILY }])).toEqual([]);
  });

  test('does not believe a file whose rows are old', async () => {
    await load('orders', [order('A', { ordered_on: '2026-11-19' })], {
      inputs: [{ name: 'o', fingerprint: '', date: AS_OF, rows: 1, rejected: 0 }],
    });
    expect(await only('freshness', [{ table: 'orders', path: DAILY }])).toHaveLength(1);
  });

  test('judges master data by its files when an age is configured', async () => {
    const inputs = [{ name: 'c', fingerprint: '', date: '2026-11-16', rows: 1, rejected: 0 }];
    await load('customers', [{ customer_id: 'C1' }], { inputs });
    expect(await only('freshness', [{ table: 'customers', max_age_days: 5 }])).toEqual([]);
    expect(await only('freshness', [{ table: 'customers', max_age_days: 2 }])).toMatchObject([
      { lastDate: '2026-11-16' },
    ]);
  });
});

describe('pull', () => {
  test('a source of which one account failed by itself makes its table incomplete, and no other', async () => {
    await load('orders', [order('A', { ordered_on: AS_OF })]);
    const problem = { code: 'VENDOR_REFUSED', message: 'account 7 is closed', hint: 'Take it out.' };
    const pulls = [{ source: 'erp', status: 'failed', batches: [], lacking: ['orders'], problem } as const];
    const findings = await check([{ table: 'orders', path: DAILY }], { pulls });
    expect(findings).toMatchObject([
      {
        ...{ check: 'pull_part', severity: 'error', table: 'orders', hint: 'Take it out.', lastDate: null },
        message: 'erp was read in part only, so orders lacks some of it: account 7 is closed',
      },
    ]);
    expect(qualityOf(['orders'], findings)).toBe('incomplete');
    expect(qualityOf(['carts'], findings)).toBe('ok');
  });

  test('a failed source makes each of its tables stale, once', async () => {
    await load('orders', [order('A', { ordered_on: '2026-11-18' })]);
    const failed = {
      source: 'erp',
      status: 'failed',
      batches: [],
      problem: { code: 'X', message: 'no such folder', hint: 'Mount it.' },
    } as const;
    const findings = await check(
      [
        { table: 'orders', path: DAILY },
        { table: 'order_lines', path: DAILY },
      ],
      { pulls: [failed] },
    );
    expect(findings).toMatchObject([
      {
        check: 'pull',
        severity: 'error',
        table: 'orders',
        lastDate: '2026-11-18',
        hint: 'Mount it.',
        message: 'erp could not be read, so orders stands as of 2026-11-18: no such folder',
      },
      {
        check: 'pull',
        severity: 'error',
        table: 'order_lines',
        lastDate: null,
        message: 'erp could not be read, so order_lines has no data from it: no such folder',
      },
    ]);
  });
});

test('a table that failed says nothing against its siblings, whose data are good', async () => {
  await load('orders', [order('A')]);
  const lines = { code: 'X', message: 'lacks the column Betrag', hint: 'Name it.' };
  const partly: PullReport = {
    ...{ source: 'erp', status: 'failed', batches: [], problem: lines },
    failed: [{ table: 'order_lines', problem: lines }],
  };
  const feeds = [
    { table: 'orders' as const, path: DAILY },
    { table: 'order_lines' as const, path: DAILY },
  ];
  expect(await check(feeds, { pulls: [partly] })).toMatchObject([
    { check: 'pull', table: 'order_lines', hint: 'Name it.' },
  ]);
  const late = await check(feeds, { pulls: [partly], asOf: '2026-11-23' });
  expect(late.map((finding) => [finding.check, finding.table])).toEqual([
    ['pull', 'order_lines'],
    ['freshness', 'orders'],
  ]);
});

describe('volume', () => {
  afterEach(() => engine.execute('DELETE FROM lake.sessions'));
  const feed = [{ table: 'sessions' as const, path: DAILY }];
  /** That many sessions a day, written straight into the lake. */
  const fill = (days: readonly (readonly [string, number])[]) => {
    const values = days.map(([date, rows]) => `(DATE '${date}', ${rows})`).join(', ');
    const row =
      "d.day || '-' || n AS session_id, 'shop' AS property, d.day AS started_on, 1 AS session_count, 'erp' AS _source";
    return engine.execute(
      `DELETE FROM lake.sessions; INSERT INTO lake.sessions BY NAME SELECT ${row} FROM (VALUES ${values}) AS d(day, rows), range(d.rows) AS r(n)`,
    );
  };
  const weeks = (counts: readonly number[]) =>
    counts.map((rows, index) => [addDays(AS_OF, -7 * (index + 1)), rows] as const);

  test.each([
    ['a third of the usual day', [100, 100, 90, 110, 100, 95, 105, 100], 29, 1],
    ['a little less than usual', [100, 100, 90, 110, 100, 95, 105, 100], 40, 0],
    ['more than three times the usual day', [100, 100, 90, 110, 100, 95, 105, 100], 310, 1],
    ['a single odd week in the past moves nothing', [2, 100, 100, 100, 100, 100, 100, 3000], 90, 0],
    ['too few past days to know', [100, 100, 100], 5, 0],
    ['days too small to judge', [10, 10, 10, 10, 10, 10, 10, 10], 1, 0],
  ])('%s', async (_, past, today, count) => {
    await fill([...weeks(past), [AS_OF, today]]);
    expect(await only('volume', feed)).toHaveLength(count);
  });

  test('says how many there were and how many there usually are', async () => {
    await fill([...weeks([100, 101, 100, 101]), [AS_OF, 10]]);
    expect(await only('volume', feed)).toMatchObject([
      {
        severity: 'warning',
        source: 'erp',
        message: 'sessions from erp has 10 rows on 2026-11-20; on the same weekday there are usually 100.5.',
      },
    ]);
  });

  test('leaves a day on which nothing came at all to freshness', async () => {
    await fill(weeks([100, 100, 100, 100]));
    expect((await check(feed)).map((finding) => finding.check)).toEqual(['freshness']);
  });
});

test('all in order: no finding', async () => {
  const lines = await load('order_lines', [line('A', '1')]);
  const orders = await load('orders', [order('A')]);
  const feeds = [
    { table: 'orders' as const, path: DAILY },
    { table: 'order_lines' as const, path: DAILY },
  ];
  expect(await check(feeds, { pulls: [pulled(lines, orders)] })).toEqual([]);
});
