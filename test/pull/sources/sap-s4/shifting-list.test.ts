import { afterEach, expect, test } from 'vitest';
import { source } from '../../../../functions/pull/sources/sap-s4/source.ts';
import { fakeWeb } from '../../api/web.ts';
import { type ApiWorld, apiWorld, sourceOf } from '../../api/world.ts';
import { item, order } from './documents.ts';

let world: ApiWorld | undefined;
afterEach(() => world?.close());

const numbered = (number: string) => order({ SalesOrder: number }, [item({ SalesOrder: number })]);

/** SAP with pages of two; each reading from the start gets the next of these lists, and its later pages another one. */
function sap(readings: readonly { readonly first: string[]; readonly later: string[] }[]) {
  let reading = -1;
  return fakeWeb((_, url) => {
    const skip = Number(url.searchParams.get('$skip') ?? 0);
    if (skip === 0) reading += 1;
    const { first, later } = readings[Math.min(reading, readings.length - 1)] as (typeof readings)[number];
    const list = skip === 0 ? first : later;
    const results = list.slice(skip, skip + 2).map(numbered);
    return { body: { d: { __count: String(list.length), results } } };
  });
}

async function pulled(web: ReturnType<typeof sap>) {
  world = apiWorld(web.http, { 'sap-s4': JSON.stringify({ user: 'u', password: 'p' }) });
  const keys = {
    base_url: 'https://sap.example',
    read: ['sales-orders'],
    page_size: 2,
    starts_on: '2026-01-01',
  };
  const fields = {
    booking_programme: null,
    cart_id: null,
    session_id: null,
    list_amount: null,
    freight_amount: null,
  };
  const report = await world.pull(source, sourceOf(source, { ...keys, fields }));
  await world.load(report);
  return report;
}

const shifted = { first: ['2', '3', '4'], later: ['1', '2', '3', '4'] };

test('a list that shifted while it was read is read again, and no document is missing or twice', async () => {
  const whole = { first: ['1', '2', '3', '4'], later: ['1', '2', '3', '4'] };
  const report = await pulled(sap([shifted, whole]));
  expect(report.status).toBe('ok');
  expect(await world?.rows('orders', 'order_id')).toEqual(
    ['1', '2', '3', '4'].map((order_id) => ({ order_id })),
  );
});

test('one that shifts each time is named incomplete, and nothing of it is taken', async () => {
  const report = await pulled(sap([shifted]));
  expect(report).toMatchObject({ status: 'failed', batches: [], problem: { code: 'VENDOR_INCOMPLETE' } });
  expect(report.problem?.message).toMatch(/the record 3 came twice|the record 2 came twice/);
});
