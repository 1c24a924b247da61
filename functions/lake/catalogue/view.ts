import { z } from 'zod';
import { type Reads, reaches } from './kpi.ts';
import type { Quantity } from './quantity.ts';

const name = z.string().regex(/^[a-z][a-z0-9_]*$/, 'lower case letters, digits and _');

/** The front matter of `sql/views/<name>.sql`: a relation that others read. */
export const viewFrontMatter = z.strictObject({
  /** What a row of it is, in one or two sentences. */
  describes: z.string().min(1),
  reads: reaches,
  /** DuckDB makes its rows before what reads them is planned: of a nest of windows it plans each level below twice. */
  planned_apart: z.boolean().optional(),
});

export type ViewFacts = z.infer<typeof viewFrontMatter>;

/** The front matter of `sql/measures/<name>.sql`: rows of which things are counted, and what is counted of them. */
export const measureFrontMatter = viewFrontMatter.extend({
  /** What KPIs name, and how it is counted of the rows: `revenue: sum net_amount`. */
  values: z
    .record(name, z.string())
    .refine((values) => Object.keys(values).length > 0, 'names nothing that is counted'),
});

/** A relation that KPIs share, as it was read from its file. */
export interface View {
  /** File name without `.sql`: its name in SQL. */
  readonly name: string;
  readonly file: string;
  readonly describes: string;
  readonly sql: string;
  /** Line of the file on which `sql` begins. */
  readonly sqlLine: number;
  /** The tables it reads itself. */
  readonly reads: Reads;
  /** Views and measures it reads itself. */
  readonly views: readonly string[];
  /** Of a measure: what is counted of its rows, by name. Empty for a view. */
  readonly values: Readonly<Record<string, Quantity>>;
  /** Of a measure: the columns of its rows. */
  readonly columns: readonly string[];
  /** Whether DuckDB makes its rows before what reads them is planned. */
  readonly plannedApart: boolean;
  /** Of a company's own folder. */
  readonly own: boolean;
}
