import { DAY_MS } from '../../../functions/lake/values/day.ts';
import type { Product } from '../../companies/wholesale/business/catalogue.ts';
import type { Customer } from '../../companies/wholesale/business/customer.ts';
import { type Stock, WAREHOUSES } from '../../companies/wholesale/business/stock.ts';
import type { Day } from '../../kit/calendar.ts';
import { boolean, date, decimal, type EntityType, navigation, text } from '../../odata/entity.ts';
import { customerGroup, groupCode, industryCode, officeCode } from './codes.ts';

/**
 * Business partners, products and stock. Property names as in API_BUSINESS_PARTNER, API_PRODUCT_SRV and
 * API_MATERIAL_STOCK_SRV (help.sap.com, "APIs for Business Partner / Product Master / Material Stock"; models of
 * be-lenka/sap_business-partner and be-lenka/sap_material-stock, which are generated from the metadata).
 */
const BP = 'API_BUSINESS_PARTNER';

/** `firstDay`: the day with index 0, from which `openedOn` counts. */
export function businessPartnerType(firstDay: Day): EntityType<Customer> {
  const opened = (customer: Customer): number => firstDay.utcMidnight + customer.openedOn * DAY_MS;
  return {
    name: `${BP}.A_BusinessPartnerType`,
    set: 'A_BusinessPartner',
    key: ({ id }) => `('${id}')`,
    properties: {
      BusinessPartner: text(({ id }) => id),
      Customer: text(({ id }) => id),
      Supplier: text(() => ''),
      BusinessPartnerCategory: text(() => '2'),
      BusinessPartnerFullName: text(({ name }) => name),
      CreationDate: date(opened),
      // Nobody has changed it since: null, so that a filter on it alone would miss every new partner.
      LastChangeDate: date(() => null),
      BusinessPartnerIsBlocked: boolean(() => false),
    },
    navigations: {
      to_BusinessPartnerAddress: navigation(true, addressType, (customer: Customer) => [customer]),
      to_Customer: navigation(
        false,
        () => customerType(opened),
        (customer: Customer) => [customer],
      ),
    },
  };
}

const customerType = (opened: (customer: Customer) => number): EntityType<Customer> => ({
  name: `${BP}.A_CustomerType`,
  set: 'A_Customer',
  key: ({ id }) => `('${id}')`,
  properties: {
    Customer: text(({ id }) => id),
    CustomerName: text(({ name }) => name),
    CreationDate: date(opened),
    Industry: text(({ industry }) => industryCode(industry)),
    ZZ1_Acquisition_CUS: text(({ acquisitionChannel }) => acquisitionChannel),
    ZZ1_Advertising_CUS: boolean(({ consent }) => consent),
  },
  navigations: { to_CustomerSalesArea: navigation(true, salesAreaType, (customer: Customer) => [customer]) },
});

const salesAreaType = (): EntityType<Customer> => ({
  name: `${BP}.A_CustomerSalesAreaType`,
  set: 'A_CustomerSalesArea',
  key: ({ id }) => `(Customer='${id}',SalesOrganization='1000',DistributionChannel='10',Division='00')`,
  properties: {
    Customer: text(({ id }) => id),
    SalesOrganization: text(() => '1000'),
    DistributionChannel: text(() => '10'),
    Division: text(() => '00'),
    Currency: text(({ currency }) => currency),
    CustomerGroup: text(({ size }) => customerGroup(size)),
    SalesOffice: text(({ region }) => officeCode(region)),
    SalesGroup: text(({ rep }) => rep),
    SalesDistrict: text(() => ''),
  },
  navigations: {},
});

const addressType = (): EntityType<Customer> => ({
  name: `${BP}.A_BusinessPartnerAddressType`,
  set: 'A_BusinessPartnerAddress',
  key: ({ id }) => `(BusinessPartner='${id}',AddressID='${Number(id) + 20_000}')`,
  properties: {
    BusinessPartner: text(({ id }) => id),
    AddressID: text(({ id }) => String(Number(id) + 20_000)),
    Country: text(({ country }) => country),
    Region: text(() => ''),
  },
  navigations: { to_EmailAddress: navigation(true, emailType, (customer: Customer) => [customer]) },
});

const emailType = (): EntityType<Customer> => ({
  name: `${BP}.A_AddressEmailAddressType`,
  set: 'A_AddressEmailAddress',
  key: ({ id }) => `(AddressID='${Number(id) + 20_000}',Person='',OrdinalNumber='1')`,
  properties: {
    AddressID: text(({ id }) => String(Number(id) + 20_000)),
    OrdinalNumber: text(() => '1'),
    IsDefaultEmailAddress: boolean(() => true),
    EmailAddress: text(({ email }) => email),
  },
  navigations: {},
});

export const productType: EntityType<Product> = {
  name: 'API_PRODUCT_SRV.A_ProductType',
  set: 'A_Product',
  key: ({ id }) => `('${id}')`,
  properties: {
    Product: text(({ id }) => id),
    ProductType: text(() => 'HAWA'),
    ProductGroup: text(({ category }) => groupCode(category)),
    BaseUnit: text(() => 'PC'),
    IsMarkedForDeletion: boolean(() => false),
    SalesStatus: text(({ active }) => (active ? '' : 'Z9')),
    ZZ1_Brand_PRD: text(({ brand }) => brand),
  },
  navigations: {
    to_Description: navigation(
      true,
      () => descriptionType,
      (product: Product) => ['DE', 'EN'].map((language) => ({ product, language })),
    ),
  },
};

const descriptionType: EntityType<{ readonly product: Product; readonly language: string }> = {
  name: 'API_PRODUCT_SRV.A_ProductDescriptionType',
  set: 'A_ProductDescription',
  key: ({ product, language }) => `(Product='${product.id}',Language='${language}')`,
  properties: {
    Product: text(({ product }) => product.id),
    Language: text(({ language }) => language),
    ProductDescription: text(({ product }) => product.name),
  },
  navigations: {},
};

/** Stock as it is now: the service keeps no history. */
export function stockType(stock: Stock, today: () => Day): EntityType<Product> {
  return {
    name: 'API_MATERIAL_STOCK_SRV.A_MaterialStockType',
    set: 'A_MaterialStock',
    key: ({ id }) => `('${id}')`,
    properties: { Material: text(({ id }) => id), MaterialBaseUnit: text(() => 'PC') },
    navigations: {
      to_MatlStkInAcctMod: navigation(
        true,
        () => stockLineType,
        (product: Product) =>
          WAREHOUSES.map((plant) => ({ product, plant, quantity: stock.available(product, plant, today()) })),
      ),
    },
  };
}

interface StockLine {
  readonly product: Product;
  readonly plant: string;
  readonly quantity: number;
}

const stockLineType: EntityType<StockLine> = {
  name: 'API_MATERIAL_STOCK_SRV.A_MatlStkInAcctModType',
  set: 'A_MatlStkInAcctMod',
  key: ({ product, plant }) =>
    `(Material='${product.id}',Plant='${plant}',StorageLocation='0001',InventoryStockType='01')`,
  properties: {
    Material: text(({ product }) => product.id),
    Plant: text(({ plant }) => plant),
    StorageLocation: text(() => '0001'),
    Batch: text(() => ''),
    InventorySpecialStockType: text(() => ''),
    // 01: unrestricted use.
    InventoryStockType: text(() => '01'),
    MaterialBaseUnit: text(() => 'PC'),
    MatlWrhsStkQtyInMatlBaseUnit: decimal(({ quantity }) => `${quantity}.000`),
  },
  navigations: {},
};
