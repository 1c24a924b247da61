import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '../../../functions/lake/values/day.ts';
import type { Cell } from '../../../functions/platform/engine.ts';
import { source as definition } from '../../../functions/pull/sources/sap-commerce/source.ts';
import { shopApi } from '../../../sandbox/companies/wholesale/config/api-shop.ts';
import { OCC_SITE, OCC_USER } from '../../../sandbox/vendors/sap-commerce/occ.ts';
import { makeVendor } from '../../../sandbox/vendors/sap-commerce/vendor.ts';
import type { VendorReply } from '../../../sandbox/vendors/vendor.ts';
import { apiWorld, sourceOf } from '../../pull/api/world.ts';
import { keysOf, living, morning, ownColumns, rowsFromFiles, startsOn, webOf, weeks } from './living.ts';

const shopKeys = keysOf(shopApi(() => 'https://shop.marelune.example', startsOn));
const asOf = weeks.endsOn;

/** The same of an integration object with references, as the ImpEx on the source's page makes it. */
const references = {
  customer_id: 'unit.uid',
  currency: 'currency.isocode',
  device: 'visitDevice.code',
  product_id: 'product.code',
  out_of_stock: 'stockStatus.code',
};
const nested = {
  sets: { carts: 'VigieExport/Carts', orders: 'VigieExport/Orders' },
  cart: { ...(shopKeys['cart'] as object), ...references },
  order: { ...(shopKeys['order'] as object), ...references, status: 'status.code' },
};

let files: Awaited<ReturnType<typeof rowsFromFiles>>;
beforeAll(async () => {
  files = await rowsFromFiles(['shop', 'sap']);
}, 60_000);
afterAll(() => files.close());

function opened(before?: (url: URL) => VendorReply | undefined, clock = { now: morning }) {
  const { vendor, until } = living(makeVendor, clock);
  const web = webOf(vendor, before);
  const world = apiWorld(web.http, { 'sap-commerce': JSON.stringify(vendor.secret) });
  world.setNow(clock.now);
  return { world, web, until, clock };
}

async function pulled(keys: object) {
  const { world, until } = opened();
  until();
  const report = await world.pull(definition, sourceOf(definition, { ...shopKeys, ...keys }), { asOf });
  if (report.problem) throw new Error(report.problem.message);
  await world.load(report);
  return { world, report };
}

/** Carts of the last day settle after it: the files do not have them yet. */
const settled = (rows: Record<string, Cell>[]): Record<string, Cell>[] =>
  rows.filter((row) => String(row['settles_on']) <= asOf);
const TABLES: readonly string[] = ['carts', 'cart_lines'];

describe('the shop over its API says what its files say', () => {
  test.each([
    ['pages of a thousand', {}],
    ['small pages', { page_size: 23 }],
    ['references instead of keys', nested],
  ])('%s', async (_, keys) => {
    const { world, report } = await pulled(keys);
    expect(report.batches.map(({ rejected }) => rejected)).toEqual([0, 0]);
    for (const table of TABLES) {
      const wanted = await files.rows(table, ownColumns);
      expect(wanted.length).toBeGreaterThan(300);
      expect(settled(await world.rows(table, ownColumns)), table).toEqual(wanted);
    }
    await world.close();
  });

  test('morning after morning: a cart that is ordered later becomes an ordered one, and the end is the same', async () => {
    const { world, until, clock } = opened();
    const source = sourceOf(definition, shopKeys);
    for (const day of [
      '2026-05-05',
      '2026-05-06',
      '2026-05-20',
      '2026-06-03',
      '2026-06-04',
      '2026-06-05',
      asOf,
    ]) {
      until(day);
      clock.now = `${addDays(day, 1)}T05:00:00Z`;
      world.setNow(clock.now);
      const report = await world.pull(definition, source, { asOf: day, run: day });
      expect(report.status).toBe('ok');
      await world.load(report);
    }
    for (const table of TABLES)
      expect(settled(await world.rows(table, ownColumns)), table).toEqual(
        await files.rows(table, ownColumns),
      );
    await world.close();
  });

  test('web orders of Commerce are those of SAP, but for what only SAP knows', async () => {
    const { world } = await pulled({ orders: 'from_commerce' });
    const columns = 'order_id, kind, ordered_on, ordered_at, customer_id, channel, cart_id, session_id';
    const ofSap = (await files.rows('orders', columns)).filter(
      (row) => row['channel'] === 'Web shop' && row['cart_id'] !== null,
    );
    expect(await world.rows('orders', columns)).toEqual(ofSap);
    const numbers = new Set(ofSap.map((row) => row['order_id']));
    const money = 'order_id, product_id, quantity, net_amount, list_amount, discount_amount, currency';
    const lines = (await files.rows('order_lines', money)).filter((row) =>
      numbers.has(row['order_id'] ?? null),
    );
    expect(await world.rows('order_lines', money)).toEqual(lines);
    await world.close();
  });

  test('master data and stock agree with those of SAP', async () => {
    const customer = { country: 'country.isocode', email: 'contact.email', opened_at: 'creationtime' };
    const { world } = await pulled({ read: ['customers', 'products', 'stock'], customer });
    const known = 'customer_id, name, country, account_opened_on, email_hash';
    expect(await world.rows('customers', known)).toEqual(await files.rows('customers', known));
    expect(await world.rows('products', ownColumns)).toEqual(await files.rows('products', ownColumns));
    const stock = (await files.rows('stock_levels', ownColumns)).filter((row) => row['stock_on'] === asOf);
    expect(await world.rows('stock_levels', ownColumns)).toEqual(stock);
    const stored = [...world.stored()].filter(([, text]) => /@(garage|key-account)/.test(text));
    expect(stored.map(([key]) => key)).toEqual([]);
    await world.close();
  });

  test('orders over OCC have the amounts of the Integration API', async () => {
    const occ = { site: OCC_SITE, user: OCC_USER };
    const { world } = await pulled({ read: ['occ-orders', 'occ-returns', 'occ-saved-carts'], occ });
    const money = 'order_id, product_id, quantity, net_amount, list_amount, currency';
    const other = await pulled({ read: ['orders'], orders: 'from_commerce' });
    const lines = await other.world.rows('order_lines', money);
    expect(lines.length).toBeGreaterThan(100);
    expect(await world.rows('order_lines', money)).toEqual(lines);
    await world.close();
    await other.world.close();
  });
});

describe('letting in', () => {
  test('a token that ends in the middle is replaced', async () => {
    let requests = 0;
    const clock = { now: morning };
    const { world, web, until } = opened(() => {
      requests += 1;
      if (requests === 6) clock.now = '2026-06-07T06:30:00Z';
      return undefined;
    }, clock);
    until();
    const report = await world.pull(definition, sourceOf(definition, { ...shopKeys, page_size: 100 }), {
      asOf,
    });
    expect(report.problem).toBeUndefined();
    await world.load(report);
    expect(web.sent.filter(({ url }) => url.endsWith('/oauth/token'))).toHaveLength(2);
    expect(settled(await world.rows('carts', ownColumns))).toEqual(await files.rows('carts', ownColumns));
    await world.close();
  });

  test.each([
    [
      'an object without a channel',
      { sets: { carts: 'Other/Carts' } },
      'VENDOR_NO_PERMISSION',
      /Access is denied/,
    ],
    ['a set that is not there', { sets: { carts: 'VigieExport/Trolleys' } }, 'VENDOR_REFUSED', /entity set/],
    [
      'another site',
      { read: ['occ-orders'], occ: { site: 'electronics', user: OCC_USER } },
      'VENDOR_REFUSED',
      /doesn't exist/,
    ],
    [
      'another user',
      { read: ['occ-orders'], occ: { site: OCC_SITE, user: 'someone' } },
      'VENDOR_NO_PERMISSION',
      /denied/,
    ],
  ])('%s is said as it is', async (_, keys, code, words) => {
    const { world } = opened();
    const report = await world.pull(definition, sourceOf(definition, { ...shopKeys, ...keys }), { asOf });
    expect(report.status).toBe('failed');
    expect(report.problem?.code).toBe(code);
    expect(report.problem?.message).toMatch(words);
    await world.close();
  });
});
