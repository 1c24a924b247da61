import { appendFile, writeFile } from 'node:fs/promises';
import { fileWriter } from 'hyparquet-writer';
import Papa from 'papaparse';
import { FIGURE_COLUMNS, type FigureRow } from '../../functions/lake/snapshot/figures-table.ts';
import { writeFigures } from '../../functions/measure/figures-table/parquet.ts';
import { type Cell, EXCEL_LINES, excelOf, FORMULA, tooLong } from '../spreadsheet.ts';

type Rows = AsyncIterable<readonly FigureRow[]>;

/** Writes the relation as Parquet at a path; gives its rows. */
export const writeParquet = (path: string, rows: Rows): Promise<number> =>
  writeFigures(fileWriter(path), rows);

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
