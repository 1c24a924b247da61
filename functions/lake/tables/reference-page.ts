/**
 * The reference page of the lake's tables, made from their definitions.
 *
 *     npm run docs:tables      writes docs/tables.md; a test fails while the page is not what this makes
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sqlType } from './ddl.ts';
import { lineageColumns } from './lineage.ts';
import { loadTables } from './load-tables.ts';
import type { Column, TableDefinition } from './table.ts';
import type { Tables } from './tables.ts';

/** Where the page stands. */
export const referencePage = fileURLToPath(new URL('../../../docs/tables.md', import.meta.url));

const INTRO = `# Tables of the lake

<!-- Made by \`npm run docs:tables\` from sql/tables/*.yaml. Change those, not this page. -->

What a mapping in \`vigie.yaml\` fills, and what KPIs read. For each table:

- **Key**: the columns that identify a row. A later row of the same key replaces the earlier one.
- **Scope**: what a delivery replaces as a whole. Rows of a delivered scope that the delivery no longer has are deleted; scopes it does not hold stay as they are.
- **Business date**: the day a row counts for. KPI windows cut by it. A table without one is read as a whole.

Amounts marked _money_ are in the currency of their row; KPIs see them converted with the rate of the day. Dates are
days in the company’s time zone, timestamps are UTC. A column is required unless it is marked optional. Beside its own
columns each table has \`${lineageColumns.source}\` and \`${lineageColumns.run}\`: the source that wrote a row last, and the run that changed it last.
`;

/** The whole page, as Markdown. */
export function tableReference({ all: tables }: Tables): string {
  const contents = tables.map(({ name, description }) => [`[${name}](#${name})`, firstSentence(description)]);
  return [INTRO, grid(['table', 'holds'], contents), ...tables.map(section)].join('\n');
}

function section(table: TableDefinition): string {
  const names = (columns: readonly string[]): string => columns.map((name) => `\`${name}\``).join(', ');
  const facts = [
    `- Key: ${names(table.key)}`,
    `- Scope: ${names(table.scope)}`,
    `- Business date: ${table.businessDate === undefined ? 'none' : `\`${table.businessDate}\``}`,
  ];
  const columns = table.columns.map((column) => [
    `\`${column.name}\``,
    typeOf(column),
    remarks(table, column).join(' '),
  ]);
  return `## ${table.name}\n\n${table.description}\n\n${facts.join('\n')}\n\n${grid(['column', 'type', 'meaning'], columns)}`;
}

const typeOf = (column: Column): string => `${sqlType(column.kind)}${column.nullable ? ', optional' : ''}`;

function remarks(table: TableDefinition, column: Column): string[] {
  return [
    column.description,
    ...(column.values === undefined
      ? []
      : [`One of ${column.values.map((value) => `\`${value}\``).join(', ')}.`]),
    ...(column.unit === undefined ? [] : [`Unit: ${column.unit === 'money' ? '_money_' : column.unit}.`]),
    ...(column.name === table.inherits?.column
      ? [`May be left out: it then comes from [${table.inherits.from}](#${table.inherits.from}).`]
      : []),
    ...(column.personal === 'hash' ? ['Personal data: only its hash is kept.'] : []),
    ...(column.refersTo === undefined ? [] : [`See [${column.refersTo.table}](#${column.refersTo.table}).`]),
  ];
}

const firstSentence = (description: string): string => description.split(/(?<=\.)\s/)[0] ?? description;

/** A Markdown table, its columns aligned as the formatter does it. */
function grid(head: readonly string[], body: readonly (readonly string[])[]): string {
  const rows = [head, ...body].map((row) => row.map(cell));
  const widths = head.map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((text, index) => text.padEnd(widths[index] ?? 0)).join(' | ')} |\n`;
  const rule = widths.map((width) => '-'.repeat(width));
  return [rows[0] ?? [], rule, ...rows.slice(1)].map(line).join('');
}

/** A cell of a Markdown table ends at a bar or a line break. */
const cell = (words: string): string => words.replaceAll('|', '\\|').replaceAll('\n', ' ');

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(referencePage, tableReference(loadTables()));
