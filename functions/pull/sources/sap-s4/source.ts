import { clientCredentials } from '../../api/kit/oauth.ts';
import { probeLists } from '../../api/kit/probes.ts';
import { odataEnvelope, odataMetadata } from '../../api/odata/envelope.ts';
import { odataAddress } from '../../api/odata/query.ts';
import { ODATA_WITHOUT_ROWS } from '../../api/odata/settings.ts';
import { defineSource, type Entity, type ProbeResult, type RawPage } from '../../api/source.ts';
import { stripZeros } from '../../api/values.ts';
import type { Vendor } from '../../api/vendor.ts';
import { deletedPages, documentPages, pathOf } from './client.ts';
import { dealPages, FLOW } from './client-deals.ts';
import { billingPages, customerPages, productPages, stockPages } from './client-others.ts';
import { diagnose } from './diagnose.ts';
import { dealFamiliesOf, type Family, familiesOf } from './families.ts';
import { mapBillingDocument } from './map-billing.ts';
import { mapCustomer } from './map-customer.ts';
import { mapDeal } from './map-deal.ts';
import { forget, mapDocument } from './map-document.ts';
import { mapProduct, mapStock } from './map-product.ts';
import { type EntityName, type Settings, settings } from './settings.ts';

/** SAP limits nothing by the second; an ERP has other work to do. */
const CONCURRENCY = 3;

const records = (entity: string) => (page: RawPage) =>
  odataEnvelope(page.json(), `${entity} of SAP S/4HANA`).records;

const byChange = ({ overlap_minutes: overlapMinutes }: Settings) =>
  ({ by: 'change', overlapMinutes }) as const;

const documents = (family: Family, chosen: Settings): Entity<Settings> => ({
  name: family.entity,
  tables: ['orders', 'order_lines'],
  reading: byChange(chosen),
  pages: (vendor, given, slice) => documentPages(family, vendor, given, slice),
  records: records(family.entity),
  map: (record, out, context) => mapDocument(family, record, out, context),
  known: [
    ...odataMetadata(['', `${family.items}.results`, `${family.partners}.results`]),
    // Asked for, to be found in the raw archive.
    'LastChangeDateTime',
  ],
});

const deals = (family: Family, chosen: Settings): Entity<Settings> => ({
  name: family.entity,
  tables: [
    ...['deals', 'deal_amounts', 'stages', 'stage_history'],
    ...(chosen.deals.competitor === null ? [] : ['deal_competitors']),
  ],
  reading: byChange(chosen),
  pages: (vendor, given, slice) => dealPages(family, vendor, given, slice),
  records: records(family.entity),
  map: (record, out, context) => mapDeal(family, record, out, context),
  known: [
    ...odataMetadata(['', `${family.items}.results`, `${FLOW}.results`]),
    ...[`${family.items}.results.${family.document}Item`, `${FLOW}.results.SubsequentDocument`],
  ],
});

const ADDRESSES = 'to_BusinessPartnerAddress.results';
const AREAS = 'to_Customer.to_CustomerSalesArea.results';

/** Entities that are no family of sales documents. */
function others(chosen: Settings): Entity<Settings>[] {
  const all: Entity<Settings>[] = [
    {
      ...{ name: 'billing-credit-memos', tables: ['orders', 'order_lines'], reading: byChange(chosen) },
      ...{ pages: billingPages, records: records('billing-credit-memos'), map: mapBillingDocument },
    },
    {
      ...{ name: 'deleted-documents', tables: ['orders', 'order_lines'], reading: byChange(chosen) },
      ...{ pages: deletedPages, records: records('deleted-documents') },
      map: (record, out, context) =>
        forget(record.as(context.settings.deleted_documents.number, stripZeros), out),
    },
    {
      ...{ name: 'customers', tables: ['customers'], reading: { by: 'whole' } },
      ...{ pages: customerPages, records: records('customers'), map: mapCustomer },
      known: odataMetadata(['', ADDRESSES, `${ADDRESSES}.to_EmailAddress.results`, 'to_Customer', AREAS]),
      // SearchEmailAddress is the address again, in capitals and cut after 20 characters.
      personal: ['EmailAddress', 'SearchEmailAddress'].map(
        (name) => `${ADDRESSES}.to_EmailAddress.results.${name}`,
      ),
    },
    {
      ...{ name: 'products', tables: ['products'], reading: { by: 'whole' } },
      ...{ pages: productPages, records: records('products'), map: mapProduct },
      known: odataMetadata(['', 'to_Description.results']),
    },
    {
      ...{ name: 'stock', tables: ['stock_levels'], reading: { by: 'whole' } },
      ...{ pages: stockPages, records: records('stock'), map: mapStock },
      known: odataMetadata(['', 'to_MatlStkInAcctMod.results']),
    },
  ];
  return all.filter(({ name }) => chosen.read.includes(name as EntityName));
}

/** SAP S/4HANA over OData: sales documents, quotations and contracts, customers, products, stock. */
export const source = defineSource<Settings>({
  kind: 'sap-s4',
  title: 'SAP S/4HANA',
  settings,
  settingsWithoutRows: [...ODATA_WITHOUT_ROWS, 'customer_page_size', 'select', 'client'],
  api: (chosen) => ({
    version: chosen.protocol === 'v4' ? 'OData V4' : 'OData V2',
    // SAP calls the V2 service of sales orders deprecated and names no day.
    sunset: chosen.sunset ?? null,
    baseUrl: chosen.base_url,
    limits: { concurrency: CONCURRENCY, perSecond: null },
  }),
  authorize: ({ auth, secret }) =>
    auth.kind === 'basic' ? { kind: 'basic', secret } : clientCredentials(secret, auth.token_url, auth),
  entities: (chosen) => [
    ...familiesOf(chosen).map((family) => documents(family, chosen)),
    ...dealFamiliesOf(chosen).map((family) => deals(family, chosen)),
    ...others(chosen),
  ],
  diagnose,
  probe,
});

/** One record of each service that is read. */
function probe(vendor: Vendor, chosen: Settings): Promise<ProbeResult> {
  const parameters = { 'sap-client': chosen.client, 'sap-language': chosen.language };
  const services = [
    ...familiesOf(chosen),
    ...dealFamiliesOf(chosen),
    ...others(chosen).map(({ name }) => ({
      path: pathOf(name as EntityName, chosen),
      protocol: 'v2' as const,
    })),
  ].map(({ path, protocol }) => ({ name: path, protocol }));
  return probeLists(
    services,
    async ({ name: path, protocol }) => {
      const answer = await vendor.ask({ url: odataAddress({ path, protocol, pageSize: 1, parameters }, 0) });
      return odataEnvelope(answer.json(), path).records.length;
    },
    {
      ...{ kind: 'services', at: 'under' },
      remedy:
        'SAP leaves out what a user may not see: check the restrictions to sales organisations, unless there is nothing yet.',
    },
  );
}
