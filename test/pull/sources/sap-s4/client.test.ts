import { describe, expect, test } from 'vitest';
import { source } from '../../../../functions/pull/sources/sap-s4/source.ts';
import { documentType, families } from '../../../../sandbox/vendors/sap-s4/document-types.ts';
import { answering, answerOf, pagesOf } from '../ad-spend/asking.ts';
import { entityOf, hasRecordings, mapped, recording, recordingText, sliceFor } from '../mapped.ts';

const settings = (keys: object) => source.settings.parse({ base_url: 'https://sap.example', ...keys });

/** What is asked of SAP for an entity, decoded. */
async function asked(name: string, keys: object, slice: object = {}): Promise<URL> {
  const chosen = settings({ read: [name], ...keys });
  const { vendor, requests } = answering(() => answerOf(200, { d: { results: [] }, value: [] }));
  await pagesOf(entityOf(source, chosen, name).pages(vendor, chosen, sliceFor(slice)));
  return new URL(requests[0]?.url ?? '', 'https://sap.example');
}

const since = '2026-11-20T05:00:00.000Z';

describe('what is asked of SAP', () => {
  test('at first: everything from the first day wanted', async () => {
    const { pathname, searchParams } = await asked(
      'sales-orders',
      { client: '100' },
      { startsOn: '2024-09-13' },
    );
    expect(pathname).toBe('/sap/opu/odata/sap/API_SALES_ORDER_SRV/A_SalesOrder');
    expect(Object.fromEntries(searchParams)).toMatchObject({
      ...{ $filter: "SalesOrderDate ge datetime'2024-09-13T00:00:00'", $orderby: 'SalesOrder', $top: '1000' },
      ...{ $expand: 'to_Item', 'sap-client': '100', 'sap-language': 'EN' },
    });
  });

  test('then: what was changed, or entered up to a week before the last reading', async () => {
    const { searchParams } = await asked('sales-orders', {}, { since, startsOn: '2024-09-13' });
    expect(searchParams.get('$filter')).toBe(
      "SalesOrderDate ge datetime'2024-09-13T00:00:00' and (LastChangeDateTime ge datetimeoffset'2026-11-20T05:00:00Z' or CreationDate ge datetime'2026-11-12T00:00:00')",
    );
  });

  test('the same in V4', async () => {
    const { pathname, searchParams } = await asked(
      'sales-orders',
      { protocol: 'v4' },
      { since, startsOn: '2024-09-13' },
    );
    expect(pathname).toBe('/sap/opu/odata4/sap/api_salesorder/srvd_a2x/sap/salesorder/0001/SalesOrder');
    expect(searchParams.get('$filter')).toBe(
      'SalesOrderDate ge 2024-09-13 and (LastChangeDateTime ge 2026-11-20T05:00:00Z or CreationDate ge 2026-11-12)',
    );
    expect(searchParams.get('$expand')).toContain(
      '_Item($select=SalesOrderItem,SalesOrderItemCategory,Product,',
    );
  });

  test('only what is mapped; everything where a service has no $select', async () => {
    const fields = { cart_id: 'ZZ1_Cart_SDH', freight_amount: 'ZZ1_Freight_SDI' };
    const select = (await asked('sales-orders', { fields })).searchParams.get('$select')?.split(',');
    expect(select).toEqual(
      expect.arrayContaining([
        'SalesOrderType',
        'ZZ1_Cart_SDH',
        'to_Item/Material',
        'to_Item/ZZ1_Freight_SDI',
      ]),
    );
    expect(select).not.toContain('RequestedDeliveryDate');
    expect((await asked('sales-orders', { select: false })).searchParams.has('$select')).toBe(false);
  });

  test.each([
    [
      'customer-returns',
      {},
      '/sap/opu/odata/sap/API_CUSTOMER_RETURN_SRV/A_CustomerReturn',
      'CustomerReturnDate',
    ],
    [
      'credit-memo-requests',
      {},
      '/sap/opu/odata/sap/API_CREDIT_MEMO_REQUEST_SRV/A_CreditMemoRequest',
      'CreditMemoRequestDate',
    ],
    ['sales-orders', { paths: { 'sales-orders': '/z/Orders' } }, '/z/Orders', 'SalesOrderDate'],
    ['customers', {}, '/sap/opu/odata/sap/API_BUSINESS_PARTNER/A_BusinessPartner', "Customer ne ''"],
    [
      'billing-credit-memos',
      {},
      '/sap/opu/odata/sap/API_BILLING_DOCUMENT_SRV/A_BillingDocument',
      'BillingDocumentDate',
    ],
    [
      'deleted-documents',
      { paths: { 'deleted-documents': '/z/Deleted' } },
      '/z/Deleted',
      'DeletionDateTime ge',
    ],
  ])('%s', async (name, keys, path, filter) => {
    const { pathname, searchParams } = await asked(name, keys, { since });
    expect(pathname).toBe(path);
    expect(searchParams.get('$filter')).toContain(filter);
  });

  test('of customers, products, stock and credit memos only what is mapped is selected', async () => {
    const selected = async (name: string, keys: object) =>
      (await asked(name, keys)).searchParams.get('$select')?.split(',') ?? [];
    const customers = await selected('customers', {
      sales_rep_function: 'ER',
      customer_fields: { acquisition_channel: 'customer.ZZ1_Source_CUS', region: 'address.Region' },
    });
    expect(customers).toEqual(
      expect.arrayContaining([
        ...['Customer', 'BusinessPartnerFullName', 'to_Customer/ZZ1_Source_CUS'],
        ...['to_BusinessPartnerAddress/Region', 'to_Customer/to_CustomerSalesArea/CustomerGroup'],
        'to_BusinessPartnerAddress/to_EmailAddress/EmailAddress',
        'to_Customer/to_CustomerSalesArea/to_PartnerFunction/PersonnelNumber',
      ]),
    );
    expect(customers.filter((name) => name.includes('SearchEmailAddress'))).toEqual([]);
    expect(await selected('products', { brand: 'ZZ1_Brand_PRD' })).toEqual([
      ...['Product', 'ProductGroup', 'IsMarkedForDeletion', 'ZZ1_Brand_PRD'],
      ...['to_Description/Language', 'to_Description/ProductDescription'],
    ]);
    expect(await selected('products', { inactive_statuses: ['Z9'] })).toContain('SalesStatus');
    expect(await selected('stock', {})).toContain('to_MatlStkInAcctMod/InventoryStockType');
    expect(await selected('billing-credit-memos', {})).toContain('to_Item/BillingQuantity');
    for (const name of ['customers', 'products', 'stock', 'billing-credit-memos'])
      expect(await selected(name, { select: false })).toEqual([]);
  });

  test('of billing documents only the types that are credit memos', async () => {
    const types = { billing_types: { G2: 'return', "O'1": 'return', F2: 'skip' } };
    const { searchParams } = await asked('billing-credit-memos', types, { since, startsOn: '2024-09-13' });
    expect(searchParams.get('$filter')).toBe(
      "BillingDocumentDate ge datetime'2024-09-13T00:00:00' and (BillingDocumentType eq 'G2' or BillingDocumentType eq 'O''1') and (LastChangeDate ge datetime'2026-11-19T00:00:00' or CreationDate ge datetime'2026-11-19T00:00:00')",
    );
  });

  test('of business partners fewer a request', async () => {
    const size = async (keys: object) => (await asked('customers', keys)).searchParams.get('$top');
    expect(await size({})).toBe('200');
    expect(await size({ page_size: 50 })).toBe('50');
    expect(await size({ customer_page_size: 1000 })).toBe('1000');
  });

  test('conditions and partners are expanded where they are wanted', async () => {
    const keys = { conditions: { freight_amount: ['YF00'] }, sales_rep_function: 'ER' };
    const { searchParams } = await asked('sales-orders', keys);
    expect(searchParams.get('$expand')).toBe('to_Item/to_PricingElement,to_Partner');
  });
});

describe('settings', () => {
  test.each([
    ['a password in place of its name', { secret: 'hunter2' }],
    ['an address without https', { base_url: 'http://sap.example' }],
    ['a client that is no number', { client: 'PRD' }],
    ['an entity nobody knows', { read: ['invoices'] }],
    ['a place nobody knows', { customer_fields: { region: 'SalesOffice' } }],
    ['a key nobody knows', { protocl: 'v4' }],
    ['a path for deletions is missing', { read: ['deleted-documents'] }],
  ])('%s is refused', (_, keys) => {
    expect(source.settings.safeParse({ base_url: 'https://sap.example', ...keys }).success).toBe(false);
  });

  test('basic or OAuth2', () => {
    expect(source.authorize(settings({}))).toEqual({ kind: 'basic', secret: '${secret:sap-s4}' });
    const token_url = 'https://sap.example/sap/bc/sec/oauth2/token';
    expect(source.authorize(settings({ auth: { kind: 'oauth2', token_url } }))).toMatchObject({
      ...{ kind: 'oauth2', grant: 'client_credentials', tokenUrl: token_url, clientAuth: 'basic' },
    });
  });
});

describe('the probe', () => {
  test('asks every service for one record', async () => {
    const { vendor, requests } = answering(() => answerOf(200, { d: { results: [{}] } }));
    expect(await source.probe(vendor, settings({}))).toEqual({ status: 'ok', finding: '4 services answer' });
    expect(requests.every(({ url }) => url.includes('$top=1&'))).toBe(true);
  });

  test('warns of a service that shows nothing: SAP leaves out what one may not see', async () => {
    const { vendor } = answering(() => answerOf(200, { d: { results: [] } }));
    expect(await source.probe(vendor, settings({ read: ['sales-orders'] }))).toMatchObject({
      status: 'warning',
    });
  });
});

test.skipIf(!hasRecordings)('a recorded answer through client and mapping', async () => {
  const chosen = settings({ read: ['sales-orders'] });
  const answer = recording('sap/sap_sandbox_A_SalesOrder_1_expand_to_Item.json');
  const { vendor } = answering(() => answerOf(200, answer));
  const pages = await pagesOf(entityOf(source, chosen, 'sales-orders').pages(vendor, chosen, sliceFor()));
  expect(pages).toHaveLength(1);
  expect(mapped(source, {}, 'sales-orders', pages[0]?.json()).of('order_lines')).toMatchObject([
    { net_amount: '52.65' },
  ]);
});

/** SAP's own metadata of API_SALES_ORDER_SRV: names of the properties of a type. */
function metadata(type: string): Set<string> {
  const edmx = recordingText('sap/API_SALES_ORDER_SRV.edmx');
  const found = new RegExp(`<EntityType Name="${type}"[\\s\\S]*?</EntityType>`).exec(edmx)?.[0] ?? '';
  return new Set([...found.matchAll(/<(?:Navigation)?Property Name="(\w+)"/g)].map(([, name]) => name ?? ''));
}

describe.skipIf(!hasRecordings)('SAP’s metadata', () => {
  const types = {
    '': 'A_SalesOrderType',
    'to_Item/': 'A_SalesOrderItemType',
    'to_Partner/': 'A_SalesOrderHeaderPartnerType',
    'to_Item/to_PricingElement/': 'A_SalesOrderItemPrElementType',
  };

  test('has every property that is asked for by default, or named on the page', async () => {
    const keys = {
      fields: { list_amount: 'Subtotal1Amount', cost_amount: 'CostAmount' },
      conditions: { freight_amount: ['YF00'] },
      sales_rep_function: 'ER',
    };
    const { searchParams } = await asked('sales-orders', keys, { since });
    const paths = (searchParams.get('$select') ?? '').split(',');
    expect(paths.length).toBeGreaterThan(20);
    for (const [above, type] of Object.entries(types)) {
      const known = metadata(type);
      const names = paths.filter((path) => path.startsWith(above) && !path.slice(above.length).includes('/'));
      expect([
        type,
        names.map((path) => path.slice(above.length)).filter((name) => !known.has(name)),
      ]).toEqual([type, []]);
    }
    const filtered = (searchParams.get('$filter') ?? '').match(/[A-Z]\w+(?= ge)/g) ?? [];
    expect(filtered.filter((name) => !metadata('A_SalesOrderType').has(name))).toEqual([]);
  });

  test('has every property that the simulated SAP gives, but for the company’s own', () => {
    const facts = { isOpen: () => true, typeKey: (type: string) => type, german: false };
    const head = documentType(families.orders, facts);
    const item = head.navigations['to_Item']?.type();
    const own = (names: object): string[] => Object.keys(names).filter((name) => !name.startsWith('ZZ1_'));
    expect(own(head.properties).filter((name) => !metadata('A_SalesOrderType').has(name))).toEqual([]);
    expect(own(item?.properties ?? {}).filter((name) => !metadata('A_SalesOrderItemType').has(name))).toEqual(
      [],
    );
    expect(own(item?.properties ?? {}).length).toBeGreaterThan(10);
  });
});
