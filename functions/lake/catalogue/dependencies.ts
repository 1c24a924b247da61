import { moneyColumns, type TableDefinition } from '../tables/table.ts';
import { RATES_TABLE, type Tables } from '../tables/tables.ts';
import type { Kpi } from './kpi.ts';

/** What is looked at of a KPI: the tables it reads, through views and measures too, and its dimensions. */
type Described = Pick<Kpi, 'reads' | 'brokenDownBy'>;

/**
 * Every table that a KPI's figures depend on: those it reads, the rates
 * that convert its amounts, and the tables that name its members. An error in any of them marks the figures.
 */
export function tablesBehind(kpi: Described, selects: readonly string[], tables: Tables): string[] {
  const reads = Object.keys(kpi.reads);
  const rates = reads.some((name) => usesMoneyOf(tables.table(name), selects)) ? [RATES_TABLE] : [];
  const names = kpi.brokenDownBy.flatMap(({ label }) => label?.table ?? []);
  return [...new Set([...reads, ...rates, ...names])];
}

/** Whether a SELECT names an amount of the table: one that only counts its lines needs no rate. */
function usesMoneyOf(table: TableDefinition, selects: readonly string[]): boolean {
  const amounts = moneyColumns(table);
  if (amounts.length === 0) return false;
  const word = new RegExp(`\\b(${amounts.join('|')})\\b|(^|[\\s.,])\\*\\s*(,|from\\b)`, 'i');
  return selects.some((select) => word.test(select.replaceAll(/--.*/g, '')));
}
