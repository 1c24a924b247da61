import { ad_spend } from './definitions/ad_spend.ts';
import { budgets } from './definitions/budgets.ts';
import { cart_lines } from './definitions/cart_lines.ts';
import { carts } from './definitions/carts.ts';
import { customer_objectives } from './definitions/customer_objectives.ts';
import { customers } from './definitions/customers.ts';
import { exchange_rates } from './definitions/exchange_rates.ts';
import { marketing_costs } from './definitions/marketing_costs.ts';
import { order_lines } from './definitions/order_lines.ts';
import { orders } from './definitions/orders.ts';
import { page_views } from './definitions/page_views.ts';
import { products } from './definitions/products.ts';
import { sessions } from './definitions/sessions.ts';
import { stock_levels } from './definitions/stock_levels.ts';
import { targets } from './definitions/targets.ts';
import type { TableDefinition } from './table.ts';

/** Every table of the lake, by name. */
export const tables = {
  customers,
  customer_objectives,
  products,
  stock_levels,
  orders,
  order_lines,
  carts,
  cart_lines,
  sessions,
  page_views,
  ad_spend,
  marketing_costs,
  targets,
  budgets,
  exchange_rates,
} as const;

export type TableName = keyof typeof tables;
export const tableNames = Object.keys(tables) as TableName[];

/** Tables in which something happens on every trading day. */
export const dailyTables: readonly TableName[] = [
  'orders',
  'order_lines',
  'carts',
  'cart_lines',
  'sessions',
  'page_views',
  'ad_spend',
];

export const isTableName = (name: string): name is TableName => Object.hasOwn(tables, name);

/** A table by name, with its types erased: for the generators. */
export const tableOf = (name: TableName): TableDefinition => tables[name] as unknown as TableDefinition;
