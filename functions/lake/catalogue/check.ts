import { z } from 'zod';
import type { Tables } from '../tables/tables.ts';
import { words } from '../values/language.ts';
import { suggestion } from '../values/nearest.ts';
import type { Faults } from './broken.ts';
import { readSqlFile, requireSelect, type SqlFile } from './front-matter.ts';
import { sqlFiles } from './sql-files.ts';

const table = z.string();
const history = z.union([z.int().min(0), z.literal('all')]);

/**
 * What a check is run for, and the relations its SELECT finds (beside `run` and the tables of `reads`):
 *
 * | for_each  | once for each …                          | relations                                              |
 * |-----------|------------------------------------------|--------------------------------------------------------|
 * | feed      | source and table with expected freshness | `feed` (one row), `feed_rows`, `same_weekdays`         |
 * | table     | table that a source feeds                | `lake_rows`, `far_rows`                                |
 * | money     | table with amounts, fed                  | `money_rows`                                           |
 * | reference | reference between two fed tables         | `reference` (one row), `referring`, `referred`         |
 * | part      | table that inherits its date, both fed   | `part_rows`                                            |
 * | batch     | batch of this run                        | `batch_totals`                                         |
 * | (absent)  | the run; `about` names the table meant   | `batches`, `recorded` where `compares_kpi` is given; about `targets`: `kpi_dimensions` |
 */
export const subjectKinds = ['feed', 'table', 'money', 'reference', 'part', 'batch'] as const;

/** The front matter of `sql/checks/<id>.sql`. docs/checks.md explains it. */
const checkFrontMatter = z
  .strictObject({
    names: words,
    /** What a finding means for the figures, in the middle of a sentence, for their readers; without it they read `message`. */
    means: words.optional(),
    /** What it looks for and why it matters, in one or two sentences. */
    describes: z.string().min(1),
    /** Unless the SELECT returns a column `severity`. */
    severity: z.enum(['error', 'warning']),
    /** One sentence; `{column}` is a column of the returned row (or table, source …); see `fill` in finding-of.ts. */
    message: z.string().min(1),
    /** What to do; may hold the same placeholders. */
    hint: z.string().min(1),
    for_each: z.enum(subjectKinds).optional(),
    about: table.optional(),
    /** Days before the as-of date that the subject's relation holds. */
    history: history.default('all'),
    /** Tables read beside the subject, cut to so many days before the as-of date. */
    reads: z.record(table, z.strictObject({ history: history.default('all') }).nullable()).default({}),
    /** KPI whose recorded totals of a day are read as `recorded`; the check rests while that KPI is off. */
    compares_kpi: z.string().optional(),
  })
  .refine(
    (check) => (check.for_each === undefined) !== (check.about === undefined),
    'give either `for_each` or `about`',
  );
type CheckFrontMatter = z.infer<typeof checkFrontMatter>;

/** A check as it was read from its file. */
export interface Check extends CheckFrontMatter {
  /** File name without `.sql`. */
  readonly id: string;
  readonly file: string;
  readonly sql: string;
  readonly sqlLine: number;
}

/** Every check of the folders, by id; one with a mistake is noted as broken and left out. */
export const readChecks = (folders: readonly string[], tables: Tables, faults: Faults): Check[] =>
  sqlFiles(folders, 'check', faults).flatMap(
    ({ file, name, text }) =>
      faults.attempt({ kind: 'check', name, file }, (): Check => {
        const read = requireSelect(readSqlFile(file, text, checkFrontMatter));
        refuseUnknown(read, tables);
        const { facts, sql, sqlLine } = read;
        return { ...facts, id: name, file, sql, sqlLine };
      }) ?? [],
  );

/** Tables that it names and that are not there. */
function refuseUnknown({ facts: { about, reads }, wrong }: SqlFile<CheckFrontMatter>, tables: Tables): void {
  const named = [
    ...(about === undefined ? [] : [{ at: ['about'], table: about }]),
    ...Object.keys(reads).map((table) => ({ at: ['reads', table], table })),
  ];
  for (const { at, table } of named)
    if (!tables.has(table))
      throw wrong(at, `there is no table \`${table}\`; ${suggestion(table, tables.names)}`);
}
