import { z } from 'zod';
import type { Tables } from '../tables/tables.ts';
import { words } from '../values/language.ts';
import { suggestion } from '../values/nearest.ts';
import { units } from '../values/vocabulary.ts';
import type { Faults } from './broken.ts';
import { readSqlFile, requireSelect } from './front-matter.ts';
import { audiences, type Kpi, periodNames, type Reads, reaches } from './kpi.ts';
import { allReads, inReadingOrder, relationsRead } from './relations-read.ts';
import { sqlFiles } from './sql-files.ts';
import type { View } from './view.ts';

const name = z.string().regex(/^[a-z][a-z0-9_]*$/, 'lower case letters, digits and _');

/** The front matter of `sql/lists/<id>.sql`: things to act on, one by one, behind a KPI. */
const listFrontMatter = z
  .strictObject({
    names: words,
    /** What is on it, in which order, and what is left out. */
    describes: words,
    /** The KPI that it stands behind: the list is made with it, shown beside it, and off when it is off. */
    kpi: name,
    /** The column that tells entries apart. */
    key: name,
    /**
     * What is told of an entry, in order: the first names it, the second weighs it. `words`: what values that are codes are
     * called; `said`: in a mail the value stands behind its column's name. Without `mail` it is
     * in files and tables alone.
     */
    columns: z.record(
      name,
      z.strictObject({
        names: words,
        unit: z.enum(units).optional(),
        words: z.record(z.string(), words).default({}),
        said: z.boolean().default(false),
        mail: z.boolean().default(true),
      }),
    ),
    /** Rules by the values of the column `reason`: of a list whose entries have points. */
    reasons: z.record(z.string(), words).default({}),
    /** It names customers: it is in mails alone, of whose members they are, or of roles that vigie.yaml names. */
    confidential: z.boolean().default(false),
    /** Entries at most; of each sales representative, where the SELECT counts so. */
    rows: z.int().min(1),
    /** The least weight, which is the second column, that brings an entry on it. */
    at_least: z.number().default(0),
    /** The windows that `periods` has. */
    windows: z.array(z.enum(periodNames)).min(1).default(['day']),
    reads: reaches,
    /** Whose an entry is: the column that names its member, by dimension. Who is told of members alone gets these. */
    dimensions: z.record(z.string(), name).default({}),
    /** Whose mail has it. */
    audience: z.array(z.enum(audiences)).min(1),
  })
  .refine(({ key, columns }) => key in columns, { path: ['key'], message: 'is not among `columns`' })
  .refine(({ dimensions, columns }) => Object.values(dimensions).every((column) => column in columns), {
    path: ['dimensions'],
    message: 'names a column that is not among `columns`',
  })
  .refine(({ dimensions, confidential }) => !confidential || Object.keys(dimensions).length > 0, {
    path: ['confidential'],
    message: 'needs `dimensions`: by which it is known whose entries these are',
  });

/** A list as it was read from its file. */
export interface List extends Omit<z.infer<typeof listFrontMatter>, 'reads'> {
  /** File name without `.sql`. */
  readonly id: string;
  readonly file: string;
  readonly sql: string;
  readonly sqlLine: number;
  /** Every table that it reads, through views too. */
  readonly reads: Reads;
  /** What it reads beside tables, each after what it reads itself. */
  readonly views: readonly View[];
}

/** The relation of one row that a list's SELECT sees beside others: `most_rows` and `least_weight`, as the company has them. */
export const LIMITS = 'limits';

/** Columns that a SELECT returns beside those of `columns`: its place, and of a list with reasons a row for each of an entry. */
export const ownColumns = ({ reasons }: Pick<List, 'reasons'>): readonly string[] =>
  Object.keys(reasons).length === 0
    ? ['place']
    : [
        ...['place', 'reason', 'points', 'most_points', 'found_word', 'found_amount'],
        ...['rule_word', 'at_least', 'at_most'],
      ];

interface Known {
  readonly tables: Tables;
  readonly views: ReadonlyMap<string, View>;
  readonly kpis: readonly Kpi[];
  readonly faults: Faults;
}

/** Every list of the folders, by id; one with a mistake is noted as broken and left out. */
export const readLists = (folders: readonly string[], known: Known): List[] =>
  sqlFiles(folders, 'list', known.faults).flatMap(
    ({ file, name: id, text, folder }) =>
      known.faults.attempt({ kind: 'list', name: id, file }, (): List => {
        const read = requireSelect(readSqlFile(file, text, listFrontMatter));
        const ids = known.kpis.map((kpi) => kpi.id);
        if (!ids.includes(read.facts.kpi))
          throw read.wrong(
            ['kpi'],
            `there is no KPI \`${read.facts.kpi}\`; ${suggestion(read.facts.kpi, ids)}`,
          );
        const { tables, faults } = known;
        const own = relationsRead(read, {
          tables,
          names: [...known.views.keys()],
          also: [LIMITS],
          faults,
          own: folder > 0,
        });
        const views = inReadingOrder(
          own.views,
          known.views,
          (view) => new Error(`${view.file} reads itself`),
        );
        const { sql, sqlLine } = read;
        return {
          ...read.facts,
          id,
          file,
          sql,
          sqlLine,
          views,
          reads: allReads([own.reads, ...views.map((view) => view.reads)]),
        };
      }) ?? [],
  );
