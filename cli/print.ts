import Table from 'cli-table3';
import Papa from 'papaparse';

/** Rows for people: a table without lines that fits a terminal. */
export function asTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  numeric: readonly number[] = [],
): string {
  const table = new Table({
    head: [...head],
    colAligns: head.map((_, index) => (numeric.includes(index) ? 'right' : 'left')),
    style: { head: ['bold'], border: [], 'padding-left': 0, 'padding-right': 2 },
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
  table.push(...rows.map((row) => row.map(oneLine)));
  return table.toString();
}

/** Rows for a spreadsheet: cells that would be read as a formula are defused. */
export const asCsv = (rows: readonly object[]): string =>
  Papa.unparse(rows as object[], { escapeFormulae: true, newline: '\n' });

/** Control characters of names from outside never reach the terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to take out.
export const oneLine = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
