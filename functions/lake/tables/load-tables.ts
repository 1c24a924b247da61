import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { z } from 'zod';
import { nameOfFile, sqlFolder } from '../yaml/folders.ts';
import { type Mistake, mistakesError, type PlacedMistake } from '../yaml/mistake.ts';
import { readBy } from '../yaml/schema-mistakes.ts';
import { readYaml } from '../yaml/source.ts';
import { isRecord } from '../yaml/words.ts';
import { kindOf, schemaOf } from './column.ts';
import { currencyColumns } from './column-mistakes.ts';
import type { Draft, DraftColumn, TableMistake, TableText } from './draft.ts';
import type { Column, Inheritance, TableDefinition } from './table.ts';
import { type ColumnFacts, ownColumnsFile, tableFile } from './table-file.ts';
import { tableMistakes } from './table-mistakes.ts';
import { type Tables, tablesOf } from './tables.ts';

/**
 * Reads `tables/*.yaml` of the folders: of Vigie's own first, then of the company's. A file of a later folder that is
 * called like a table that is there adds columns to it; another name is a table of the company's own. Throws TABLE_INVALID
 * with every mistake of a file, its line, what was found and what was allowed.
 */
export function loadTables(folders: readonly string[] = [sqlFolder()]): Tables {
  const drafts = new Map<string, Draft>();
  for (const folder of folders)
    for (const { name, text } of tableTexts(folder)) {
      const known = drafts.get(name);
      drafts.set(name, known ? withOwnColumns(known, text) : newDraft(name, text));
    }
  throwMistakes([...drafts.values()].flatMap((draft) => tableMistakes(draft, drafts)));
  return tablesOf([...drafts.values()].map(tableOfDraft));
}

/** The files of a folder, by name. */
function tableTexts(folder: string): { readonly name: string; readonly text: TableText }[] {
  const place = join(folder, 'tables');
  if (!existsSync(place)) return [];
  const names = readdirSync(place).filter((name) => name.endsWith('.yaml'));
  return names.sort().map((fileName) => {
    const path = join(place, fileName);
    const text = { file: nameOfFile(folder, path), source: readYaml(readFileSync(path, 'utf8')) };
    const name = basename(fileName, '.yaml');
    if (!/^[a-z][a-z0-9_]*$/.test(name))
      throwMistakes([
        { text, path: [], message: 'a table is called like its file: lower case letters, digits and _' },
      ]);
    return { name, text };
  });
}

function newDraft(name: string, text: TableText): Draft {
  const { columns, ...facts } = readFacts(text, tableFile);
  return { name, text, facts, columns: columnsIn(columns, text, false) };
}

/** A table with the columns that a company adds. */
function withOwnColumns(table: Draft, text: TableText): Draft {
  const { columns } = readFacts(text, ownColumnsFile);
  const twice = Object.keys(columns).filter((name) => table.columns.has(name));
  throwMistakes(
    twice.map((name) => ({
      text,
      path: ['columns', name],
      atKey: true,
      message: `is a column of ${table.text.file} already; a column of your own has a name of its own`,
    })),
  );
  return { ...table, columns: new Map([...table.columns, ...columnsIn(columns, text, true)]) };
}

const columnsIn = (
  columns: Readonly<Record<string, Partial<ColumnFacts> & Pick<ColumnFacts, 'kind' | 'optional'>>>,
  text: TableText,
  own: boolean,
): Map<string, DraftColumn> =>
  new Map(
    Object.entries(columns).map(([name, facts]) => [
      name,
      { name, facts: { row_number: false, month: false, ...facts }, text, own },
    ]),
  );

function readFacts<T>(text: TableText, schema: z.ZodType<T>): T {
  const { source } = text;
  if (source.syntax.length > 0) throw invalid(text.file, source.syntax);
  const data = writtenOut(source.data ?? {});
  const found = readBy(schema, data);
  if ('read' in found) return found.read;
  throw placedIn(text, found.mistakes);
}

/** `tier: text` is short for `tier: { kind: text }`. */
function writtenOut(data: unknown): unknown {
  if (!isRecord(data) || !isRecord(data['columns'])) return data;
  const columns = Object.entries(data['columns']).map(([name, column]) => [
    name,
    typeof column === 'string' ? { kind: column } : column,
  ]);
  return { ...data, columns: Object.fromEntries(columns) };
}

/** Throws those of the first file that has any. */
function throwMistakes(mistakes: readonly TableMistake[]): void {
  const [first] = mistakes;
  if (!first) return;
  const { text } = first;
  throw placedIn(
    text,
    mistakes.filter((each) => each.text === text),
  );
}

const placedIn = ({ file, source }: TableText, mistakes: readonly Mistake[]) =>
  invalid(file, mistakes.map(source.place));

const invalid = (file: string, mistakes: readonly PlacedMistake[]) =>
  mistakesError(
    file,
    mistakes.toSorted((a, b) => a.line - b.line || a.column - b.column),
    'TABLE_INVALID',
  );

function tableOfDraft(draft: Draft): TableDefinition {
  const { name, text, facts, columns } = draft;
  const { names, description, role, daily, key, scope = key, business_date, label } = facts;
  const { erasure, withdrawal } = facts;
  const rateDate = facts.rate_date ?? business_date;
  const inherits = inheritanceOf(draft);
  return {
    ...{ name, file: text.file, names, description, role, daily, key, scope },
    continuous: daily || facts.continuous,
    late: facts.late ?? 0,
    restatedSums: facts.restated_sums,
    ...(business_date === undefined ? {} : { businessDate: business_date }),
    ...(rateDate === undefined ? {} : { rateDate }),
    ...(label === undefined ? {} : { label }),
    ...(inherits === undefined ? {} : { inherits }),
    ...(erasure === undefined ? {} : { erasure }),
    ...(withdrawal === undefined ? {} : { withdrawal }),
    columns: [...columns.values()].map((column) => columnOf(column, draft)),
  };
}

function inheritanceOf({ columns }: Draft): Inheritance | undefined {
  const heir = [...columns.values()].find(({ facts }) => facts.inherits !== undefined);
  const from = heir?.facts.inherits;
  const by = [...columns.values()].find(({ facts }) => facts.part_of === from)?.name;
  return heir && from !== undefined && by !== undefined ? { column: heir.name, from, by } : undefined;
}

function columnOf({ name, facts, own }: DraftColumn, table: Draft): Column {
  const { kind, values, personal, derive } = facts;
  const unit = kind === 'money' ? 'money' : facts.unit;
  const currencyColumn = kind === 'money' ? currencyColumns(table)[0]?.name : undefined;
  const refersTo = facts.part_of ?? facts.references;
  return {
    ...{ name, kind: kindOf(kind), nullable: facts.optional, description: facts.description ?? '' },
    schema: schemaOf(kind, values),
    ...(unit === undefined ? {} : { unit }),
    ...(currencyColumn === undefined ? {} : { currencyColumn }),
    ...(personal === undefined ? {} : { personal }),
    ...(values === undefined ? {} : { values }),
    ...(refersTo === undefined ? {} : { refersTo: { table: refersTo, part: facts.part_of !== undefined } }),
    ...(derive === undefined ? {} : { derive }),
    month: facts.month,
    rowNumber: facts.row_number,
    own,
  };
}
