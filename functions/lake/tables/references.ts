import type { TableName } from './tables.ts';

/** A column that holds the key of another table. Nothing enforces it: a check reports the gaps. */
export interface Reference {
  readonly table: TableName;
  readonly column: string;
  readonly to: TableName;
  /** The key of `to`, one column. */
  readonly toColumn: string;
  /** The row is a part of the other (a line of an order) and counts nowhere without it; else it only loses a name. */
  readonly part: boolean;
}

const reference = (
  table: TableName,
  column: string,
  to: TableName,
  toColumn: string,
  part = false,
): Reference => ({
  table,
  column,
  to,
  toColumn,
  part,
});

export const references: readonly Reference[] = [
  reference('order_lines', 'order_id', 'orders', 'order_id', true),
  reference('order_lines', 'product_id', 'products', 'product_id'),
  reference('orders', 'customer_id', 'customers', 'customer_id'),
  reference('cart_lines', 'cart_id', 'carts', 'cart_id', true),
  reference('cart_lines', 'product_id', 'products', 'product_id'),
  reference('carts', 'customer_id', 'customers', 'customer_id'),
  reference('carts', 'order_id', 'orders', 'order_id'),
  reference('sessions', 'customer_id', 'customers', 'customer_id'),
  reference('page_views', 'product_id', 'products', 'product_id'),
  reference('stock_levels', 'product_id', 'products', 'product_id'),
  reference('customer_objectives', 'customer_id', 'customers', 'customer_id'),
];
