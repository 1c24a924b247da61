import { moneyColumns } from '../schema/table.ts';
import { type TableName, tableOf } from '../schema/tables.ts';
import type { KpiFrontMatter } from './kpi.ts';

/** Dimensions whose members are ids, and the table that names them. */
export const namedDimensions = {
  customer: { table: 'customers', id: 'customer_id' },
  product: { table: 'products', id: 'product_id' },
} as const satisfies Record<string, { table: TableName; id: string }>;

/** What is looked at of a KPI: its front matter, and its SELECT with those of the views it uses. */
type Described = Pick<KpiFrontMatter, 'reads' | 'dimensions'>;

/**
 * Every table that a KPI's figures depend on: those it reads (through views too, whose tables it lists), the rates
 * that convert its amounts, and the tables that name its members. An error in any of them marks the figures.
 */
export function tablesBehind(kpi: Described, selects: readonly string[]): TableName[] {
  const reads = Object.keys(kpi.reads) as TableName[];
  const rates: TableName[] = reads.some((table) => usesMoneyOf(table, selects)) ? ['exchange_rates'] : [];
  const names = Object.entries(namedDimensions)
    .filter(([dimension]) => Object.hasOwn(kpi.dimensions, dimension))
    .map(([, { table }]) => table);
  return [...new Set([...reads, ...rates, ...names])];
}

/** Whether a SELECT names an amount of the table: one that only counts its lines needs no rate. */
function usesMoneyOf(table: TableName, selects: readonly string[]): boolean {
  const amounts = moneyColumns(tableOf(table));
  if (amounts.length === 0) return false;
  const word = new RegExp(`\\b(${amounts.join('|')})\\b|(^|[\\s.,])\\*\\s*(,|from\\b)`, 'i');
  return selects.some((select) => word.test(select.replaceAll(/--.*/g, '')));
}
