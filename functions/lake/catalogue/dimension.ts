import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { keyWithin, sourceInKey } from '../tables/table.ts';
import type { Tables } from '../tables/tables.ts';
import { type Words, words } from '../values/language.ts';
import { suggestion } from '../values/nearest.ts';
import { nameOfFile } from '../yaml/folders.ts';
import { type Mistake, mistakesError } from '../yaml/mistake.ts';
import { schemaMistakes } from '../yaml/schema-mistakes.ts';
import { readYaml, type YamlSource } from '../yaml/source.ts';
import type { Faults } from './broken.ts';

const name = z.string().regex(/^[a-z][a-z_]*$/, 'lower case letters and _');
const tableColumn = z
  .string()
  .regex(/^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$/, 'a table and its column: customers.region');
const tableOrColumn = z
  .string()
  .regex(
    /^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$/,
    'a table (customers), or one and its column: customers.name',
  );

const dimensionFacts = z.strictObject({
  names: words,
  /** What figures, alerts and targets call it; default: its own name. */
  id: name.optional(),
  /** The column of a KPI's rows that holds the member; default: its id. */
  column: name.optional(),
  /** Where rows have no such column: a column of a table whose key they have (`customers.region` by `customer_id`). */
  from: tableColumn.optional(),
  /** The table whose key a member is, and whose label names it; or a column of it. */
  label: tableOrColumn.optional(),
  /** Only the largest of the year up to the as-of date; the others together are `(other)`. */
  top: z.int().min(1).max(1000).optional(),
  /** Members that are words of Vigie’s or of the field, as people say them. */
  members: z.record(z.string(), words).default({}),
  /** In every KPI whose rows tell it, whether it lists it or not. */
  everywhere: z.boolean().default(false),
});
/** `dimensions.yaml`: of Vigie's folder, and of a company's. */
const dimensionsFile = z.record(name, dimensionFacts);

/** A column of a table that is found by the table's key. */
export interface TableColumn {
  readonly table: string;
  readonly key: string;
  readonly column: string;
  /** Tells the source of a row, where several may have one of a key: the member is the key after its source then, `hubspot/demo` (sql/views/known_stages.sql). */
  readonly source?: string;
}

/** A way to break figures down. */
export interface Dimension {
  /** What a KPI's front matter calls it. */
  readonly name: string;
  /** What figures call it. Several dimensions may share one, of which a KPI has one at most. */
  readonly id: string;
  readonly names: z.infer<typeof words>;
  readonly column: string;
  readonly from: TableColumn | null;
  readonly label: TableColumn | null;
  readonly top: number | null;
  readonly members: Readonly<Record<string, Words>>;
  readonly everywhere: boolean;
  /** The `dimensions.yaml` in which it stands. */
  readonly file: string;
}

/**
 * Reads `dimensions.yaml` of each folder: Vigie's in the order of the file, then the company's by name. An entry with a
 * mistake is noted as broken, with every mistake and its line, and left out.
 */
export function readDimensions(
  folders: readonly string[],
  tables: Tables,
  faults: Faults,
): ReadonlyMap<string, Dimension> {
  const [first = [], ...others] = folders.map((folder) => entriesOf(folder, tables, faults));
  const own = others.flat().toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const known = new Map<string, Dimension>();
  for (const dimension of [...first, ...own]) {
    const { name, file } = dimension;
    const other = known.get(name);
    if (other)
      faults.twice(
        { kind: 'dimension', name, file },
        other.file,
        `Give yours another name; with \`id: ${dimension.id}\` figures call both the same.`,
      );
    else known.set(name, dimension);
  }
  return known;
}

/** The sound entries of a folder's file. */
function entriesOf(folder: string, tables: Tables, faults: Faults): Dimension[] {
  const path = join(folder, 'dimensions.yaml');
  if (!existsSync(path)) return [];
  const file = nameOfFile(folder, path);
  const source = faults.attempt({ kind: 'dimension', name: '', file }, () => {
    const read = readYaml(readFileSync(path, 'utf8'));
    if (read.syntax.length > 0) throw mistakesError(file, read.syntax, INVALID);
    const whole = schemaMistakes(dimensionsFile, read.data ?? {}).filter((each) => each.path.length === 0);
    if (whole.length > 0) throw mistakesError(file, whole.map(read.place), INVALID);
    return read;
  });
  return Object.entries((source?.data ?? {}) as object).flatMap(([each, data]) => {
    const dimension = faults.attempt({ kind: 'dimension', name: each, file }, () => {
      const entry = { [each]: data };
      const found = schemaMistakes(dimensionsFile, entry);
      const mistakes = found.length > 0 ? found : referenceMistakes(dimensionsFile.parse(entry), tables);
      if (mistakes.length > 0)
        throw mistakesError(
          file,
          mistakes.map((mistake) => (source as YamlSource).place(mistake)),
          INVALID,
        );
      return dimensionOf(each, file, dimensionsFile.parse(entry)[each] as Facts, tables);
    });
    return dimension ?? [];
  });
}

const INVALID = 'FRONT_MATTER_INVALID';

type Facts = z.infer<typeof dimensionsFile>[string];

function dimensionOf(
  dimension: string,
  file: string,
  { names, id = dimension, column, from, label, top, members, everywhere }: Facts,
  tables: Tables,
): Dimension {
  return {
    name: dimension,
    id,
    names,
    column: column ?? id,
    from: from === undefined ? null : tableColumnOf(from, tables),
    label: label === undefined ? null : tableColumnOf(label, tables),
    top: top ?? null,
    members,
    everywhere,
    file,
  };
}

/** `customers.region`; `customers` alone is its label. */
function tableColumnOf(text: string, tables: Tables): TableColumn {
  const [table = '', column] = text.split('.');
  const definition = tables.table(table);
  const [key] = keyWithin(definition);
  const source = sourceInKey(definition);
  const named = (column ?? definition.label) as string;
  return { table, key: key as string, column: named, ...(source !== undefined && { source }) };
}

function referenceMistakes(dimensions: Record<string, Facts>, tables: Tables): Mistake[] {
  return Object.entries(dimensions).flatMap(([dimension, facts]) => [
    ...(['total', 'day', 'member', 'dimension'].includes(facts.id ?? dimension)
      ? [
          {
            path: [dimension],
            atKey: true,
            message: `a dimension cannot be called \`${facts.id ?? dimension}\``,
          },
        ]
      : []),
    ...(facts.everywhere && facts.top !== undefined
      ? [
          {
            path: [dimension, 'everywhere'],
            message: 'with `top` a KPI lists it: not every quantity can be ranked',
          },
        ]
      : []),
    ...(['from', 'label'] as const).flatMap((field) => {
      const message = facts[field] === undefined ? undefined : whyNot(facts[field], field, tables);
      return message === undefined ? [] : [{ path: [dimension, field], message }];
    }),
  ]);
}

/** Why a member cannot be looked up there. */
function whyNot(text: string, field: 'from' | 'label', tables: Tables): string | undefined {
  const [table = '', named] = text.split('.');
  if (!tables.has(table)) return `there is no table \`${table}\`; ${suggestion(table, tables.names)}`;
  const definition = tables.table(table);
  const column = named ?? definition.label;
  if (column === undefined)
    return `${definition.file} has no \`label\`: say which column names a row (\`${table}.name\`)`;
  // A member says which source's row it is, where several have one; rows do not.
  if ((field === 'label' ? keyWithin(definition) : definition.key).length !== 1)
    return `a row of \`${table}\` is known by ${definition.key.join(', ')} together; a dimension is looked up by one column`;
  const found = definition.columns.find((each) => each.name === column);
  const texts = definition.columns.filter(({ kind }) => kind === 'text');
  if (found?.kind === 'text') return undefined;
  if (found) return `\`${text}\` is of kind ${found.kind}; members are text`;
  return `there is no column \`${text}\`; ${suggestion(
    column,
    texts.map((each) => each.name),
  )}`;
}
