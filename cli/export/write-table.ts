import { appendFile, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import type { SchemaElement } from 'hyparquet';
import { fileWriter, ParquetWriter } from 'hyparquet-writer';
import Papa from 'papaparse';
import { textToScaled } from '../../functions/lake/snapshot/columns.ts';
import {
  dayElement,
  decimalElement,
  instantElement,
  textElement,
} from '../../functions/lake/snapshot/schema.ts';
import { dayNumber } from '../../functions/lake/values/day.ts';
import { type Cell, EXCEL_LINES, excelOf, FORMULA, tooLong } from '../spreadsheet.ts';
import { FIGURE_COLUMNS, type FigureRow } from './figure-rows.ts';

type Rows = AsyncIterable<readonly FigureRow[]>;

/** Rows of a row group: what one takes in memory, and what a reader that filters may skip. */
const GROUP_ROWS = 50_000;

/** Of each column, how Parquet says it. Decimals are of one width: the type of a column does not change with what is in it. */
const ELEMENTS: Readonly<Record<keyof FigureRow, (name: string) => SchemaElement>> = {
  ...{ kpi: required, kpi_name: required, theme: required, as_of: dayElement },
  ...{ period: required, comparison: required, dimension: optional, member: optional, member_name: optional },
  ...{ numerator: exact, denominator: exact, value: double },
  ...{ unit: required, currency: optional, quality: required },
  ...{ version: integer, recorded_at: instantElement, run: required },
};

function required(name: string): SchemaElement {
  return textElement(name, 'REQUIRED');
}
function optional(name: string): SchemaElement {
  return textElement(name, 'OPTIONAL');
}
function exact(name: string): SchemaElement {
  return decimalElement(name, 'long');
}
function double(name: string): SchemaElement {
  return { name, type: 'DOUBLE', repetition_type: 'OPTIONAL' };
}
function integer(name: string): SchemaElement {
  return { name, type: 'INT32', repetition_type: 'REQUIRED' };
}

const gzip = (bytes: Uint8Array): Uint8Array => gzipSync(bytes, { level: 1 });

/** Writes the relation as Parquet at a path; gives its rows. */
export async function writeParquet(path: string, rows: Rows): Promise<number> {
  const columns = FIGURE_COLUMNS.map((name) => ELEMENTS[name](name));
  const writer = new ParquetWriter({
    writer: fileWriter(path),
    schema: [{ name: 'figures', num_children: columns.length }, ...columns],
    codec: 'GZIP',
    compressors: { GZIP: gzip },
    createdBy: 'vigie',
  });
  let count = 0;
  for await (const group of inGroups(rows)) {
    await writer.write({
      columnData: FIGURE_COLUMNS.map((name) => ({ name, data: group.map((row) => stored(name, row)) })),
      rowGroupSize: group.length,
    });
    count += group.length;
  }
  await writer.finish();
  return count;
}

function stored(name: keyof FigureRow, row: FigureRow): string | number | bigint | null {
  const value = row[name];
  if (value === null) return null;
  if (name === 'as_of') return dayNumber(row.as_of);
  if (name === 'recorded_at') return BigInt(Date.parse(row.recorded_at));
  if (name === 'numerator' || name === 'denominator') return textToScaled(String(value)) as bigint;
  return value;
}

async function* inGroups(rows: Rows): AsyncGenerator<FigureRow[]> {
  let group: FigureRow[] = [];
  for await (const some of rows) {
    for (const row of some) group.push(row);
    if (group.length < GROUP_ROWS) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

/** Readers that guess how a file is written see quotes in its first rows, and not only where a name has a comma. */
const QUOTED = FIGURE_COLUMNS.map((name) => name === 'kpi_name');

/** Writes the relation as CSV, as spreadsheets read it: UTF-8 that says so, names that begin like a formula defused. */
export async function writeCsv(path: string, rows: Rows): Promise<number> {
  const print = (data: readonly (readonly unknown[])[]): string =>
    `${Papa.unparse([...data] as unknown[][], { escapeFormulae: FORMULA, newline: '\n', quotes: QUOTED })}\n`;
  await appendFile(path, `\ufeff${print([FIGURE_COLUMNS])}`);
  let count = 0;
  for await (const some of rows) {
    await appendFile(path, print(some.map((row) => FIGURE_COLUMNS.map((name) => row[name]))));
    count += some.length;
  }
  return count;
}

/** Writes the relation as a workbook. Throws EXCEL_TOO_LONG. */
export async function writeExcel(path: string, rows: Rows): Promise<number> {
  const lines: Cell[][] = [];
  for await (const some of rows) {
    if (lines.length + some.length > EXCEL_LINES) throw tooLong(lines.length + some.length);
    for (const row of some) lines.push(FIGURE_COLUMNS.map((name) => asCell(name, row)));
  }
  await writeFile(path, await excelOf({ head: FIGURE_COLUMNS, lines }, 'figures'));
  return lines.length;
}

/** A spreadsheet has no exact decimals: 15 digits of one. */
const asCell = (name: keyof FigureRow, row: FigureRow): Cell => {
  const value = row[name];
  return value !== null && (name === 'numerator' || name === 'denominator') ? Number(value) : value;
};
