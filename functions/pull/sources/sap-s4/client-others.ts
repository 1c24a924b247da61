import { addDays } from '../../../lake/values/day.ts';
import { type Expansion, odataDay, odataText } from '../../api/odata/query.ts';
import type { RawPage, Slice } from '../../api/source.ts';
import type { Vendor } from '../../api/vendor.ts';
import { pages, present } from './client.ts';
import type { Settings } from './settings.ts';

/** Names to select; all, where the company's services know no selection. */
const chosen = ({ select }: Settings, names: readonly (string | null)[]): string[] | undefined =>
  select ? [...new Set(present(names))] : undefined;

/** The properties that fields of customers come from at a place: `sales_area`, `address` … */
const fieldsAt = ({ customer_fields }: Settings, place: string): string[] =>
  Object.values(customer_fields).flatMap((field) => {
    const [where, name] = field?.split('.') ?? [];
    return where === place && name !== undefined ? [name] : [];
  });

/**
 * All business partners that are customers: a change of an address or a sales area leaves the partner's change date as
 * it is. A partner with all its parts is much larger than a document, so pages of them are smaller.
 */
export function customerPages(vendor: Vendor, settings: Settings): AsyncIterable<RawPage> {
  return pages(vendor, settings, {
    entity: 'customers',
    filter: "Customer ne ''",
    orderby: 'BusinessPartner',
    key: ['BusinessPartner'],
    pageSize: Math.min(settings.page_size, settings.customer_page_size),
    select: chosen(settings, [
      ...['BusinessPartner', 'Customer', 'BusinessPartnerFullName', 'CreationDate'],
      ...fieldsAt(settings, 'partner'),
    ]),
    expand: customerExpansions(settings),
  });
}

function customerExpansions(settings: Settings): Expansion[] {
  const email: Expansion = {
    name: 'to_EmailAddress',
    select: chosen(settings, ['EmailAddress', 'IsDefaultEmailAddress']),
  };
  const partners: Expansion = {
    name: 'to_PartnerFunction',
    select: chosen(settings, ['PartnerFunction', 'PersonnelNumber', 'BPCustomerNumber']),
  };
  const area: Expansion = {
    name: 'to_CustomerSalesArea',
    select: chosen(settings, [
      ...['SalesOrganization', 'DistributionChannel', 'Division'],
      ...fieldsAt(settings, 'sales_area'),
    ]),
    expand: settings.sales_rep_function === undefined ? [] : [partners],
  };
  return [
    {
      name: 'to_BusinessPartnerAddress',
      select: chosen(settings, ['Country', ...fieldsAt(settings, 'address')]),
      expand: [email],
    },
    {
      name: 'to_Customer',
      select: chosen(settings, ['CreationDate', ...fieldsAt(settings, 'customer')]),
      expand: [area],
    },
  ];
}

/** Products with their names in all languages. */
export const productPages = (vendor: Vendor, settings: Settings): AsyncIterable<RawPage> =>
  pages(vendor, settings, {
    entity: 'products',
    orderby: 'Product',
    key: ['Product'],
    select: chosen(settings, [
      ...['Product', 'ProductGroup', 'IsMarkedForDeletion', settings.brand],
      ...(settings.inactive_statuses.length === 0 ? [] : ['SalesStatus']),
    ]),
    expand: [{ name: 'to_Description', select: chosen(settings, ['Language', 'ProductDescription']) }],
  });

/** Stock of every product, by plant. */
export const stockPages = (vendor: Vendor, settings: Settings): AsyncIterable<RawPage> =>
  pages(vendor, settings, {
    entity: 'stock',
    orderby: 'Material',
    key: ['Material'],
    select: chosen(settings, ['Material']),
    expand: [
      {
        name: 'to_MatlStkInAcctMod',
        select: chosen(settings, [
          ...['Plant', 'InventorySpecialStockType', 'InventoryStockType', 'MatlWrhsStkQtyInMatlBaseUnit'],
        ]),
      },
    ],
  });

/**
 * Billing documents of the types that are credit memos: invoices are most of them, and none is wanted. They carry the
 * day of a change only (`LastChangeDate`), and none before the first.
 */
export function billingPages(vendor: Vendor, settings: Settings, slice: Slice): AsyncIterable<RawPage> {
  const { since, startsOn } = slice;
  const day = since === null ? null : odataDay(addDays(since.slice(0, 10), -1), 'v2');
  const changed = day === null ? '' : ` and (LastChangeDate ge ${day} or CreationDate ge ${day})`;
  return pages(vendor, settings, {
    entity: 'billing-credit-memos',
    filter: `BillingDocumentDate ge ${odataDay(startsOn, 'v2')}${ofTypes(settings)}${changed}`,
    orderby: 'BillingDocument',
    key: ['BillingDocument'],
    select: chosen(settings, [
      ...[
        'BillingDocument',
        'BillingDocumentType',
        'BillingDocumentDate',
        'SoldToParty',
        'DistributionChannel',
      ],
      ...['TransactionCurrency', 'CancelledBillingDocument', 'BillingDocumentIsCancelled'],
    ]),
    expand: [
      {
        name: 'to_Item',
        select: chosen(settings, [
          ...['BillingDocumentItem', 'Material', 'BillingQuantity', 'NetAmount', 'TransactionCurrency'],
        ]),
      },
    ],
  });
}

function ofTypes({ billing_types: types }: Settings): string {
  const wanted = Object.entries(types).flatMap(([type, kind]) => (kind === 'return' ? [type] : []));
  const each = wanted.map((type) => `BillingDocumentType eq ${odataText(type)}`);
  return each.length === 0 ? '' : ` and (${each.join(' or ')})`;
}
