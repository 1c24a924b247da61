import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '../../../functions/lake/values/day.ts';
import { source as definition } from '../../../functions/pull/sources/sap-s4/source.ts';
import { sapApi } from '../../../sandbox/companies/wholesale/config/api-sap.ts';
import { sapSecret, TOKEN_PATH } from '../../../sandbox/vendors/sap-s4/access.ts';
import { makeVendor, sapVendor } from '../../../sandbox/vendors/sap-s4/vendor.ts';
import { apiWorld, sourceOf } from '../../pull/api/world.ts';
import { keysOf, living, morning, ownColumns, rowsFromFiles, startsOn, webOf, weeks } from './living.ts';

/** As the company's vigie.yaml has it. */
const BASE = 'https://s4.marelune.example';
const sapKeys = keysOf(sapApi(() => BASE, startsOn));
const asOf = weeks.endsOn;

let files: Awaited<ReturnType<typeof rowsFromFiles>>;
beforeAll(async () => {
  files = await rowsFromFiles(['sap']);
}, 60_000);
afterAll(() => files.close());

/** The whole company at one go. */
async function pulled(keys: object) {
  const clock = { now: morning };
  const { vendor, until } = living(makeVendor, clock);
  until();
  const world = apiWorld(webOf(vendor).http, { 'sap-s4': JSON.stringify(vendor.secret) });
  world.setNow(morning);
  const report = await world.pull(definition, sourceOf(definition, { ...sapKeys, ...keys }), { asOf });
  if (report.problem) throw new Error(report.problem.message);
  await world.load(report);
  return { world, report };
}

const TABLES: readonly string[] = ['orders', 'order_lines', 'customers', 'products'];

describe('SAP over its API says what its files say', () => {
  test.each([
    ['OData V2', {}],
    ['OData V4', { protocol: 'v4' }],
    ['small pages, all properties', { page_size: 37, select: false }],
  ])('%s', async (_, keys) => {
    const { world, report } = await pulled(keys);
    expect(report.batches.map(({ table, rejected }) => [table, rejected]).filter(([, n]) => n !== 0)).toEqual(
      [],
    );
    for (const table of TABLES) {
      const wanted = await files.rows(table, ownColumns);
      expect(wanted.length).toBeGreaterThan(50);
      expect(await world.rows(table, ownColumns), table).toEqual(wanted);
    }
    await world.close();
  });

  test('no address and no password is kept anywhere', async () => {
    const { world } = await pulled({});
    const stored = [...world.stored()].filter(
      ([, text]) => /@(garage|key-account)/.test(text) || text.includes(sapSecret.password),
    );
    expect(stored.map(([key]) => key)).toEqual([]);
    expect(world.logged.filter((line) => line.includes(sapSecret.password))).toEqual([]);
    await world.close();
  });

  test('stock is that of the morning after', async () => {
    const { world } = await pulled({ read: ['stock'] });
    const wanted = (await files.rows('stock_levels', ownColumns)).filter(
      (row) => row['stock_on'] === weeks.endsOn,
    );
    expect(wanted.length).toBeGreaterThan(100);
    expect(await world.rows('stock_levels', ownColumns)).toEqual(wanted);
    await world.close();
  });
});

describe('morning after morning', () => {
  test.each([['v2'], ['v4']])(
    '%s: cancellations and deliveries catch up, and the end is the same',
    async (protocol) => {
      const clock = { now: morning };
      const { vendor, until } = living(makeVendor, clock);
      const world = apiWorld(webOf(vendor).http, { 'sap-s4': JSON.stringify(vendor.secret) });
      const source = sourceOf(definition, { ...sapKeys, protocol });
      for (const asOf of [
        '2026-05-09',
        '2026-05-16',
        '2026-05-28',
        '2026-06-04',
        '2026-06-05',
        '2026-06-06',
      ]) {
        until(asOf);
        clock.now = `${addDays(asOf, 1)}T05:00:00Z`;
        world.setNow(clock.now);
        const report = await world.pull(definition, source, { asOf, run: asOf });
        expect(report.status).toBe('ok');
        await world.load(report);
      }
      for (const table of TABLES)
        expect(await world.rows(table, ownColumns), table).toEqual(await files.rows(table, ownColumns));
      await world.close();
    },
  );
});

describe('letting in', () => {
  test('by OAuth2, with a token that ends between two pages', async () => {
    const clock = { now: morning };
    const { vendor, until } = living(makeVendor, clock);
    until();
    let requests = 0;
    const web = webOf(vendor, () => {
      requests += 1;
      if (requests === 5) clock.now = '2026-06-07T06:30:00Z';
      return undefined;
    });
    const world = apiWorld(web.http, { 'sap-s4': JSON.stringify(vendor.secret) });
    world.setNow(morning);
    const auth = { kind: 'oauth2', token_url: `${BASE}${TOKEN_PATH}` };
    const report = await world.pull(definition, sourceOf(definition, { ...sapKeys, auth, page_size: 100 }));
    expect(report.problem).toBeUndefined();
    await world.load(report);
    expect(web.sent.filter(({ url }) => url.endsWith(TOKEN_PATH))).toHaveLength(2);
    expect(await world.rows('orders', ownColumns)).toEqual(await files.rows('orders', ownColumns));
    await world.close();
  });

  test.each([
    ['a wrong password', { user: 'VIGIE_READER', password: 'wrong' }, {}, 'VENDOR_REFUSED', /401/],
    [
      'no authorisation',
      sapSecret,
      { denied: ['API_SALES_ORDER_SRV'] },
      'VENDOR_NO_PERMISSION',
      /No authorization to access Service/,
    ],
    [
      'maintenance with status 200',
      sapSecret,
      { maintenance: 200 },
      'VENDOR_UNAVAILABLE',
      /Scheduled maintenance/,
    ],
    [
      'maintenance with status 503',
      sapSecret,
      { maintenance: 503 },
      'VENDOR_UNAVAILABLE',
      /Scheduled maintenance/,
    ],
  ] as const)('%s is said as it is', async (_, secret, habits, code, words) => {
    const { vendor } = living((world) => sapVendor(world, habits), { now: morning });
    const world = apiWorld(webOf(vendor).http, { 'sap-s4': JSON.stringify(secret) });
    world.setNow(morning);
    const report = await world.pull(definition, sourceOf(definition, { ...sapKeys, read: ['sales-orders'] }));
    expect(report.status).toBe('failed');
    expect(report.problem?.code).toBe(code);
    expect(report.problem?.message).toMatch(words);
    expect(JSON.stringify([report, world.logged])).not.toContain(secret.password);
    await world.close();
  });

  test('a name that the service does not know is answered with its own words', async () => {
    const { vendor } = living(makeVendor, { now: morning });
    const world = apiWorld(webOf(vendor).http, { 'sap-s4': JSON.stringify(vendor.secret) });
    world.setNow(morning);
    const fields = { ...(sapKeys['fields'] as object), cart_id: 'ZZ1_Kart_SDH' };
    const report = await world.pull(
      definition,
      sourceOf(definition, { ...sapKeys, read: ['sales-orders'], fields }),
    );
    expect(report.problem?.message).toMatch(/Property ZZ1_Kart_SDH not found/);
    expect(report.problem?.hint).toMatch(/fields/);
    await world.close();
  });
});
