import { clientCredentials } from '../../api/kit/oauth.ts';
import { probeLists } from '../../api/kit/probes.ts';
import { odataEnvelope, odataMetadata } from '../../api/odata/envelope.ts';
import { ODATA_WITHOUT_ROWS } from '../../api/odata/settings.ts';
import { shapeError } from '../../api/record-reader.ts';
import { defineSource, type Entity, type ProbeResult, type RawPage } from '../../api/source.ts';
import type { Vendor } from '../../api/vendor.ts';
import { cartPages, orderPages, productPages, stockPages, unitPages } from './client.ts';
import { diagnose } from './diagnose.ts';
import { mapCart } from './map-carts.ts';
import { mapProduct, mapStockLevel, mapUnit } from './map-master-data.ts';
import { mapOccOrder, mapOccReturn, mapSavedCart } from './map-occ.ts';
import { mapOrder } from './map-orders.ts';
import { occOrderPages, occReturnPages, savedCartPages } from './occ-client.ts';
import { type EntityName, type Settings, settings } from './settings.ts';

const CONCURRENCY = 4;

const odataRecords = (page: RawPage): readonly unknown[] =>
  odataEnvelope(page.json(), 'the Integration API of SAP Commerce').records;

/** A list inside an OCC answer; one without the list has nothing to say. */
const occList =
  (name: string) =>
  (page: RawPage): readonly unknown[] => {
    const body = page.json();
    const list = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : body;
    if (list === undefined) return [];
    if (!Array.isArray(list)) throw shapeError('OCC of SAP Commerce', name, list);
    return list;
  };

/** What the Integration API says about each entity: metadata, and the key it makes of it. */
const about = (holder: string): string[] => [
  ...odataMetadata([holder]),
  `${holder === '' ? '' : `${holder}.`}integrationKey`,
];

/** The same of a record, its entries, and whatever its attributes lead to. */
function knownOf(attributes: Readonly<Record<string, string | null>>): string[] {
  const entries = `${attributes['entries'] ?? 'entries'}.results`;
  const references = Object.values(attributes).flatMap((path) =>
    path?.includes('.') ? [path.split('.')[0] ?? ''] : [],
  );
  return ['', entries, ...references, ...references.map((name) => `${entries}.${name}`)].flatMap(about);
}

function integrationEntities(chosen: Settings): Entity<Settings>[] {
  const byChange = { by: 'change', overlapMinutes: chosen.overlap_minutes } as const;
  const documents = chosen.orders === 'from_commerce' ? (['orders', 'order_lines'] as const) : [];
  const email = chosen.customer.email;
  return [
    {
      ...{ name: 'carts', tables: ['carts', 'cart_lines'], reading: byChange },
      ...{ pages: cartPages, records: odataRecords, map: mapCart },
      known: knownOf(chosen.cart),
    },
    {
      ...{ name: 'orders', tables: ['carts', 'cart_lines', ...documents], reading: byChange },
      ...{ pages: orderPages, records: odataRecords, map: mapOrder },
      known: knownOf(chosen.order),
    },
    {
      ...{ name: 'customers', tables: ['customers'], reading: { by: 'whole' } },
      ...{ pages: unitPages, records: odataRecords, map: mapUnit },
      known: knownOf(chosen.customer),
      ...(email === null ? {} : { personal: [email] }),
    },
    {
      ...{ name: 'products', tables: ['products'], reading: { by: 'whole' } },
      ...{ pages: productPages, records: odataRecords, map: mapProduct },
      known: [...knownOf(chosen.product), ...about('supercategories.results')],
    },
    {
      ...{ name: 'stock', tables: ['stock_levels'], reading: { by: 'whole' } },
      ...{ pages: stockPages, records: odataRecords, map: mapStockLevel },
      known: knownOf(chosen.stock),
    },
  ];
}

/** Where OCC would hand out people’s addresses, should it ignore `fields`. */
const PEOPLE = [
  ...['user.uid', 'orgCustomer.uid', 'orgCustomer.email', 'orgCustomer.displayUid'],
  ...['deliveryAddress.email', 'deliveryAddress.phone', 'costCenter.unit.addresses.email'],
  ...['paymentInfo.billingAddress.email', 'paymentInfo.billingAddress.phone'],
];

function occEntities(chosen: Settings): Entity<Settings>[] {
  return [
    {
      ...{ name: 'occ-orders', tables: ['orders', 'order_lines'] },
      reading: { by: 'change', overlapMinutes: chosen.overlap_minutes },
      ...{ pages: occOrderPages, records: (page) => [page.json()], map: mapOccOrder, personal: PEOPLE },
    },
    {
      ...{ name: 'occ-returns', tables: ['orders', 'order_lines'], reading: { by: 'whole' } },
      ...{ pages: occReturnPages, records: occList('returnRequests'), map: mapOccReturn },
    },
    {
      ...{ name: 'occ-saved-carts', tables: ['carts', 'cart_lines'], reading: { by: 'whole' } },
      ...{ pages: savedCartPages, records: occList('carts'), map: mapSavedCart, personal: PEOPLE },
    },
  ];
}

const entities = (chosen: Settings): Entity<Settings>[] =>
  [...integrationEntities(chosen), ...occEntities(chosen)].filter(({ name }) =>
    chosen.read.includes(name as EntityName),
  );

/** SAP Commerce (Hybris): carts, orders and master data of the Integration API, and what OCC offers. */
export const source = defineSource<Settings>({
  kind: 'sap-commerce',
  title: 'SAP Commerce',
  settings,
  settingsWithoutRows: [...ODATA_WITHOUT_ROWS, 'check_count', 'sort_by'],
  api: (chosen) => ({
    version: chosen.read.some((name) => name.startsWith('occ-')) ? 'OData V2, OCC v2' : 'OData V2',
    sunset: chosen.sunset ?? null,
    baseUrl: chosen.base_url,
    limits: { concurrency: CONCURRENCY, perSecond: null },
  }),
  authorize: ({ auth, secret, base_url: base, token_url: tokenUrl }) =>
    auth.kind === 'basic'
      ? { kind: 'basic', secret }
      : clientCredentials(secret, tokenUrl ?? `${base}/authorizationserver/oauth/token`, auth),
  entities,
  diagnose,
  probe,
});

/** One record of each set that is read; for OCC, one order, return or cart. */
function probe(vendor: Vendor, chosen: Settings): Promise<ProbeResult> {
  const small = { ...chosen, page_size: 1 };
  const today = '2000-01-01';
  const days = { from: null, to: null, since: null, startsOn: today, asOf: today };
  return probeLists(
    entities(small),
    async (entity) => {
      const slice = { entity: entity.name, partition: '', key: 'probe', ...days };
      for await (const page of entity.pages(vendor, small, slice)) return entity.records(page).length;
      return 0;
    },
    {
      ...{ kind: 'sets', at: 'in' },
      remedy:
        'Nothing there yet, or the user’s restrictions hide it: see “Permissions” on the source’s page.',
    },
  );
}
