import { addDays } from '../../../lake/calendar.ts';
import { odataPages } from '../../api/odata/pages.ts';
import {
  type Expansion,
  type ODataQuery,
  odataDay,
  odataInstant,
  type Protocol,
} from '../../api/odata/query.ts';
import type { RawPage, Slice } from '../../api/source.ts';
import type { Vendor } from '../../api/vendor.ts';
import type { Family } from './families.ts';
import type { EntityName, Settings } from './settings.ts';

const present = (names: readonly (string | null)[]): string[] => names.filter((name) => name !== null);

/** Pages of a family of sales documents, with their items. */
export function documentPages(
  family: Family,
  vendor: Vendor,
  settings: Settings,
  slice: Slice,
): AsyncIterable<RawPage> {
  const { document, protocol } = family;
  const query: ODataQuery = {
    ...common(settings, protocol),
    path: family.path,
    filter: changedSince(slice, settings, { protocol, date: `${document}Date` }),
    orderby: document,
    key: [document],
    select: settings.select ? headerSelect(family, settings) : undefined,
    expand: documentExpansions(family, settings),
  };
  return odataPages(vendor, query, `${family.entity} of SAP S/4HANA`);
}

/**
 * What changed, or was entered lately: deliveries and invoices change a document's status without touching its change
 * date, and a document nobody changed may have none.
 */
function changedSince(
  { since, startsOn }: Slice,
  settings: Settings,
  { protocol, date }: { readonly protocol: Protocol; readonly date: string },
): string {
  const wanted = `${date} ge ${odataDay(startsOn, protocol)}`;
  if (since === null) return wanted;
  const entered = addDays(since.slice(0, 10), -1 - settings.look_back_days);
  return `${wanted} and (LastChangeDateTime ge ${odataInstant(since, protocol)} or CreationDate ge ${odataDay(entered, protocol)})`;
}

function headerSelect({ document }: Family, { fields }: Settings): string[] {
  return present([
    ...[document, `${document}Type`, `${document}Date`, 'SoldToParty', 'TransactionCurrency'],
    ...['LastChangeDateTime', 'OverallSDProcessStatus', 'OverallSDDocumentRejectionSts'],
    ...[fields.channel, fields.sales_rep, fields.ordered_at, fields.cart_id, fields.session_id],
    ...(fields.booking_programme === null ? [] : [fields.booking_programme, fields.delivery_date]),
  ]);
}

function documentExpansions(family: Family, settings: Settings): Expansion[] {
  const { document, items, partners, conditions } = family;
  const { fields, select } = settings;
  const priced = Object.values(settings.conditions).some((types) => types.length > 0);
  const chosen = (names: readonly (string | null)[]): string[] | undefined =>
    select ? present(names) : undefined;
  const item: Expansion = {
    name: items,
    select: chosen([
      ...[`${document}Item`, `${document}ItemCategory`, family.product, 'RequestedQuantity'],
      // Without charge there is none.
      ...(family.entity === 'orders-without-charge' ? [] : ['NetAmount']),
      ...['TransactionCurrency', 'SalesDocumentRjcnReason'],
      ...[fields.list_amount, fields.freight_amount, fields.margin_amount, fields.cost_amount],
    ]),
    expand: priced
      ? [
          {
            name: conditions,
            select: chosen([
              'ConditionType',
              'ConditionAmount',
              'TransactionCurrency',
              'ConditionInactiveReason',
            ]),
          },
        ]
      : undefined,
  };
  const partner: Expansion = { name: partners, select: chosen(['PartnerFunction', 'Customer', 'Personnel']) };
  return settings.sales_rep_function === undefined ? [item] : [item, partner];
}

const common = (settings: Settings, protocol: Protocol) => ({
  protocol,
  pageSize: settings.page_size,
  count: settings.check_count,
  parameters: { 'sap-client': settings.client, 'sap-language': settings.language },
});

/** SAP's paths of what comes in V2 only. */
const PATHS: Readonly<Partial<Record<EntityName, string>>> = {
  customers: '/sap/opu/odata/sap/API_BUSINESS_PARTNER/A_BusinessPartner',
  products: '/sap/opu/odata/sap/API_PRODUCT_SRV/A_Product',
  stock: '/sap/opu/odata/sap/API_MATERIAL_STOCK_SRV/A_MaterialStock',
  'billing-credit-memos': '/sap/opu/odata/sap/API_BILLING_DOCUMENT_SRV/A_BillingDocument',
};

/** The path of an entity; '' for one that only vigie.yaml can name. */
export const pathOf = (entity: EntityName, { paths }: Settings): string =>
  paths[entity] ?? PATHS[entity] ?? '';

interface Question {
  readonly entity: EntityName;
  readonly orderby: string;
  /** Present where what it is sorted by identifies a record. */
  readonly key?: readonly string[];
  readonly filter?: string | undefined;
  readonly expand?: readonly Expansion[];
}

/** Pages of an entity that comes in V2. */
function pages(
  vendor: Vendor,
  settings: Settings,
  { entity, ...question }: Question,
): AsyncIterable<RawPage> {
  const query = { ...common(settings, 'v2'), ...question, path: pathOf(entity, settings) };
  return odataPages(vendor, query, `${entity} of SAP S/4HANA`);
}

/** All business partners that are customers: a change of an address or a sales area leaves the partner's change date as it is. */
export function customerPages(vendor: Vendor, settings: Settings): AsyncIterable<RawPage> {
  const withPartners = settings.sales_rep_function === undefined ? [] : [{ name: 'to_PartnerFunction' }];
  return pages(vendor, settings, {
    entity: 'customers',
    filter: "Customer ne ''",
    orderby: 'BusinessPartner',
    key: ['BusinessPartner'],
    expand: [
      { name: 'to_BusinessPartnerAddress', expand: [{ name: 'to_EmailAddress' }] },
      { name: 'to_Customer', expand: [{ name: 'to_CustomerSalesArea', expand: withPartners }] },
    ],
  });
}

export const productPages = (vendor: Vendor, settings: Settings): AsyncIterable<RawPage> =>
  pages(vendor, settings, {
    entity: 'products',
    orderby: 'Product',
    key: ['Product'],
    expand: [{ name: 'to_Description' }],
  });

export const stockPages = (vendor: Vendor, settings: Settings): AsyncIterable<RawPage> =>
  pages(vendor, settings, {
    entity: 'stock',
    orderby: 'Material',
    key: ['Material'],
    expand: [{ name: 'to_MatlStkInAcctMod' }],
  });

/** Billing documents carry the day of a change only (`LastChangeDate`), and none before the first. */
export function billingPages(vendor: Vendor, settings: Settings, slice: Slice): AsyncIterable<RawPage> {
  const { since, startsOn } = slice;
  const day = since === null ? null : odataDay(addDays(since.slice(0, 10), -1), 'v2');
  const changed = day === null ? '' : ` and (LastChangeDate ge ${day} or CreationDate ge ${day})`;
  return pages(vendor, settings, {
    entity: 'billing-credit-memos',
    filter: `BillingDocumentDate ge ${odataDay(startsOn, 'v2')}${changed}`,
    orderby: 'BillingDocument',
    key: ['BillingDocument'],
    expand: [{ name: 'to_Item' }],
  });
}

/** Documents that were deleted, from a service of the company's own. */
export function deletedPages(vendor: Vendor, settings: Settings, slice: Slice): AsyncIterable<RawPage> {
  const { number, changed } = settings.deleted_documents;
  const since = slice.since ?? `${slice.startsOn}T00:00:00Z`;
  return pages(vendor, settings, {
    entity: 'deleted-documents',
    filter: `${changed} ge ${odataInstant(since, 'v2')}`,
    orderby: number,
  });
}
