import { describe, expect, test } from 'vitest';
import type { SourceDefinition } from '../../../functions/pull/api/source.ts';
import type { Vendor, VendorRequest } from '../../../functions/pull/api/vendor.ts';
import { source as commerce } from '../../../functions/pull/sources/sap-commerce/source.ts';
import { source as sap } from '../../../functions/pull/sources/sap-s4/source.ts';
import { sapApi } from '../../../sandbox/companies/wholesale/config/api-sap.ts';
import { shopApi } from '../../../sandbox/companies/wholesale/config/api-shop.ts';
import { commerceSecret, TOKEN_PATH } from '../../../sandbox/vendors/sap-commerce/access.ts';
import { makeVendor as makeShop } from '../../../sandbox/vendors/sap-commerce/vendor.ts';
import { sapSecret } from '../../../sandbox/vendors/sap-s4/access.ts';
import { makeVendor as makeSap } from '../../../sandbox/vendors/sap-s4/vendor.ts';
import type { SimulatedVendor } from '../../../sandbox/vendors/vendor.ts';
import { answerOf } from '../../pull/sources/ad-spend/asking.ts';
import { entityOf, mapped, sliceFor } from '../../pull/sources/mapped.ts';
import { keysOf, living, morning, startsOn, weeks } from './living.ts';

const BASE = 'https://vendor.marelune.example';
const days = { ...weeks, days: 14, scale: 0.1 };

/** A way to the vendor for someone who is let in. */
const letIn = (vendor: SimulatedVendor, authorization: string): Vendor => ({
  async ask({ url }: VendorRequest) {
    const call = {
      method: 'GET',
      url: new URL(url, BASE),
      headers: new Headers({ authorization }),
      body: '',
    };
    const reply = await vendor.answer(call);
    return answerOf(reply.status, JSON.parse(String(reply.body)));
  },
  async *polls() {},
  now: () => new Date('2026-11-22T06:00:00.000Z'),
  note() {},
});

async function asSap(): Promise<Vendor> {
  const { vendor, until } = living(makeSap, { now: morning }, days);
  until();
  const basic = Buffer.from(`${sapSecret.user}:${sapSecret.password}`).toString('base64');
  return letIn(vendor, `Basic ${basic}`);
}

async function asShop(): Promise<Vendor> {
  const { vendor, until } = living(makeShop, { now: morning }, days);
  until();
  const body = new URLSearchParams({ ...commerceSecret, grant_type: 'client_credentials' }).toString();
  const reply = await vendor.answer({
    method: 'POST',
    url: new URL(TOKEN_PATH, BASE),
    headers: new Headers(),
    body,
  });
  const { access_token: token } = JSON.parse(String(reply.body)) as { access_token: string };
  return letIn(vendor, `Bearer ${token}`);
}

/** Names of all members of the records of an answer, however deep, but for what is said about entities. */
function namesIn(value: unknown): string[] {
  if (Array.isArray(value)) return namesIn(value[0]);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) =>
    name.startsWith('__') ? [] : [name, ...namesIn(each)],
  );
}

const renamed = (body: unknown, name: string): unknown =>
  JSON.parse(JSON.stringify(body).replaceAll(`"${name}":`, `"${name}_v2":`));

const {
  base_url: _sap,
  starts_on: _starts,
  name: _name,
  secret: _secret,
  read: _read,
  ...sapKeys
} = keysOf(sapApi(() => BASE, startsOn));
const {
  base_url: _shop,
  starts_on: _begins,
  name: _called,
  secret: _hidden,
  read: _reads,
  ...shopKeys
} = keysOf(shopApi(() => BASE, startsOn));

describe('a field that SAP or the shop renames is never read as nothing', () => {
  test.each<[string, SourceDefinition, object, () => Promise<Vendor>]>([
    ['sales-orders', sap, sapKeys, asSap],
    ['sales-orders', sap, { ...sapKeys, select: false }, asSap],
    ['customer-returns', sap, sapKeys, asSap],
    ['customers', sap, sapKeys, asSap],
    ['products', sap, sapKeys, asSap],
    ['stock', sap, sapKeys, asSap],
    ['carts', commerce, shopKeys, asShop],
    ['orders', commerce, { ...shopKeys, orders: 'from_commerce' }, asShop],
    ['customers', commerce, {}, asShop],
    ['products', commerce, {}, asShop],
    ['stock', commerce, {}, asShop],
  ])('%s', async (name, source, keys, enter) => {
    const vendor = await enter();
    const settings = source.settings.parse({ base_url: BASE, read: [name], ...keys });
    const slice = { asOf: weeks.endsOn, startsOn: '2026-05-01' };
    const pages = entityOf(source, settings, name).pages(vendor, settings, sliceFor(slice));
    const page = (await pages[Symbol.asyncIterator]().next()).value;
    const body = page?.json() as { d: { results: unknown[] } };
    const wanted = mapped(source, keys, name, body, { slice });
    expect(wanted.rows.length).toBeGreaterThan(5);
    expect(wanted.rejected).toEqual([]);
    for (const field of new Set(body.d.results.flatMap(namesIn))) {
      const found = mapped(source, keys, name, renamed(body, field), { slice });
      // Either nobody needs it, or every record is rejected by its name.
      if (found.rejected.length === 0) expect([field, found.rows]).toEqual([field, wanted.rows]);
      else expect([field, found.rows]).toEqual([field, []]);
    }
  });
});
