import type { Protocol } from '../../api/odata/query.ts';
import type { EntityName, Settings } from './settings.ts';

/** SAP gives each category of sales documents a service of its own; they differ in the names of their properties. */
export interface Family {
  readonly entity: EntityName;
  readonly protocol: Protocol;
  readonly path: string;
  /** Prefix of the document's properties: `SalesOrder`, `SalesOrderType`, `SalesOrderDate`. */
  readonly document: string;
  readonly items: string;
  readonly product: string;
  readonly partners: string;
  readonly conditions: string;
}

const V2 = {
  protocol: 'v2',
  items: 'to_Item',
  product: 'Material',
  partners: 'to_Partner',
  conditions: 'to_PricingElement',
} as const;
const V4 = {
  protocol: 'v4',
  items: '_Item',
  product: 'Product',
  partners: '_Partner',
  conditions: '_ItemPricingElement',
} as const;
const service = (name: string, set: string): string => `/sap/opu/odata/sap/${name}/${set}`;

/** Names as in the services' metadata ($metadata), which SAP publishes on api.sap.com. */
const v2Families: readonly Family[] = [
  {
    ...V2,
    entity: 'sales-orders',
    document: 'SalesOrder',
    path: service('API_SALES_ORDER_SRV', 'A_SalesOrder'),
  },
  {
    ...V2,
    entity: 'orders-without-charge',
    document: 'SalesOrderWithoutCharge',
    path: service('API_SALES_ORDER_WITHOUT_CHARGE_SRV', 'A_SalesOrderWithoutCharge'),
  },
  {
    ...V2,
    entity: 'customer-returns',
    document: 'CustomerReturn',
    path: service('API_CUSTOMER_RETURN_SRV', 'A_CustomerReturn'),
  },
  {
    ...V2,
    entity: 'credit-memo-requests',
    document: 'CreditMemoRequest',
    path: service('API_CREDIT_MEMO_REQUEST_SRV', 'A_CreditMemoRequest'),
  },
];

/** What comes before an order; these become deals, not orders. */
const dealFamilies: readonly Family[] = [
  {
    ...V2,
    entity: 'sales-quotations',
    document: 'SalesQuotation',
    path: service('API_SALES_QUOTATION_SRV', 'A_SalesQuotation'),
  },
  {
    ...V2,
    entity: 'sales-contracts',
    document: 'SalesContract',
    path: service('API_SALES_CONTRACT_SRV', 'A_SalesContract'),
  },
];

const salesOrdersV4: Family = {
  ...V4,
  entity: 'sales-orders',
  document: 'SalesOrder',
  path: '/sap/opu/odata4/sap/api_salesorder/srvd_a2x/sap/salesorder/0001/SalesOrder',
};

/** The families that are read, with the paths of this system. */
const read = (families: readonly Family[], { read: names, paths }: Settings): Family[] =>
  families
    .filter(({ entity }) => names.includes(entity))
    .map((family) => ({ ...family, path: paths[family.entity] ?? family.path }));

/** Orders, returns and their like. Only sales orders come in V4. */
export const familiesOf = (settings: Settings): Family[] =>
  read(
    v2Families.map((family) =>
      family.entity === 'sales-orders' && settings.protocol === 'v4' ? salesOrdersV4 : family,
    ),
    settings,
  );

/** Quotations and contracts. */
export const dealFamiliesOf = (settings: Settings): Family[] => read(dealFamilies, settings);
