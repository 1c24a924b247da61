/** Small answers of SAP, made by hand in the forms of the recorded one and of the services' metadata. */
export const v2 = (...results: object[]): object => ({ d: { results } });

const deferred = { __deferred: { uri: 'https://sap.example/to_Partner' } };

export const item = (changes: object = {}): Record<string, unknown> => ({
  __metadata: { type: 'API_SALES_ORDER_SRV.A_SalesOrderItemType' },
  SalesOrder: '4500123',
  SalesOrderItem: '10',
  SalesOrderItemCategory: 'TAN',
  Material: '000000000000010001',
  RequestedQuantity: '3',
  TransactionCurrency: 'EUR',
  NetAmount: '52.65',
  CostAmount: '40.15',
  Subtotal1Amount: '60.00',
  SalesDocumentRjcnReason: '',
  ZZ1_Freight_SDI: '4.200',
  to_Partner: deferred,
  ...changes,
});

export const order = (
  changes: object = {},
  items: readonly object[] = [item()],
): Record<string, unknown> => ({
  __metadata: { type: 'API_SALES_ORDER_SRV.A_SalesOrderType' },
  SalesOrder: '4500123',
  SalesOrderType: 'OR',
  DistributionChannel: '10',
  SalesGroup: 'R07',
  SoldToParty: '0000100042',
  CreationDate: '/Date(1767225600000)/',
  LastChangeDateTime: '/Date(1767258127125+0000)/',
  // 1 January 2026.
  SalesOrderDate: '/Date(1767225600000)/',
  TransactionCurrency: 'EUR',
  RequestedDeliveryDate: '/Date(1772323200000)/',
  OverallSDProcessStatus: 'B',
  OverallSDDocumentRejectionSts: 'A',
  ZZ1_Programme_SDH: '',
  ZZ1_Cart_SDH: 'c17',
  ZZ1_Session_SDH: null,
  to_Item: { results: items },
  to_Partner: deferred,
  ...changes,
});

/** All that can be configured of an order. */
export const keys = {
  channels: { '10': 'Sales rep' },
  fields: {
    booking_programme: 'ZZ1_Programme_SDH',
    cart_id: 'ZZ1_Cart_SDH',
    session_id: 'ZZ1_Session_SDH',
    list_amount: 'Subtotal1Amount',
    freight_amount: 'ZZ1_Freight_SDI',
    cost_amount: 'CostAmount',
  },
};

export const partner = (changes: object = {}): Record<string, unknown> => ({
  BusinessPartner: '100042',
  Customer: '0000100042',
  BusinessPartnerFullName: 'Garage Lefèvre',
  CreationDate: '/Date(1577836800000)/',
  to_BusinessPartnerAddress: {
    results: [
      {
        Country: 'FR',
        to_EmailAddress: {
          results: [
            { EmailAddress: 'buchhaltung@lefevre.example', IsDefaultEmailAddress: false },
            { EmailAddress: ' Office@Lefevre.example', IsDefaultEmailAddress: true },
          ],
        },
      },
    ],
  },
  to_Customer: {
    Customer: '100042',
    CustomerName: 'Garage Lefèvre',
    CreationDate: '/Date(1580515200000)/',
    Industry: 'Z001',
    to_CustomerSalesArea: {
      results: [
        {
          SalesOrganization: '1000',
          DistributionChannel: '20',
          SalesOffice: '1009',
          SalesGroup: 'R99',
          CustomerGroup: '02',
        },
        {
          SalesOrganization: '1000',
          DistributionChannel: '10',
          SalesOffice: '1005',
          SalesGroup: 'R07',
          CustomerGroup: '01',
        },
      ],
    },
  },
  ...changes,
});

export const product = (changes: object = {}): Record<string, unknown> => ({
  Product: '10001',
  ProductGroup: 'L001',
  IsMarkedForDeletion: false,
  SalesStatus: '',
  ZZ1_Brand_PRD: 'Fjellgrip',
  to_Description: {
    results: [
      { Language: 'DE', ProductDescription: 'Ganzjahresreifen' },
      { Language: 'EN', ProductDescription: 'All-season tyre' },
    ],
  },
  ...changes,
});

const stockLine = (plant: string, quantity: string, changes: object = {}): object => ({
  Plant: plant,
  InventoryStockType: '01',
  InventorySpecialStockType: '',
  MatlWrhsStkQtyInMatlBaseUnit: quantity,
  ...changes,
});

export const stock = (): Record<string, unknown> => ({
  Material: '10001',
  to_MatlStkInAcctMod: {
    results: [
      stockLine('1000', '40.500'),
      stockLine('1000', '2.250'),
      stockLine('1000', '900', { InventoryStockType: '02' }),
      stockLine('1000', '800', { InventorySpecialStockType: 'E' }),
      stockLine('1100', '-1.000'),
    ],
  },
});

export const creditMemo = (changes: object = {}): Record<string, unknown> => ({
  BillingDocument: '0090000017',
  BillingDocumentType: 'G2',
  BillingDocumentDate: '/Date(1767225600000)/',
  BillingDocumentIsCancelled: false,
  CancelledBillingDocument: '',
  DistributionChannel: '10',
  SoldToParty: '100042',
  TransactionCurrency: 'EUR',
  to_Item: {
    results: [
      {
        BillingDocumentItem: '10',
        Material: '10001',
        BillingQuantity: '1.000',
        NetAmount: '17.55',
        TransactionCurrency: 'EUR',
      },
      {
        BillingDocumentItem: '20',
        Material: '',
        BillingQuantity: '1.000',
        NetAmount: '2.45',
        TransactionCurrency: 'EUR',
      },
    ],
  },
  ...changes,
});
