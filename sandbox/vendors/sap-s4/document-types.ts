import { DAY_MS } from '../../../functions/lake/values/day.ts';
import {
  date,
  decimal,
  type EntityType,
  instant,
  navigation,
  type Property,
  text,
} from '../../odata/entity.ts';
import { groupCode } from './codes.ts';
import { amount, itemsOf, type SalesDocument, type SalesItem } from './documents.ts';

/**
 * The sales documents' entity types. Property names and Edm types as in the service's metadata (API_SALES_ORDER_SRV,
 * recorded as edmx; API_CUSTOMER_RETURN_SRV and CE_SALESORDER_0001 as connectors generated from it have them). Numbers
 * come without the zeros they are padded with inside (conversion exit ALPHA), as the recorded answer shows.
 */
export interface Family {
  readonly service: string;
  readonly set: string;
  /** Prefix of the document's own properties: `SalesOrder`, `CustomerReturn`. */
  readonly document: string;
  readonly itemSet: string;
  readonly items: string;
  readonly partners: string;
  readonly product: string;
  readonly productGroup: string;
}

export const families = {
  orders: {
    ...{ service: 'API_SALES_ORDER_SRV', set: 'A_SalesOrder', itemSet: 'A_SalesOrderItem' },
    ...{ document: 'SalesOrder', items: 'to_Item', partners: 'to_Partner' },
    ...{ product: 'Material', productGroup: 'MaterialGroup' },
  },
  returns: {
    ...{ service: 'API_CUSTOMER_RETURN_SRV', set: 'A_CustomerReturn', itemSet: 'A_CustomerReturnItem' },
    ...{ document: 'CustomerReturn', items: 'to_Item', partners: 'to_Partner' },
    ...{ product: 'Material', productGroup: 'MaterialGroup' },
  },
  ordersV4: {
    ...{
      service: 'com.sap.gateway.srvd_a2x.api_salesorder.v0001',
      set: 'SalesOrder',
      itemSet: 'SalesOrderItem',
    },
    ...{ document: 'SalesOrder', items: '_Item', partners: '_Partner' },
    ...{ product: 'Product', productGroup: 'ProductGroup' },
  },
} as const satisfies Record<string, Family>;

/** What the logon language and the store's state say of a document. */
export interface DocumentFacts {
  isOpen(document: SalesDocument): boolean;
  /** The key of a document type in the logon language: `OR` in English is `TA` in German. */
  typeKey(type: string): string;
  readonly german: boolean;
}

const CHANNEL_CODES = { 'Sales rep': '10', Telephone: '20', EDI: '30', 'Web shop': '40' } as const;
const REFUSED = '52';

export function documentType(family: Family, facts: DocumentFacts): EntityType<SalesDocument> {
  const { document, service, set } = family;
  return {
    name: `${service}.${set}Type`,
    set,
    key: ({ order }) => `('${order.number}')`,
    properties: {
      [document]: text(({ order }) => order.number),
      [`${document}Type`]: text(({ order }) => facts.typeKey(order.type)),
      ...headerProperties(document, facts),
      ...customProperties,
    },
    navigations: {
      [family.items]: navigation(true, () => itemType(family, facts), itemsOf),
      [family.partners]: navigation(
        true,
        () => partnerType(family),
        (each: SalesDocument) => partnersOf(each, facts),
      ),
    },
  };
}

const headerProperties = (
  document: string,
  facts: DocumentFacts,
): Readonly<Record<string, Property<SalesDocument>>> => ({
  SalesOrganization: text(() => '1000'),
  DistributionChannel: text(({ order }) => CHANNEL_CODES[order.channel]),
  OrganizationDivision: text(() => '00'),
  SalesGroup: text(({ order }) => order.customer.rep),
  SalesOffice: text(() => ''),
  SoldToParty: text(({ order }) => order.customer.id),
  CreationDate: date(({ order }) => order.day.utcMidnight),
  CreatedByUser: text(() => 'CB9980000001'),
  LastChangeDate: date(({ changed }) => Math.floor(changed / DAY_MS) * DAY_MS),
  LastChangeDateTime: instant(({ changed }) => changed),
  PurchaseOrderByCustomer: text(() => ''),
  [`${document}Date`]: date(({ order }) => order.day.utcMidnight),
  TotalNetAmount: decimal(({ order }) => amount(order.lines.reduce((sum, line) => sum + line.net, 0))),
  TransactionCurrency: text(({ order }) => order.customer.currency),
  SDDocumentReason: text(() => ''),
  RequestedDeliveryDate: date(({ order }) => order.day.utcMidnight + (order.booking?.leadDays ?? 2) * DAY_MS),
  OverallSDProcessStatus: text((each) => (facts.isOpen(each) && !each.rejected ? 'A' : 'C')),
  OverallSDDocumentRejectionSts: text(({ rejected }) => (rejected ? 'C' : 'A')),
});

/** Fields a company adds with the app Custom Fields carry its prefix and the business context: `ZZ1_…_SDH` on headers. */
const customProperties: Readonly<Record<string, Property<SalesDocument>>> = {
  ZZ1_Recorded_SDH: instant(({ order }) => order.day.utcMidnight + (order.second - order.day.offset) * 1000),
  ZZ1_Programme_SDH: text(({ order }) => order.booking?.programme ?? ''),
  ZZ1_Cart_SDH: text(({ order }) => order.cart?.code ?? ''),
  ZZ1_Session_SDH: text(({ order }) => order.cart?.session ?? ''),
};

function itemType(family: Family, facts: DocumentFacts): EntityType<SalesItem> {
  const { document } = family;
  const isReturn = document === 'CustomerReturn';
  return {
    name: `${family.service}.${family.itemSet}Type`,
    set: family.itemSet,
    key: ({ document: head, place }) =>
      `(${document}='${head.order.number}',${document}Item='${(place + 1) * 10}')`,
    properties: {
      [document]: text((item) => item.document.order.number),
      [`${document}Item`]: text((item) => String((item.place + 1) * 10)),
      HigherLevelItem: text(() => '0'),
      [`${document}ItemCategory`]: text(() => (isReturn ? 'REN' : 'TAN')),
      [`${document}ItemText`]: text((item) => item.line.product.name),
      [family.product]: text((item) => item.line.product.id),
      [family.productGroup]: text((item) => groupCode(item.line.product.category)),
      RequestedQuantity: decimal((item) => String(item.line.quantity)),
      RequestedQuantityUnit: text(() => (facts.german ? 'ST' : 'PC')),
      TransactionCurrency: text((item) => item.document.order.customer.currency),
      NetAmount: decimal((item) => amount(item.line.net)),
      CostAmount: decimal((item) => amount(item.line.net - item.line.margin)),
      Subtotal1Amount: decimal((item) => amount(item.line.list)),
      SalesDocumentRjcnReason: text((item) => (item.document.rejected ? REFUSED : '')),
      SDProcessStatus: text((item) => (facts.isOpen(item.document) && !item.document.rejected ? 'A' : 'C')),
      ZZ1_Freight_SDI: decimal((item) => amount(item.line.freight)),
    },
    navigations: {},
  };
}

interface DocumentPartner {
  readonly document: SalesDocument;
  readonly role: string;
  readonly customer: string;
  readonly personnel: string;
}

/** Partner functions have keys by language, too: the sold-to party is SP in English and AG in German. */
const partnersOf = (document: SalesDocument, { german }: DocumentFacts): DocumentPartner[] => [
  { document, role: german ? 'AG' : 'SP', customer: document.order.customer.id, personnel: '0' },
  { document, role: german ? 'VE' : 'ER', customer: '', personnel: document.order.customer.rep },
];

function partnerType(family: Family): EntityType<DocumentPartner> {
  const set = family.set.startsWith('A_') ? 'A_SalesOrderHeaderPartner' : 'SalesOrderPartner';
  return {
    name: `${family.service}.${set}Type`,
    set,
    key: ({ document, role }) => `(${family.document}='${document.order.number}',PartnerFunction='${role}')`,
    properties: {
      [family.document]: text(({ document }) => document.order.number),
      PartnerFunction: text(({ role }) => role),
      Customer: text(({ customer }) => customer),
      Personnel: text(({ personnel }) => personnel),
    },
    navigations: {},
  };
}
