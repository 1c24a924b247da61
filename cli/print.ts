import Table from 'cli-table3';
import Papa from 'papaparse';
import { out } from './colours.ts';
import { FORMULA } from './spreadsheet.ts';

/** Rows for people: a table without lines that fits a terminal. */
export function asTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  numeric: readonly number[] = [],
): string {
  const table = new Table({
    head: head.map((word) => out.bold(word)),
    colAligns: head.map((_, index) => (numeric.includes(index) ? 'right' : 'left')),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
    chars: {
      top: '',
      'top-mid': '',
      'top-left': '',
      'top-right': '',
      bottom: '',
      'bottom-mid': '',
      'bottom-left': '',
      'bottom-right': '',
      left: '',
      'left-mid': '',
      mid: '',
      'mid-mid': '',
      right: '',
      'right-mid': '',
      middle: '',
    },
  });
  table.push(...rows.map((row) => row.map(cell)));
  // Blanks at the end would make a line too long for a narrow terminal.
  return table.toString().replaceAll(/ +$/gm, '');
}

/** Rows for a spreadsheet: cells that would be read as a formula are defused. */
export const asCsv = <Row extends object>(
  rows: readonly Row[],
  columns: readonly (keyof Row & string)[],
): string =>
  Papa.unparse(
    { fields: [...columns], data: rows.map((row) => columns.map((column) => row[column])) },
    { escapeFormulae: FORMULA, newline: '\n' },
  );

/** The colours and weights that Vigie itself writes into a table. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these begin with ESC.
const STYLE = /(\u001b\[(?:0|1|2|22|31|32|33|39)m)/;

const cell = (text: string): string =>
  text
    .split(STYLE)
    .map((part, index) => (index % 2 === 1 ? part : oneLine(part)))
    .join('');

/** Control characters of names from outside never reach the terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to take out.
export const oneLine = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
