import { z } from 'zod';

/**
 * Names of attributes. An integration object is the customer's own, so every name is configuration; the defaults are
 * those of SAP's types (Cart, Order, B2BUnit, Product, StockLevel), as the ImpEx on README.md makes them. A path goes
 * down with dots: `unit.uid`. Null: the field stays empty.
 */
const path = z
  .string()
  .regex(/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/, 'the name of an attribute, or a path such as unit.uid');
const maybe = path.nullable();

const entry = {
  entries: path.default('entries').describe('The list of entries; the names below are its entries’ own.'),
  line_id: path.default('entryNumber'),
  product_id: path.default('product.code'),
  quantity: path.default('quantity'),
  amount: path.default('totalPrice'),
};

const visit = {
  session_id: maybe.default(null).describe('The session as the tags name it: an attribute of your own.'),
  device: maybe.default(null),
  channel: maybe.default(null),
  region: maybe.default(null),
};

export const cartAttributes = z.strictObject({
  cart_id: path
    .default('guid')
    .describe('Must be the same on the order: `guid` is copied to it, `code` is not.'),
  customer_id: maybe.default('unit.uid'),
  created_at: maybe.default('creationtime'),
  changed_at: path.default('modifiedtime'),
  currency: path.default('currency.isocode'),
  ...visit,
  ...entry,
  added_at: maybe.default('creationtime').describe('Of the entry.'),
  out_of_stock: maybe.default(null).describe('Of the entry: an attribute of your own.'),
});

export const orderAttributes = z.strictObject({
  order_id: path.default('code').describe('The number under which SAP knows it, where orders come from SAP.'),
  ordered_at: path.default('date'),
  status: path.default('status.code'),
  customer_id: maybe.default('unit.uid'),
  sales_rep: maybe.default(null),
  net: maybe.default('net').describe('Whether prices are without tax.'),
  currency: path.default('currency.isocode'),
  order_discount: maybe
    .default('totalDiscounts')
    .describe('Discount of the whole order, not in the entries.'),
  cart_id: maybe.default('guid'),
  cart_created_at: maybe.default(null),
  cart_changed_at: maybe.default(null).describe('Last change of the cart; absent: the moment of the order.'),
  ...visit,
  ...entry,
  base_price: maybe.default('basePrice').describe('Of the entry: price of a piece before discounts.'),
  added_at: maybe
    .default(null)
    .describe('Of the entry; the order’s entries are copies, made when it is placed.'),
  out_of_stock: maybe.default(null),
});

export const customerAttributes = z.strictObject({
  customer_id: path.default('uid'),
  name: maybe.default('name'),
  country: maybe.default(null),
  region: maybe.default(null),
  industry: maybe.default(null),
  segment: maybe.default(null),
  sales_rep: maybe.default(null),
  acquisition_channel: maybe.default(null),
  opened_at: maybe.default('creationtime'),
  email: maybe.default(null).describe('Only its hash is kept.'),
  marketing_consent: maybe.default(null),
});

export const productAttributes = z.strictObject({
  product_id: path.default('code'),
  name: maybe.default('name'),
  categories: maybe
    .default('supercategories')
    .describe('The list of categories, each with `code` and `name`.'),
  brand: maybe.default('manufacturerName'),
  approval: maybe.default('approvalStatus.code'),
});

export const stockAttributes = z.strictObject({
  product_id: path.default('productCode'),
  warehouse_id: path.default('warehouse.code'),
  available: path.default('available'),
  reserved: maybe.default('reserved'),
  in_stock_status: maybe.default('inStockStatus.code'),
});

export type CartAttributes = z.infer<typeof cartAttributes>;
export type OrderAttributes = z.infer<typeof orderAttributes>;
