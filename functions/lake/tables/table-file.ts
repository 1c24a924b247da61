import { z } from 'zod';
import { words } from '../values/language.ts';
import { fileKinds } from './column.ts';
import { roles } from './table.ts';

const name = z.string().regex(/^[a-z][a-z0-9_]*$/, 'lower case letters, digits and _');

/** What fills a column that the source leaves empty. */
const derive = z.union([
  /** The day of an instant, in the company's time zone. */
  z.strictObject({ day_of: name }),
  /** An instant so many hours after another. */
  z.strictObject({ hours: z.int().min(1), after: name }),
  /** An amount less another. */
  z.strictObject({ difference: z.tuple([name, name]) }),
  /** The name of the source that brought the row. */
  z.strictObject({ source: z.literal(true) }),
]);

const columnFacts = z.strictObject({
  /** `money` is in the currency of the row: that of the table's column of the kind `currency`. */
  kind: z.enum(fileKinds),
  /** One sentence. */
  description: z.string().min(1).optional(),
  /** It may be empty. */
  optional: z.boolean().default(false),
  /** What a number counts: `units`, `days`, `sessions` … Money says its unit by its kind. */
  unit: z.string().min(1).optional(),
  /** The closed list of what it may hold. */
  values: z.array(z.string().min(1)).min(1).optional(),
  /** `hash`: personal data, of which only a hash is ever kept. */
  personal: z.literal('hash').optional(),
  /** It holds the key of that table, and only loses a name where that has no such row. */
  references: name.optional(),
  /** The row is a part of one of that table (a line of an order), and counts nowhere without it. */
  part_of: name.optional(),
  /** It may be left out, and is then that of the row of this table that the row is a part of. */
  inherits: name.optional(),
  derive: derive.optional(),
  /** A date that stands for its month: whatever day a file tells, it holds the first of that month. */
  month: z.boolean().default(false),
  /** It only tells rows apart: the row's number in its file will do where the source has none. */
  row_number: z.boolean().default(false),
});
export type ColumnFacts = z.infer<typeof columnFacts>;

/** What becomes of rows about people whom their source has no more. */
const erasure = z.strictObject({
  /** The table that lists who is still there, by `person_id`. */
  listed_in: name,
  /** The column with the person's number. */
  by: name,
  /** Columns that tell who it was or is like: emptied. */
  empties: z.array(name).min(1),
  /** One that was still open is not any more: the column, what it held, what it holds then, and the date that is set. */
  closes: z.strictObject({ column: name, from: z.string(), to: z.string(), on: name }).optional(),
});

/** What becomes of rows that say what somebody agreed to, once it was taken back. */
const withdrawal = z.strictObject({
  /** The columns that say whose statement it is, and about what. */
  by: z.array(name).min(1),
  /** The column that says whether it was granted. */
  granted: name,
  /** The instant of the statement: the newest counts. */
  said_at: name,
  /** Columns by which the person can be found elsewhere: emptied in every statement but one that grants and still counts. */
  empties: z.array(name).min(1),
});

/** `sql/tables/<name>.yaml`, and a table of a company's own. docs/tables.md is made of them. */
export const tableFile = z.strictObject({
  /** As people say it, in the middle of a sentence. */
  names: words,
  /** What a row is, in one or two sentences. */
  description: z.string().min(1),
  /** What it is to figures. */
  role: z.enum(roles),
  /** Something happens in it on every trading day: a day without rows is one that did not arrive. */
  daily: z.boolean().default(false),
  /** Nothing is missing in it from its first day on, though a day may have no row: a window that began before is half one. */
  continuous: z.boolean().default(false),
  /** Days that pass until a source knows a day for good: the newest business date may be so many days behind. */
  late: z.int().min(1).optional(),
  /** The columns that identify a row. */
  key: z.array(name).min(1),
  /** What a delivery replaces as a whole; default: the key. */
  scope: z.array(name).min(1).optional(),
  /** The date that windows are cut by; without one the table is small and read as a whole. */
  business_date: name.optional(),
  /** The date whose rate converts its money, where there is no business date. */
  rate_date: name.optional(),
  /** The column that names a row to people. */
  label: name.optional(),
  /** Columns whose sum over a past scope hardly falls when it is delivered anew: a fall is told. */
  restated_sums: z.array(name).default([]),
  /** It holds people, who may be erased where they come from. */
  erasure: erasure.optional(),
  /** It holds what people agreed to, who may take it back. */
  withdrawal: withdrawal.optional(),
  columns: z.record(name, columnFacts),
});
export type TableFacts = z.infer<typeof tableFile>;

/**
 * `<company>/tables/<name>.yaml` of a table that is there already: columns beside its own. They may be empty, for sources
 * that know nothing of them fill the table, too.
 */
export const ownColumnsFile = z.strictObject({
  columns: z.record(
    name,
    columnFacts
      .omit({ part_of: true, inherits: true, row_number: true })
      .extend({ optional: z.literal(true).default(true) }),
  ),
});
