import { DAY_MS } from '../../../functions/lake/values/day.ts';
import type { Product } from '../../companies/wholesale/business/catalogue.ts';
import type { Customer } from '../../companies/wholesale/business/customer.ts';
import { type Stock, WAREHOUSES } from '../../companies/wholesale/business/stock.ts';
import type { Day } from '../../kit/calendar.ts';
import {
  boolean,
  datetime,
  double,
  type EntityType,
  int,
  int64,
  navigation,
  type Property,
  text,
} from '../../odata/entity.ts';
import { asDouble, entriesOf, type ShopDocument, type ShopEntry } from './shop.ts';

/**
 * The company's integration objects. Attributes are those of the platform's types, plus a few of its own
 * (prefix `visit`, `cart…`). Every entity has an `integrationKey`; the namespace is `HybrisCommerceOData`
 * (odata2services: schema generators). java.util.Date is Edm.DateTime in UTC, Long is Edm.Int64, Double is Edm.Double.
 */
const NAMESPACE = 'HybrisCommerceOData';

const keyed = (code: string): string => `('${encodeURIComponent(code)}')`;

/** An item that is only a word: a currency, an enumeration value, a unit. */
function wordType(name: string, attribute: string): EntityType<string> {
  return {
    name: `${NAMESPACE}.${name}`,
    set: `${name}s`,
    key: keyed,
    properties: { [attribute]: text((word) => word), integrationKey: text((word) => word) },
    navigations: {},
  };
}

const currencyType = wordType('Currency', 'isocode');
const unitType = wordType('B2BUnit', 'uid');
const deviceType = wordType('VisitDevice', 'code');
const statusType = wordType('OrderStatus', 'code');
const stockStatusType = wordType('StockLevelStatus', 'code');
const productRefType = wordType('Product', 'code');

const words = (word: string | null): string[] => (word === null ? [] : [word]);
const one = <T>(type: EntityType<string>, of: (record: T) => string | null) =>
  navigation(
    false,
    () => type,
    (record: T) => words(of(record)),
  );

const shared: Readonly<Record<string, Property<ShopDocument>>> = {
  guid: text(({ cart }) => `guid-${cart.code}`),
  creationtime: datetime(({ created }) => created),
  modifiedtime: datetime(({ modified }) => modified),
  totalPrice: double(({ cart }) => asDouble(cart.lines.reduce((sum, line) => sum + line.net, 0))),
  net: boolean(() => true),
  visitSession: text(({ cart }) => cart.session),
  visitChannel: text(({ cart }) => cart.channel),
  visitRegion: text(({ cart }) => cart.region),
};

const references = {
  currency: one<ShopDocument>(currencyType, ({ cart }) => cart.currency),
  unit: one<ShopDocument>(unitType, ({ cart }) => cart.customer?.id ?? null),
  visitDevice: one<ShopDocument>(deviceType, ({ cart }) => cart.device.toUpperCase()),
};

/** Instead of references, their keys: virtual attributes of the integration object `VigieFlat` keep answers small. */
const flatHead: Readonly<Record<string, Property<ShopDocument>>> = {
  currencyCode: text(({ cart }) => cart.currency),
  unitUid: text(({ cart }) => cart.customer?.id ?? null),
  visitDeviceCode: text(({ cart }) => cart.device.toUpperCase()),
};

const orderProperties: Readonly<Record<string, Property<ShopDocument>>> = {
  code: text(({ order }) => order?.number ?? null),
  date: datetime(({ created }) => created),
  totalDiscounts: double(() => '0.0'),
  cartCode: text(({ cart }) => cart.code),
  cartModifiedTime: datetime(({ changed }) => changed),
  cartCreationTime: datetime(
    ({ cart, changed }) => changed - (cart.changed.second - cart.createdSecond) * 1000,
  ),
  integrationKey: text(({ order }) => order?.number ?? null),
};

/** Types of carts and orders, with references as in the platform or flat. */
export function documentTypes(flat: boolean): {
  readonly cart: EntityType<ShopDocument>;
  readonly order: EntityType<ShopDocument>;
} {
  const entry = entryType(flat);
  const entries = { entries: navigation(true, () => entry, entriesOf) };
  const navigations = flat ? entries : { ...references, ...entries };
  const head = flat ? { ...shared, ...flatHead } : shared;
  const code = text<ShopDocument>(({ cart }) => cart.code);
  return {
    cart: {
      ...{ name: `${NAMESPACE}.Cart`, set: 'Carts', key: ({ cart }) => keyed(cart.code), navigations },
      properties: { code, ...head, integrationKey: code },
    },
    order: {
      ...{ name: `${NAMESPACE}.Order`, set: 'Orders', key: ({ order }) => keyed(order?.number ?? '') },
      properties: { ...head, ...orderProperties, ...(flat ? { statusCode: text(() => 'READY') } : {}) },
      navigations: flat ? entries : { ...navigations, status: one<ShopDocument>(statusType, () => 'READY') },
    },
  };
}

const keyOfEntry = ({ document, place }: ShopEntry): string =>
  `${place}|${document.order?.number ?? document.cart.code}`;

const stockState = ({ line }: ShopEntry): string => (line.outOfStock ? 'outOfStock' : 'inStock');

const entryType = (flat: boolean): EntityType<ShopEntry> => ({
  name: `${NAMESPACE}.AbstractOrderEntry`,
  set: 'AbstractOrderEntries',
  key: ({ document, place }) => `('${place}%7C${document.order?.number ?? document.cart.code}')`,
  properties: {
    entryNumber: int(({ place }) => place),
    quantity: int64(({ line }) => line.quantity),
    basePrice: double(({ line }) => asDouble(line.list / line.quantity)),
    totalPrice: double(({ line }) => asDouble(line.net)),
    // An order's entries are copies, made with it.
    creationtime: datetime(({ document }) => (document.order ? document.created : document.changed)),
    ...(flat
      ? { productCode: text(({ line }: ShopEntry) => line.product.id), stockState: text(stockState) }
      : {}),
    integrationKey: text(keyOfEntry),
  },
  navigations: flat
    ? {}
    : {
        product: one<ShopEntry>(productRefType, ({ line }) => line.product.id),
        stockStatus: one<ShopEntry>(stockStatusType, stockState),
      },
});

export const b2bUnitType = (firstDay: Day): EntityType<Customer> => ({
  name: `${NAMESPACE}.B2BUnit`,
  set: 'B2BUnits',
  key: ({ id }) => keyed(id),
  properties: {
    uid: text(({ id }) => id),
    name: text(({ name }) => name),
    active: boolean(() => true),
    creationtime: datetime(({ openedOn }) => firstDay.utcMidnight + openedOn * DAY_MS + DAY_MS / 2),
    integrationKey: text(({ id }) => id),
  },
  navigations: {
    country: one<Customer>(wordType('Country', 'isocode'), ({ country }) => country),
    contact: navigation(
      false,
      () => contactType,
      (customer: Customer) => [customer],
    ),
  },
});

const contactType: EntityType<Customer> = {
  name: `${NAMESPACE}.B2BCustomer`,
  set: 'B2BCustomers',
  key: ({ email }) => keyed(email),
  properties: {
    uid: text(({ email }) => email),
    email: text(({ email }) => email),
    integrationKey: text(({ email }) => email),
  },
  navigations: {},
};

const categoryType: EntityType<{ readonly code: string; readonly name: string }> = {
  name: `${NAMESPACE}.Category`,
  set: 'Categories',
  key: ({ code }) => keyed(code),
  properties: {
    code: text(({ code }) => code),
    name: text(({ name }) => name),
    integrationKey: text(({ code }) => code),
  },
  navigations: {},
};

const slug = (words: string): string => words.toLowerCase().replaceAll(/[^a-z]+/g, '-');

/** Brands are categories, too, as in SAP's sample shops (`brand_…`, see the recorded orders). */
export const productType: EntityType<Product> = {
  name: `${NAMESPACE}.Product`,
  set: 'Products',
  key: ({ id }) => keyed(id),
  properties: {
    code: text(({ id }) => id),
    name: text(({ name }) => name),
    manufacturerName: text(({ brand }) => brand),
    integrationKey: text(({ id }) => `Online|tyres|${id}`),
  },
  navigations: {
    approvalStatus: one<Product>(wordType('ArticleApprovalStatus', 'code'), ({ active }) =>
      active ? 'approved' : 'unapproved',
    ),
    catalogVersion: one<Product>(wordType('CatalogVersion', 'version'), () => 'Online'),
    supercategories: navigation(
      true,
      () => categoryType,
      ({ brand, category }: Product) => [
        { code: `brand_${slug(brand)}`, name: brand },
        { code: slug(category), name: category },
      ],
    ),
  },
};

export interface StockRow {
  readonly product: Product;
  readonly warehouse: string;
}

export const stockRows = (products: readonly Product[]): StockRow[] =>
  products.flatMap((product) => WAREHOUSES.map((warehouse) => ({ product, warehouse })));

/** Some pieces are promised already. */
const RESERVED = 3;

export const stockLevelType = (stock: Stock, today: () => Day): EntityType<StockRow> => ({
  name: `${NAMESPACE}.StockLevel`,
  set: 'StockLevels',
  key: ({ product, warehouse }) => keyed(`${product.id}|${warehouse}`),
  properties: {
    productCode: text(({ product }) => product.id),
    available: int(({ product, warehouse }) => stock.available(product, warehouse, today()) + RESERVED),
    reserved: int(() => RESERVED),
    modifiedtime: datetime(() => today().utcMidnight),
    integrationKey: text(({ product, warehouse }) => `${product.id}|${warehouse}`),
  },
  navigations: {
    warehouse: one<StockRow>(wordType('Warehouse', 'code'), ({ warehouse }) => warehouse),
    inStockStatus: one<StockRow>(wordType('InStockStatus', 'code'), () => 'notSpecified'),
  },
});
