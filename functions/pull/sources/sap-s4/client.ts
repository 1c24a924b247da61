import { addDays } from '../../../lake/values/day.ts';
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

/** The names that are there. */
export const present = (names: readonly (string | null)[]): string[] => names.filter((name) => name !== null);

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

export const common = (settings: Settings, protocol: Protocol) => ({
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

/** A question to a service that comes in V2 only. */
export interface Question {
  readonly entity: EntityName;
  readonly orderby: string;
  /** Present where what it is sorted by identifies a record. */
  readonly key?: readonly string[];
  readonly filter?: string | undefined;
  readonly select?: readonly string[] | undefined;
  readonly expand?: readonly Expansion[];
  readonly pageSize?: number;
}

/** Pages of an entity that comes in V2. */
export function pages(
  vendor: Vendor,
  settings: Settings,
  { entity, ...question }: Question,
): AsyncIterable<RawPage> {
  const query = { ...common(settings, 'v2'), ...question, path: pathOf(entity, settings) };
  return odataPages(vendor, query, `${entity} of SAP S/4HANA`);
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
