import type { z } from 'zod';
import type { Words } from '../values/language.ts';
import type { ColumnKind } from './column.ts';

/**
 * What a table is to figures. `events`: what happened, or stood, on a day. `things`: what others refer to (customers,
 * products). `plans`: what is wanted of a span. `rates`: what converts amounts.
 */
export const roles = ['events', 'things', 'plans', 'rates'] as const;
export type Role = (typeof roles)[number];

/**
 * A lake table as its file says (`sql/tables/<name>.yaml`). Everything that must agree about a table is made from this
 * one definition: row validation, the Parquet schema, each engine's DDL, the MERGE, the checks and the reference page.
 */
export interface TableDefinition {
  readonly name: string;
  /** Where it is written down: `sql/tables/orders.yaml`. */
  readonly file: string;
  /** As people say it, in the middle of a sentence. */
  readonly names: Words;
  readonly description: string;
  readonly role: Role;
  /** Something happens in it on every trading day. */
  readonly daily: boolean;
  /** Nothing is missing in it from its first day on: a window that began before is half one. What is daily, is so too. */
  readonly continuous: boolean;
  /** Days that pass until a source knows a day for good; 0 where the next morning does. */
  readonly late: number;
  /** The columns that identify a row. */
  readonly key: readonly string[];
  /**
   * What a batch replaces as a whole, a part of the key (or columns the key determines): an order with its lines;
   * the spend of one platform, account and day.
   */
  readonly scope: readonly string[];
  /** Columns whose sum over a past scope hardly falls when it is delivered anew: a fall is told (`lake/landing/restatement.ts`). */
  readonly restatedSums: readonly string[];
  /** The DATE column that KPI windows cut by, and months partition by. Absent: a small table read as a whole. */
  readonly businessDate?: string;
  /** The DATE column whose rate converts the money of a row: the business date, where nothing else is said. */
  readonly rateDate?: string;
  /** The column that names a row to people. */
  readonly label?: string;
  /** A column that may be left out: the row then has it from the row it is a part of. */
  readonly inherits?: Inheritance;
  /** What becomes of rows about people whom their source has erased (functions/load/erase.ts). */
  readonly erasure?: Erasure;
  /** What becomes of statements that were taken back (functions/load/withdraw.ts). */
  readonly withdrawal?: Withdrawal;
  readonly columns: readonly Column[];
}

/** `column` of a part is that of the same name in the table `from`, on the row of the same `by`. */
export interface Inheritance {
  readonly column: string;
  readonly from: string;
  readonly by: string;
}

/** What becomes of a row whose person is not in the table `listed_in` any more. */
export interface Erasure {
  readonly listed_in: string;
  /** The column with the person's number. */
  readonly by: string;
  readonly empties: readonly string[];
  /** A row whose `column` holds `from` holds `to` then, and the day of the run in `on`. */
  readonly closes?:
    | { readonly column: string; readonly from: string; readonly to: string; readonly on: string }
    | undefined;
}

/** Statements of what people agree to: of those with the same `by` the newest counts, and at one instant that which takes back. */
export interface Withdrawal {
  readonly by: readonly string[];
  readonly granted: string;
  readonly said_at: string;
  readonly empties: readonly string[];
}

/** A column as the generators need it. */
export interface Column {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly nullable: boolean;
  /** One sentence for the reference page; empty where a company's file has none. */
  readonly description: string;
  /** What a value has to be, where there is one. */
  readonly schema: z.ZodType;
  /** Money in the currency of this column of the same row; KPIs see it converted to the reporting currency. */
  readonly currencyColumn?: string;
  /** What a number counts: `EUR`-like money is `money`, else `units`, `days`, `sessions`, `points` … */
  readonly unit?: string;
  /** Personal data: hashed at the door (`hash`). Plain personal data is never a column. */
  readonly personal?: 'hash';
  /** Closed list of values, where there is one. */
  readonly values?: readonly string[];
  /** The table whose key it holds. */
  readonly refersTo?: { readonly table: string; readonly part: boolean };
  /** How it is worked out where the source leaves it empty. */
  readonly derive?: Derive;
  /** A date that stands for its month, as its first day. */
  readonly month: boolean;
  /** It only tells rows apart: their number in the file will do. */
  readonly rowNumber: boolean;
  /** The company added it to a table that Vigie ships. */
  readonly own: boolean;
}

/** A day in the company's time zone; an instant some hours later; an amount less another; the name of the row's source. */
export type Derive =
  | { readonly day_of: string }
  | { readonly hours: number; readonly after: string }
  | { readonly difference: readonly [string, string] }
  | { readonly source: true };

/** The columns that a derivation needs. */
export function derivedFrom(derive: Derive): readonly string[] {
  if ('day_of' in derive) return [derive.day_of];
  if ('source' in derive) return [];
  return 'after' in derive ? [derive.after] : derive.difference;
}

/** Whether a column tells the source of its row. */
export const isOfSource = ({ derive }: { readonly derive?: Derive | undefined }): boolean =>
  derive !== undefined && 'source' in derive;

type Keyed = Pick<TableDefinition, 'key' | 'columns'>;

/** The column of a table's key that tells the source of a row; undefined where sources share its rows. */
export const sourceInKey = ({ key, columns }: Keyed): string | undefined =>
  columns.find((column) => key.includes(column.name) && isOfSource(column))?.name;

/** Of a table's key what tells a row apart within its source: `stage_id` of stages, which two CRMs may number alike. */
export function keyWithin(table: Keyed): string[] {
  const source = sourceInKey(table);
  return table.key.filter((name) => name !== source);
}

/** Whether a row without this column is refused. */
export const isRequired = (table: TableDefinition, { name, nullable }: Column): boolean =>
  !nullable && name !== table.inherits?.column;

/** The columns of a table whose amounts are in the currency of their row. */
export const moneyColumns = (table: TableDefinition): string[] =>
  table.columns.filter((column) => column.currencyColumn !== undefined).map((column) => column.name);
