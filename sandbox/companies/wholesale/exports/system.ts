import type { Day } from '../../../kit/calendar.ts';
import { type DatedExport, type DatedOptions, datedExport } from '../../../kit/dated-export.ts';
import { outreachTables } from '../../../kit/outreach/write-outreach.ts';
import type { Company, CompanyDay } from '../business/company.ts';
import type { Effects } from '../business/effects.ts';

/** The tables that the company's systems fill. */
export const filledTables = [
  ...outreachTables,
  'market_sizes',
  'ad_spend',
  'budgets',
  'cart_lines',
  'carts',
  'consents',
  'customer_objectives',
  'customers',
  'exchange_rates',
  'marketing_costs',
  'order_lines',
  'orders',
  'page_views',
  'products',
  'sessions',
  'stock_levels',
  'targets',
] as const;
export type FilledTable = (typeof filledTables)[number];

/** How long systems deliver a file a day; before that, a file a month. */
export const DAILY_DAYS = 40;

export interface ExportInput {
  readonly folder: string;
  readonly seed: number;
  readonly company: Company;
  readonly days: readonly Day[];
  readonly last: number;
  readonly effects: Effects;
  /** Rows that the lake must hold when all is loaded, and rows that must be refused, by table. */
  readonly rows: Record<FilledTable, number>;
  readonly rejected: Partial<Record<FilledTable, number>>;
  readonly onFile: (name: string) => void;
}

/** A system of the company: takes each day and writes its files. */
export interface System {
  day(happened: CompanyDay): Promise<void>;
  close(): Promise<void>;
}

/** An export with a file a day for the last `days` days. */
export const dated = (
  input: ExportInput,
  days: number,
  options: Omit<DatedOptions, 'folder' | 'dailyFrom' | 'onFile'>,
): DatedExport =>
  datedExport({
    ...options,
    folder: input.folder,
    onFile: input.onFile,
    dailyFrom: Math.max(0, input.last - days + 1),
  });

export const closeAll = async (files: readonly DatedExport[]): Promise<void> => {
  for (const file of files) await file.close();
};

/** The day on which SAP and the shop wrote nonsense: some weeks before the daily files begin. */
export const badDay = (input: ExportInput): number => {
  const inMonths = input.days.slice(0, Math.max(0, input.last - DAILY_DAYS + 1)).filter((day) => day.trading);
  return inMonths.at(-20)?.index ?? -1;
};

/** Like `map`, one at a time: the lines of a large company's day are never in memory together. */
export function* mapped<T>(things: Iterable<T>, line: (thing: T) => string): Generator<string> {
  for (const thing of things) yield line(thing);
}

/** Like `flatMap`, one at a time. */
export function* flattened<T>(things: Iterable<T>, lines: (thing: T) => Iterable<string>): Generator<string> {
  for (const thing of things) yield* lines(thing);
}
