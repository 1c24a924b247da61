/** Small answers of SAP Commerce, made by hand: of its Integration API (OData V2), and of OCC as the recorded ones. */
export const v2 = (...results: object[]): object => ({ d: { results } });

const ref = (name: string, value: string): object => ({
  __metadata: { type: 'HybrisCommerceOData.Ref' },
  [name]: value,
});

export const entry = (changes: object = {}): Record<string, unknown> => ({
  entryNumber: 0,
  quantity: '4',
  basePrice: '26.0',
  totalPrice: '98.8',
  // 21 November 2026, 23:30 in Paris.
  creationtime: '/Date(1795300200000)/',
  product: ref('code', '10001'),
  stockStatus: ref('code', 'outOfStock'),
  ...changes,
});

const document = (changes: object, entries: readonly object[]): Record<string, unknown> => ({
  guid: 'a-guid',
  code: 'c1',
  creationtime: '/Date(1795298400000)/',
  modifiedtime: '/Date(1795300200000)/',
  currency: ref('isocode', 'CHF'),
  unit: ref('uid', '0000100042'),
  visitSession: 's-17',
  visitDevice: ref('code', 'MOBILE'),
  visitChannel: 'Newsletter',
  visitRegion: null,
  entries: { results: entries },
  ...changes,
});

export const cart = (changes: object = {}, entries: readonly object[] = [entry()]): Record<string, unknown> =>
  document(changes, entries);

export const order = (
  changes: object = {},
  entries: readonly object[] = [entry()],
): Record<string, unknown> =>
  document(
    {
      ...{ code: '4500123', date: '/Date(1795303800000)/', status: ref('code', 'READY'), net: true },
      ...{ totalDiscounts: '0.0', ...changes },
    },
    entries,
  );

export const keys = {
  cart: {
    ...{
      session_id: 'visitSession',
      device: 'visitDevice.code',
      channel: 'visitChannel',
      region: 'visitRegion',
    },
    out_of_stock: 'stockStatus.code',
  },
  order: { session_id: 'visitSession', device: 'visitDevice.code' },
};

export const unit = (changes: object = {}): Record<string, unknown> => ({
  uid: '100042',
  name: 'Garage Lefèvre',
  creationtime: '/Date(1580515200000)/',
  contact: { email: 'office@lefevre.example' },
  ...changes,
});

export const product = (changes: object = {}): Record<string, unknown> => ({
  code: '10001',
  name: 'Fjord 4S',
  manufacturerName: 'Fjellgrip',
  approvalStatus: ref('code', 'approved'),
  supercategories: {
    results: [
      { code: 'brand_17', name: 'Fjellgrip' },
      { code: 'all-season', name: 'All-season tyres' },
    ],
  },
  ...changes,
});

export const stockLevel = (changes: object = {}): Record<string, unknown> => ({
  productCode: '10001',
  available: 43,
  reserved: 3,
  warehouse: ref('code', '1000'),
  inStockStatus: ref('code', 'notSpecified'),
  ...changes,
});

/** An order in full of OCC: three pieces of 10.00, less 1.50 for the entry, less 2.85 for the order. */
export const occOrder = (changes: object = {}): Record<string, unknown> => ({
  type: 'orderWsDTO',
  code: '00000171',
  created: '2026-10-24T22:15:27+0000',
  status: 'READY',
  net: true,
  orgCustomer: { orgUnit: { uid: 'Custom Retail' } },
  totalPrice: { currencyIso: 'USD', value: 25.65 },
  orderDiscounts: { currencyIso: 'USD', value: 2.85 },
  entries: [
    {
      entryNumber: 0,
      quantity: 3,
      basePrice: { currencyIso: 'USD', value: 10 },
      totalPrice: { currencyIso: 'USD', value: 28.5 },
      product: { code: '3881018', stock: { stockLevelStatus: 'inStock' } },
    },
  ],
  ...changes,
});

export const occReturn = (changes: object = {}): Record<string, unknown> => ({
  rma: '00000017',
  status: 'APPROVAL_PENDING',
  creationTime: '2026-10-24T22:15:27+0000',
  returnEntries: [
    {
      expectedQuantity: 1,
      refundAmount: { currencyIso: 'USD', value: 7.81 },
      orderEntry: { entryNumber: 0, product: { code: '816802' } },
    },
  ],
  ...changes,
});

export const savedCart = (changes: object = {}): Record<string, unknown> => ({
  guid: 'ca9b4d35',
  saveTime: '2026-10-23T22:30:00+0000',
  totalPrice: { currencyIso: 'USD', value: 3.45 },
  entries: [
    {
      entryNumber: 0,
      quantity: 1,
      totalPrice: { currencyIso: 'USD', value: 3.45 },
      product: { code: '779841', stock: { stockLevelStatus: 'outOfStock' } },
    },
  ],
  ...changes,
});
