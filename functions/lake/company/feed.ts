import { z } from 'zod';

/**
 * One feed: which files fill which table, and how their columns become fields. Formats of dates and times are written
 * with the letters YYYY YY MMM MM M DD D HH H hh h mm ss SSS A Z; `auto` takes ISO 8601; `unix`, `unix_ms` and `unix_us`
 * count since 1970.
 */
const condition = z
  .strictObject({
    column: z.string(),
    equals: z.union([z.string(), z.number(), z.boolean()]).optional(),
    in: z.array(z.union([z.string(), z.number()])).optional(),
    matches: z.string().optional(),
    empty: z.boolean().optional(),
    not: z.boolean().default(false),
  })
  .refine(
    (c) => [c.equals, c.in, c.matches, c.empty].filter((test) => test !== undefined).length === 1,
    'give exactly one of equals, in, matches, empty',
  );

/** For how many units of a currency a rate is quoted: a column, or a number by what a column holds. */
const currencyUnits = z.union([
  z.string(),
  z.strictObject({
    by: z.string(),
    values: z.record(z.string(), z.int().min(1)),
    else: z.int().min(1).default(1),
  }),
]);

/** Where a field comes from: a column's name, or one of these. */
const fieldSource = z.union([
  z.string(),
  z.strictObject({
    /** Column; in JSON a path with dots: `soldTo.id`. */
    from: z.string(),
    /** Format of a date or timestamp, where it is not the feed's. */
    format: z.string().optional(),
    /** Of a date: the first or the last day of the month in which it lies. */
    of_month: z.enum(['first', 'last']).optional(),
    /** The column holds text of this kind: exact words to canonical values (`J: true`, `Erledigt: completed`). */
    values: z.record(z.string(), z.union([z.string(), z.boolean(), z.number(), z.null()])).optional(),
    /** Used when the column is empty. */
    default: z.union([z.string(), z.number(), z.boolean()]).optional(),
    /** Multiplies the number: 0.000001 for micros, -1 to turn the sign. Text, to stay exact. */
    times: z.string().optional(),
    /** Strips leading zeros, as SAP pads its numbers. */
    strip_zeros: z.boolean().optional(),
    /** The file may lack the column: the field is then empty. */
    optional: z.boolean().optional(),
    /** With `group_by`: which of the group’s values; default the first that is there. */
    take: z.enum(['first', 'last', 'min', 'max', 'sum']).optional(),
    /** With `group_by`: only of the records that fulfil this, or all of these. */
    when: z.union([condition, z.array(condition).min(1)]).optional(),
  }),
  z.strictObject({ constant: z.union([z.string(), z.number(), z.boolean()]) }),
  /** Exact product of columns: quantity × price. */
  z.strictObject({ product: z.array(z.string()).min(2) }),
  /** Exact difference of two columns: list amount − net amount. */
  z.strictObject({ difference: z.tuple([z.string(), z.string()]) }),
  /**
   * A rate from a quotation: `units` of the foreign currency are worth `quote` times `in_units` of the reporting
   * currency. `inverse`: which quotations say what the reporting currency costs instead (SAP marks them by a minus).
   */
  z.strictObject({
    quote: z.string(),
    units: currencyUnits.optional(),
    in_units: currencyUnits.optional(),
    inverse: z.enum(['negative', 'positive', 'always']).optional(),
  }),
  /** Several columns joined: keys such as plant and number. */
  z
    .strictObject({
      join: z.array(z.string()).min(2),
      with: z.string().default('-'),
      /** Of these, the ones that may be empty or missing; without one of the others there is no key. */
      may_lack: z.array(z.string()).default([]),
    })
    .refine(({ join, may_lack }) => may_lack.every((name) => join.includes(name)), {
      path: ['may_lack'],
      error: 'names a column that is not joined',
    }),
  /** The row’s number in its file, as key where the source has no line number. */
  z.strictObject({ row_number: z.literal(true) }),
  /** First case that holds, else `else`. */
  z.strictObject({
    cases: z
      .array(
        z.strictObject({ when: condition, then: z.union([z.string(), z.boolean(), z.number(), z.null()]) }),
      )
      .min(1),
    else: z.union([z.string(), z.boolean(), z.number(), z.null()]),
  }),
  /** With `group_by`: 1 (true) where any record of the group fulfils the condition, else 0. */
  z.strictObject({ any: condition }),
  /** With `group_by`: 1 (true) where none of them does. */
  z.strictObject({ none: condition }),
  /** With `group_by`: how many of its records fulfil the condition, or how many there are. */
  z.strictObject({ count: z.union([z.literal('records'), condition]) }),
  /**
   * SHA-256 of the normalised (trimmed, lower-case) e-mail address; the address itself is never stored. `as`: of the address as
   * Google compares it; a number of the person that no vendor knows.
   */
  z.strictObject({ hash_email: z.string(), as: z.enum(['google', 'person']).optional() }),
]);
export type FieldSource = z.infer<typeof fieldSource>;
export type Condition = z.infer<typeof condition>;

/** Columns of a wide file, one a month or a member, whose cells become rows. */
const unpivot = z.strictObject({
  /** What the heading of a cell's column is called in `columns` and `where`. */
  name: z.string().min(1),
  /** What the cell is called there. */
  value: z.string().min(1),
  /**
   * Of the columns that the feed does not read otherwise, those whose heading fulfils this; absent: all. Where `matches`
   * has a group, the heading is what stands in the first one.
   */
  columns: z
    .strictObject({
      in: z
        .array(z.union([z.string(), z.number()]))
        .min(1)
        .optional(),
      matches: z.string().optional(),
      not: z.boolean().default(false),
    })
    .refine((c) => (c.in === undefined) !== (c.matches === undefined), 'give exactly one of in, matches')
    .optional(),
});
export type Unpivot = z.infer<typeof unpivot>;

export const feedSchema = z.strictObject({
  table: z.string(),
  /**
   * A file, a folder, or a pattern (`*`, `**`), relative to vigie.yaml; `${NAME}` takes an environment variable.
   * `{date}` stands for the business date in the name, written YYYYMMDD or YYYY-MM-DD; `{month}` for YYYYMM or YYYY-MM.
   */
  path: z.string(),
  format: z.enum(['csv', 'ndjson', 'json', 'parquet', 'xlsx', 'postfix']).optional(),
  encoding: z.enum(['utf-8', 'latin1', 'windows-1252', 'utf-16le']).default('utf-8'),
  /** CSV: one character; `blanks`: columns are aligned by blanks; absent: found out from the header. */
  delimiter: z.union([z.string().length(1), z.literal('blanks')]).optional(),
  quote: z.string().length(1).default('"'),
  /** CSV without a header: the names of its columns, in order. */
  header: z.array(z.string()).optional(),
  /** Lines to skip before the header (titles that SAP list exports print). */
  skip_lines: z.int().min(0).default(0),
  /** Excel: the sheet's name, or its place from 1; absent: the one that has the wanted columns. */
  sheet: z.union([z.string().min(1), z.int().min(1)]).optional(),
  /** JSON: dotted path to the array of records; absent: the document is the array. */
  records: z.string().optional(),
  decimal: z.enum(['.', ',']).default('.'),
  thousands: z.enum(['.', ',', ' ', "'", 'none']).default('none'),
  dates: z.string().default('auto'),
  timestamps: z.string().default('auto'),
  /** Zone of timestamps that carry none; default the company’s. */
  time_zone: z.string().optional(),
  /** The file has a column for each month or member: each of their cells that is not empty becomes a row. */
  unpivot: unpivot.optional(),
  /** Only rows for which all conditions hold. */
  where: z.array(condition).default([]),
  columns: z.record(z.string(), fieldSource),
  /**
   * The file repeats a record: an order on each of its lines, and the first row of a key is taken (`true`), or each of
   * its states one after the other, and the `last` is.
   */
  one_row_per_key: z.union([z.boolean(), z.enum(['first', 'last'])]).default(false),
  /** The file is broken down finer than the key (a campaign by budget, by device): rows of one key are added up. */
  sum_rows_per_key: z.boolean().default(false),
  /**
   * The file holds many records of one thing (the events of a session): those of a file that agree in these columns
   * become one. Of each column it has the first value that is there.
   */
  group_by: z.array(z.string()).min(1).optional(),
  /** Freshness wanted: the newest business date may be this many trading days behind the as-of date; null: not checked. */
  max_age_days: z.int().min(0).nullable().optional(),
});
export type Feed = z.infer<typeof feedSchema>;

/** The columns that a rate is made from, each with its place in the mapping. */
export function quotationColumns(
  source: Extract<FieldSource, { quote: unknown }>,
): { readonly under: readonly string[]; readonly column: string }[] {
  const parts = [['units', source.units] as const, ['in_units', source.in_units] as const];
  const units = parts.flatMap(([name, units]) => {
    if (units === undefined) return [];
    return [
      typeof units === 'string'
        ? { under: [name], column: units }
        : { under: [name, 'by'], column: units.by },
    ];
  });
  return [{ under: ['quote'], column: source.quote }, ...units];
}
