import type { z } from 'zod';
import type { Words } from '../values/language.ts';
import type { ColumnFacts } from './column.ts';

/**
 * A lake table. Everything that must agree about a table is made from this one definition: row validation, the
 * Parquet schema, each engine's DDL, the MERGE and the reference page (docs/tables.md).
 */
export interface TableDefinition<Shape extends z.ZodRawShape = z.ZodRawShape> {
  readonly name: string;
  /** As people say it, in the middle of a sentence. */
  readonly names: Words;
  readonly description: string;
  readonly row: z.ZodObject<Shape>;
  /** The columns that identify a row. */
  readonly key: readonly (keyof Shape & string)[];
  /**
   * What a batch replaces as a whole, a part of the key (or columns the key determines): an order with its lines;
   * the spend of one platform, account and day.
   */
  readonly scope: readonly (keyof Shape & string)[];
  /** Columns whose sum over a past scope hardly falls when it is delivered anew: a fall is told (`lake/landing/restatement.ts`). */
  readonly restatedSums?: readonly (keyof Shape & string)[];
  /** The DATE column that KPI windows cut by, and months partition by. Absent: a small table read as a whole. */
  readonly businessDate?: keyof Shape & string;
  /** A column that may be left out: the row then has it from the row it is a part of. */
  readonly inherits?: Inheritance<keyof Shape & string>;
}

/** `column` of a part is that of the same name in the table `from`, on the row of the same `by`. */
export interface Inheritance<Name extends string = string> {
  readonly column: Name;
  readonly from: string;
  readonly by: Name;
}

/** A column as the generators need it. */
export interface Column extends ColumnFacts {
  readonly name: string;
  readonly nullable: boolean;
  readonly schema: z.ZodType;
}

/** Defines a table; refuses one whose key, scope or date names no column (typing) or a column without facts. */
export function defineTable<Shape extends z.ZodRawShape>(
  definition: TableDefinition<Shape>,
): TableDefinition<Shape> {
  columnsOf(definition as unknown as TableDefinition);
  return definition;
}

/** Whether a row without this column is refused. */
export const isRequired = (table: TableDefinition, { name, nullable }: Column): boolean =>
  !nullable && name !== table.inherits?.column;

const columnCache = new WeakMap<object, readonly Column[]>();

/** The columns of a table, in order. */
export function columnsOf(table: TableDefinition): readonly Column[] {
  const known = columnCache.get(table);
  if (known) return known;
  const columns = Object.entries(table.row.shape).map(([name, schema]) =>
    columnOf(table.name, name, schema as z.ZodType),
  );
  columnCache.set(table, columns);
  return columns;
}

/** The columns of a table whose amounts are in the currency of their row. */
export const moneyColumns = (table: TableDefinition): string[] =>
  columnsOf(table)
    .filter((column) => column.currencyColumn !== undefined)
    .map((column) => column.name);

function columnOf(table: string, name: string, schema: z.ZodType): Column {
  const nullable = schema.type === 'nullable';
  const inner = nullable ? ((schema as z.ZodNullable).unwrap() as z.ZodType) : schema;
  const facts = inner.meta()?.vigie;
  if (!facts) throw new Error(`column ${table}.${name} was not made with lake/column.ts`);
  return { ...facts, name, nullable, schema };
}
