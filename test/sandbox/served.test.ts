import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Lake, lakeOfFiles, lakeOfVendors, rowsOf } from './lakes.ts';

/** One company, once from its files and once from its vendors: the lakes must hold the same. */
const company = { seed: 5, endsOn: '2026-11-21', days: 45, scale: 0.12, stories: true };
const last = `DATE '${company.endsOn}'`;
let files: Lake;
let vendors: Lake;

beforeAll(async () => {
  files = await lakeOfFiles(company);
  vendors = await lakeOfVendors(company);
});
afterAll(async () => {
  await files?.close();
  await vendors?.close();
});

test('every source is pulled', () => {
  expect(vendors.pulls.filter(({ status }) => status !== 'ok')).toEqual([]);
  expect(vendors.pulls.flatMap(({ batches }) => batches).filter(({ rejected }) => rejected > 0)).toEqual([]);
});

test.each([
  ['orders', 'true'],
  ['order_lines', 'true'],
  ['customers', 'true'],
  ['products', 'true'],
  ['ad_spend', 'true'],
  ['exchange_rates', 'true'],
  ['customer_objectives', 'true'],
  ['targets', 'true'],
  ['budgets', 'true'],
  ['marketing_costs', 'true'],
  // The shop's files hold carts whose 24 hours are over; its API shows those of today, too.
  ['carts', `settles_on <= ${last}`],
  ['cart_lines', `settles_on <= ${last}`],
  // The API knows the stock of today only.
  ['stock_levels', `stock_on = ${last}`],
])('%s, where %s, are the same from vendors and from files', async (table, where) => {
  const wanted = await rowsOf(files, table, where);
  expect(wanted.length).toBeGreaterThan(3);
  const found = await rowsOf(vendors, table, where);
  expect(found.filter((row) => !wanted.includes(row)).slice(0, 3)).toEqual([]);
  expect(wanted.filter((row) => !found.includes(row)).slice(0, 3)).toEqual([]);
  expect(found).toHaveLength(wanted.length);
});

test('sessions, which come one by one from files and as sums from Google, add up to the same', async () => {
  const sums = (lake: Lake) =>
    lake.query(
      `SELECT started_on, device, channel, landing_group, CAST(sum(session_count) AS integer) AS sessions,
       CAST(sum(ordering_session_count) AS integer) AS ordering, CAST(sum(bounced_session_count) AS integer) AS bounced
       FROM lake.sessions GROUP BY ALL ORDER BY ALL`,
    );
  const wanted = await sums(files);
  expect(wanted.length).toBeGreaterThan(1000);
  expect(await sums(vendors)).toEqual(wanted);
});

test('clicks from Google, which files tell without their position, are the same', async () => {
  const told = (lake: Lake) =>
    lake.query(
      `SELECT CAST(searched_on AS varchar) AS day, site, device, country, click_count, impression_count
       FROM lake.search_clicks ORDER BY ALL`,
    );
  const wanted = await told(files);
  expect(wanted.length).toBeGreaterThan(300);
  // The last three days are not final.
  expect(wanted.at(-1)?.['day']).toBe('2026-11-18');
  expect(await told(vendors)).toEqual(wanted);
  const [places] = await vendors.query(
    'SELECT min(position_sum / impression_count) AS best, max(position_sum / impression_count) AS worst FROM lake.search_clicks',
  );
  expect(Number(places?.['best'])).toBeGreaterThan(8);
  expect(Number(places?.['worst'])).toBeLessThan(14);
});

test('page views are those of visitors who agreed', async () => {
  const [consented] = await files.query(
    `SELECT count(*) AS views FROM lake.page_views v JOIN lake.sessions s USING (session_id) WHERE s.consented`,
  );
  const [found] = await vendors.query('SELECT count(*) AS views FROM lake.page_views');
  expect(found).toEqual(consented);
});

describe('pulled again the same morning', () => {
  test('nothing is new to the lake', async () => {
    const before = await Promise.all(TABLES.map((table) => rowsOf(vendors, table)));
    const reports = await vendors.again('again.20261122T060000Z');
    expect(reports.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(await Promise.all(TABLES.map((table) => rowsOf(vendors, table)))).toEqual(before);
  });
});

const TABLES = ['orders', 'order_lines', 'customers', 'carts', 'cart_lines', 'ad_spend', 'sessions'];
