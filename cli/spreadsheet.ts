import type { Row } from 'write-excel-file/node';
import { isDay } from '../functions/lake/values/day.ts';
import { VigieError } from '../functions/platform/errors.ts';

export type Cell = string | number | null;

/** Lines for a spreadsheet: a head, then values as they are recorded; null is no data. */
export interface Table {
  readonly head: readonly string[];
  readonly lines: readonly (readonly Cell[])[];
}

/** What a spreadsheet that reads CSV would take for a formula. A negative number, whatever its decimal sign, is none. */
export const FORMULA = /^[=+@\t\r]|^-(?!\d+(?:[.,]\d+)?(?:e[+-]?\d+)?$)/;

/** The media type of a workbook. */
export const EXCEL = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Lines of a workbook: it is one text in memory while it is written. */
export const EXCEL_LINES = 200_000;

/** What Excel takes no more of in one cell. */
const LONGEST_TEXT = 32_767;

/**
 * A workbook of one sheet: numbers and days are such in every language of the program that opens it, texts are texts whatever they
 * begin with, the head stays in sight. Throws EXCEL_TOO_LONG beyond `EXCEL_LINES`.
 */
export async function excelOf({ head, lines }: Table, name: string): Promise<Buffer> {
  if (lines.length > EXCEL_LINES) throw tooLong(lines.length);
  // Loaded by who writes a workbook: every command reads this file.
  const { default: writeExcelFile } = await import('write-excel-file/node');
  const titles = head.map((title) => ({ value: written(title), type: String, fontWeight: 'bold' }) as const);
  const columns = head.map((title, at) => ({ width: widthOf([title, ...lines.map((line) => line[at])]) }));
  return writeExcelFile([[...titles], ...lines.map((line) => line.map(typed))], {
    // A sheet's name has 31 letters at most, and none of these.
    sheet: name.replaceAll(/[[\]:*?/\\']/g, ' ').slice(0, 31),
    columns,
    stickyRowsCount: 1,
  }).toBuffer();
}

function typed(cell: Cell): Row[number] {
  if (cell === null || cell === '') return null;
  if (typeof cell === 'number') return { value: cell, type: Number };
  if (isDay(cell)) return { value: new Date(`${cell}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd' };
  return { value: written(cell), type: String };
}

/**
 * What XML cannot hold is a blank. `_x0041_` would be read as a character's number, so that its first letter is written as one
 * (ECMA-376, ST_Xstring); so is that of texts which write-excel-file loses, since it finds them among the parts of every object.
 */
function written(text: string): string {
  const clean = text
    .slice(0, LONGEST_TEXT)
    .replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, ' ')
    .replace(/_(?=x[0-9a-f]{4}_)/gi, numbered);
  return clean in Object.prototype ? clean.replace(/^./, numbered) : clean;
}

const numbered = (letter: string): string =>
  `_x${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;

/** In letters: that of the longest text, within what a screen bears. */
const widthOf = (cells: readonly (Cell | undefined)[]): number =>
  Math.min(48, cells.reduce<number>((widest, cell) => Math.max(widest, String(cell ?? '').length), 6) + 2);

/** Of as many lines as there would be. */
export const tooLong = (lines: number): VigieError =>
  new VigieError(
    `${lines.toLocaleString('en')} lines are too many for a workbook: ${EXCEL_LINES.toLocaleString('en')} at most.`,
    { code: 'EXCEL_TOO_LONG', hint: 'Choose KPIs, days or totals, or take .csv or .parquet.' },
  );
