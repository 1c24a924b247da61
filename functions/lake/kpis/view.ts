import { z } from 'zod';
import { tableNames } from '../schema/tables.ts';

/** The front matter of `sql/views/<name>.sql`. */
export const viewFrontMatter = z.strictObject({
  /** What a row of it is, in one or two sentences. */
  describes: z.string().min(1),
  /** The tables it reads itself (not through other views); a KPI that uses the view lists them in its own `reads`. */
  reads: z.array(z.enum(tableNames as [string, ...string[]])).default([]),
  /** Other views it reads. */
  views: z.array(z.string()).default([]),
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
