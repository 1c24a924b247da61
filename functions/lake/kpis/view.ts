import { z } from 'zod';
import { tableNames } from '../schema/tables.ts';

const columns = z.array(z.string().regex(/^[a-z][a-z_]*$/)).min(1);

/** What the rows that a SELECT returns for days hold beside `day`. */
const viewDays = z
  .strictObject({
    /** What a row is about. With `period`, a row counts in windows of that kind only. */
    keys: columns.default(['dimension', 'member']),
    /** Columns added up over the days of a window; NULL where no value is known. */
    sums: columns.default([]),
    /** Such columns that are never NULL: cheaper. A key with nothing known and nothing but 0 in a window has no row. */
    counts: columns.default([]),
    /** Columns added up from the first day there is to the window's last: what stands then; then every key has a row. */
    levels: columns.default([]),
    /** The view whose windows are made; default `periods`. It has the columns of `periods`. */
    over: z.string().default('periods'),
  })
  .refine(
    ({ sums, counts, levels }) => sums.length + counts.length + levels.length > 0,
    'needs `sums`, `counts` or `levels`',
  );

/** The front matter of `sql/views/<name>.sql`. */
export const viewFrontMatter = z.strictObject({
  /** What a row of it is, in one or two sentences. */
  describes: z.string().min(1),
  /** The tables it reads itself (not through other views); a KPI that uses the view lists them in its own `reads`. */
  reads: z.array(z.enum(tableNames as [string, ...string[]])).default([]),
  /** Other views it reads. */
  views: z.array(z.string()).default([]),
  /** Present: the SELECT returns days, and Vigie makes windows of them (`as_of, period, comparison` for `day`). */
  days: viewDays.optional(),
});
export type ViewFrontMatter = z.infer<typeof viewFrontMatter>;

/** A relation shared by KPIs, as it was read from its file. */
export interface View extends ViewFrontMatter {
  /** File name without `.sql`: its name in SQL. */
  readonly name: string;
  readonly file: string;
  readonly sql: string;
  /** Line of the file on which `sql` begins. */
  readonly sqlLine: number;
}
