import { describe, expect, test } from 'vitest';
import type { VendorRequest } from '../../../../functions/pull/api/vendor.ts';
import { source } from '../../../../functions/pull/sources/sap-commerce/source.ts';
import { answering, answerOf, pagesOf, totalOf } from '../ad-spend/asking.ts';
import { entityOf, hasRecordings, mapped, recording, sliceFor } from '../mapped.ts';

const occ = { site: 'powertools-spa', user: 'vigie-reader' };
const settings = (keys: object) => source.settings.parse({ base_url: 'https://shop.example', ...keys });

async function ask(name: string, keys: object, slice: object, answer: (request: VendorRequest) => unknown) {
  const chosen = settings({ read: [name], ...keys });
  const { vendor, requests } = answering((request) => answerOf(200, answer(request)));
  const pages = await pagesOf(entityOf(source, chosen, name).pages(vendor, chosen, sliceFor(slice)));
  return { pages, requests, first: new URL(requests[0]?.url ?? '', 'https://shop.example') };
}
const nothing = () => ({ d: { results: [] } });

describe('what is asked of the Integration API', () => {
  test('carts: at first from the day before the first one wanted', async () => {
    const { first } = await ask('carts', {}, { startsOn: '2026-01-01' }, nothing);
    expect(first.pathname).toBe('/odata2webservices/VigieExport/Carts');
    expect(Object.fromEntries(first.searchParams)).toMatchObject({
      ...{ $filter: "modifiedtime ge datetime'2025-12-31T00:00:00'", $orderby: 'code', $top: '1000' },
      $expand: 'unit,currency,entries/product',
    });
  });

  test('orders: what was changed since', async () => {
    const slice = { startsOn: '2026-01-01', since: '2026-11-20T05:00:00.000Z' };
    const { first } = await ask(
      'orders',
      { changed: 'touched', order: { ordered_at: 'placed' } },
      slice,
      nothing,
    );
    expect(first.searchParams.get('$filter')).toBe(
      "placed ge datetime'2025-12-31T00:00:00' and touched ge datetime'2026-11-20T05:00:00'",
    );
  });

  test('names are the customer’s own', async () => {
    const keys = {
      sets: { carts: 'Export/Baskets' },
      sort_by: { carts: null },
      cart: { customer_id: 'company.number', entries: 'items', product_id: 'article.sku', currency: 'money' },
    };
    const { first } = await ask('carts', keys, {}, nothing);
    expect(first.pathname).toBe('/odata2webservices/Export/Baskets');
    expect(first.searchParams.get('$expand')).toBe('company,items/article');
    expect(first.searchParams.has('$orderby')).toBe(false);
  });

  test('products of the catalogue that is online', async () => {
    const { first } = await ask('products', {}, {}, nothing);
    expect(first.searchParams.get('$filter')).toBe("catalogVersion/version eq 'Online'");
    expect(first.searchParams.get('$expand')).toBe('approvalStatus,supercategories');
  });
});

const page = (orders: object[], currentPage: number, totalPages: number) => ({
  orders,
  pagination: { currentPage, totalPages },
});
const listed = (code: string, placed: string) => ({ code, placed, status: 'READY' });

describe('what is asked of OCC', () => {
  test('the list, page by page, and each order in full', async () => {
    const { requests, pages } = await ask('occ-orders', { occ }, {}, ({ url, query }) => {
      if (!url.endsWith('/orders')) return { code: url.slice(url.lastIndexOf('/') + 1) };
      return query?.['currentPage'] === 0
        ? page([listed('2', '2026-11-20T10:00:00+0000')], 0, 2)
        : page([listed('1', '2026-11-19T10:00:00+0000')], 1, 2);
    });
    const root = '/occ/v2/powertools-spa/orgUsers/vigie-reader/orgUnits/orders';
    expect(requests.map(({ url }) => url)).toEqual([root, `${root}/2`, root, `${root}/1`]);
    expect(pages.map((each) => (each.json() as { code: string }).code)).toEqual(['2', '1']);
  });

  test('orders placed long before the last reading are not asked for again', async () => {
    const slice = { since: '2026-11-20T05:00:00.000Z' };
    const { requests } = await ask('occ-orders', { occ, look_back_days: 5 }, slice, ({ url }) =>
      url.endsWith('/orders')
        ? page([listed('3', '2026-11-14T10:00:00+0000'), listed('2', '2026-11-13T10:00:00+0000')], 0, 1)
        : { code: '3' },
    );
    expect(requests.map(({ url }) => url.split('/').at(-1))).toEqual(['orders', '3']);
  });

  test('saved carts until a page is not full', async () => {
    const { requests } = await ask('occ-saved-carts', { occ }, {}, ({ query }) => ({
      carts: Array.from({ length: query?.['currentPage'] === 0 ? 100 : 1 }, (_, index) => ({
        guid: `${query?.['currentPage']}-${index}`,
      })),
    }));
    expect(requests.map(({ query }) => query?.['currentPage'])).toEqual([0, 1]);
  });

  test.each([
    [
      'an order placed meanwhile',
      [
        ['3', '2'],
        ['2', '1'],
      ],
      [3, 4],
      /record 2 came twice/,
    ],
    ['an order that went', [['4', '3'], ['1']], [4, 3], /counted 4 records, then 3/],
    ['a list that ends early', [['4', '3'], ['2']], [4, 4], /3 records came of 4/],
  ])('a list that %s shifts is not taken for whole', async (_, pages, counts, why) => {
    const asked = ask('occ-orders', { occ }, {}, ({ url, query }) => {
      if (!url.endsWith('/orders')) return { code: url.split('/').at(-1) };
      const number = Number(query?.['currentPage']);
      const orders = (pages[number] ?? []).map((code) => listed(code, '2026-11-20T10:00:00+0000'));
      const pagination = { currentPage: number, totalPages: 2, totalResults: counts[number] };
      return { orders, pagination };
    });
    await expect(asked).rejects.toMatchObject({
      code: 'VENDOR_INCOMPLETE',
      retryable: true,
      message: expect.stringMatching(why),
    });
  });

  test('another order than the one asked for is never taken for it', async () => {
    const asked = ask('occ-orders', { occ }, {}, ({ url }) =>
      url.endsWith('/orders') ? page([listed('2', '2026-11-20T10:00:00+0000')], 0, 1) : { code: '1' },
    );
    await expect(asked).rejects.toMatchObject({ code: 'VENDOR_SHAPE' });
  });

  test('another page than the one asked for is asked for again', async () => {
    let calls = 0;
    const { requests } = await ask('occ-returns', { occ }, {}, ({ query }) => {
      calls += 1;
      const currentPage = calls === 2 ? 0 : Number(query?.['currentPage']);
      return { returnRequests: [], pagination: { currentPage, totalPages: 2 } };
    });
    expect(requests.map(({ query }) => query?.['currentPage'])).toEqual([0, 1, 1]);
  });

  test('an answer without pagination is not as known', async () => {
    await expect(ask('occ-returns', { occ }, {}, () => ({ returnRequests: [] }))).rejects.toMatchObject({
      code: 'VENDOR_SHAPE',
    });
  });

  test('site and user have to be named, and the user is no person', () => {
    const without = { base_url: 'https://shop.example', read: ['occ-orders'] };
    expect(source.settings.safeParse(without).success).toBe(false);
    const person = { ...occ, user: 'william.hunter@rustic-hw.example' };
    expect(source.settings.safeParse({ base_url: 'https://shop.example', occ: person }).success).toBe(false);
  });

  test.skipIf(!hasRecordings)(
    'recorded: the list leads to the order, and its two entries are 172 dollars',
    async () => {
      const { pages } = await ask('occ-orders', { occ }, {}, ({ url }) =>
        recording(
          `sap-commerce/spartacus_service-order__${url.endsWith('/orders') ? 'orderList' : 'orderDetails'}.json`,
        ),
      );
      const lines = pages.flatMap((each) =>
        mapped(source, { occ }, 'occ-orders', each.json()).of('order_lines'),
      );
      expect(totalOf(lines, 'net_amount')).toBe('172');
    },
  );
});

describe('errors', () => {
  const occError = (type: string) => ({ errors: [{ type, message: 'No' }] });
  const odata = (value: string) => ({ error: { code: 'x', message: { lang: 'en', value } } });
  test.each([
    [401, occError('InvalidTokenError'), { kind: 'token-expired' }],
    [401, occError('UnauthorizedError'), { kind: 'no-permission' }],
    [403, occError('ForbiddenError'), { kind: 'no-permission', reason: 'No (ForbiddenError)' }],
    [400, occError('UnknownIdentifierError'), { kind: 'refused' }],
    [400, odata('Invalid attribute'), { kind: 'refused', reason: 'Invalid attribute (x)' }],
    [403, odata('Access is denied'), { kind: 'no-permission' }],
    [429, occError('TooManyRequestsError'), undefined],
    [200, { orders: [] }, undefined],
  ])('%i %j', (status, body, wanted) => {
    const diagnosis = source.diagnose?.(answerOf(status, body));
    if (wanted === undefined) expect(diagnosis).toBeUndefined();
    else expect(diagnosis).toMatchObject(wanted);
  });
});

test('credentials go to the authorization server below the base address', () => {
  expect(source.authorize(settings({}))).toEqual({
    ...{ kind: 'oauth2', grant: 'client_credentials', clientAuth: 'body', secret: '${secret:sap-commerce}' },
    tokenUrl: 'https://shop.example/authorizationserver/oauth/token',
  });
});

test('the probe warns of sets that show nothing', async () => {
  const { vendor } = answering(() => answerOf(200, nothing()));
  expect(await source.probe(vendor, settings({}))).toMatchObject({ status: 'warning' });
  const full = answering(() => answerOf(200, { d: { results: [{}] } }));
  expect(await source.probe(full.vendor, settings({}))).toEqual({ status: 'ok', finding: '2 sets answer' });
});
