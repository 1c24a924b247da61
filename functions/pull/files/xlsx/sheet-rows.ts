import { fileError } from '../file-errors.ts';
import type { Cell } from '../records.ts';
import { cellValue, type OpenCell } from './cell-value.ts';
import type { Sheet, Workbook } from './workbook.ts';
import { readXml, type XmlHandler } from './xml.ts';

/** A row of a sheet. Cells that the sheet does not hold are missing from the array, or null. */
export interface SheetRow {
  /** As the spreadsheet numbers it, from 1. */
  readonly number: number;
  readonly cells: readonly (Cell | undefined)[];
  /** Cells that hold no value but an error, by place: what is wrong, with the cell's address. */
  readonly errors: ReadonlyMap<number, string>;
}

/** Whether a row holds anything. */
export const isFilled = ({ cells, errors }: SheetRow): boolean =>
  errors.size > 0 || cells.some((cell) => cell !== undefined && cell !== null && cell.trim() !== '');

/** The titles that a row holds. */
export const namesOf = ({ cells }: SheetRow): string[] => Array.from(cells, (cell) => cell?.trim() ?? '');

/** The last column there is, XFD. */
const MOST_COLUMNS = 16_384;
/** Excel keeps 32,767 characters in a cell. */
const MOST_TEXT = 1_000_000;

/** The rows of a sheet, some at a time, as they come. Numbers are written with the given decimal sign, so that they read back as what they are. */
export async function* sheetRows(book: Workbook, sheet: Sheet, decimal: string): AsyncIterable<SheetRow[]> {
  const bytes = await book.archive.stream(sheet.part);
  if (!bytes) throw cutOff(book.file, sheet);
  const reader = rowReader(book, decimal);
  for await (const _ of readXml(bytes, reader, { file: book.file, part: `the sheet ${sheet.name}` })) {
    if (reader.pending() > MOST_TEXT) throw cutOff(book.file, sheet);
    yield reader.take();
  }
}

const cutOff = (file: string, { name }: Sheet) =>
  fileError(
    'FILE_FORMAT',
    `${file}: the sheet ${name} cannot be read`,
    { file },
    'Open the workbook and save it again as .xlsx, or as CSV (UTF-8).',
  );

interface RowReader extends XmlHandler {
  take(): SheetRow[];
  /** Characters of the cell that is being read. */
  pending(): number;
}

function rowReader(book: Workbook, decimal: string): RowReader {
  let rows: SheetRow[] = [];
  let number = 0;
  let cells: (Cell | undefined)[] = [];
  let errors = new Map<number, string>();
  let cell: OpenCell | undefined;
  let inValue = false;
  let spoken = 0;
  return {
    take() {
      const taken = rows;
      rows = [];
      return taken;
    },
    pending: () => cell?.value?.length ?? 0,
    open(name, attributes) {
      inValue = false;
      if (name === 'row') {
        number = Number(attributes['r'] ?? number + 1);
        cells = [];
        errors = new Map();
      } else if (name === 'c') cell = openCell(attributes, number, cells.length);
      else if (!cell) return;
      else if (name === 'f') cell.hasFormula = true;
      else if (name === 'rPh') spoken += 1;
      else inValue = name === 'v' || (name === 't' && spoken === 0);
    },
    text(piece) {
      if (inValue && cell) cell.value = (cell.value ?? '') + piece;
    },
    close(name) {
      inValue = false;
      if (name === 'rPh') spoken -= 1;
      else if (name === 'row') rows.push({ number, cells, errors });
      if (name !== 'c' || !cell) return;
      const { text, problem } = cellValue(cell, book, decimal);
      cells[cell.place] = text;
      if (problem !== undefined) errors.set(cell.place, `${problem} in cell ${cell.address}`);
      cell = undefined;
    },
  };
}

function openCell(attributes: Readonly<Record<string, string>>, row: number, next: number): OpenCell {
  const { r: address = '', t: type = 'n', s: style = '0' } = attributes;
  const letters = /^[A-Z]{1,3}/.exec(address)?.[0];
  const place = letters === undefined ? next : placeOf(letters);
  return {
    place: Math.min(place, MOST_COLUMNS - 1),
    address: letters === undefined ? `${lettersOf(next)}${row}` : address,
    ...{ type, style: Number(style), hasFormula: false, value: undefined },
  };
}

/** `A` is 0, `Z` 25, `AA` 26. */
const placeOf = (letters: string): number =>
  [...letters].reduce((place, letter) => place * 26 + letter.charCodeAt(0) - 64, 0) - 1;

const lettersOf = (place: number): string =>
  (place < 26 ? '' : lettersOf(Math.floor(place / 26) - 1)) + String.fromCharCode(65 + (place % 26));
