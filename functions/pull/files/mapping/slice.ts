import type { ColumnStore } from '../../../lake/landing/columns.ts';
import type { Cell } from '../records.ts';

/** Some records of one file that pass the feed's conditions, on their way into a block of the landing writer. */
export interface Slice {
  readonly rows: readonly (readonly Cell[])[];
  /** Where each column that the feed reads stands in a row. */
  readonly positions: readonly number[];
  /** Place of each row's record in its file, from 1. */
  readonly numbers: Int32Array;
  /** Tells that a row cannot be taken: its place in `rows`, the source's column, what it holds, what is wrong. */
  refuse(index: number, column: string, value: Cell, reason: string): void;
}

/** Writes one field of every row of a slice into its column, from `start` on. Cells not written stay null. */
export type Fill = (slice: Slice, store: ColumnStore, start: number) => void;

/**
 * A cell's text without the white space around it; null when there is none. `="0000100"`, by which a spreadsheet is
 * told to leave a text alone, is that text.
 */
export function cellText(cell: Cell | undefined): Cell {
  if (cell === null || cell === undefined || cell === '') return null;
  const first = cell.charCodeAt(0);
  const last = cell.charCodeAt(cell.length - 1);
  if (first > 32 && first < 128 && last > 32 && last < 128)
    return first === EQUALS && last === QUOTE ? withoutFormula(cell) : cell;
  const trimmed = cell.trim();
  return trimmed === '' ? null : withoutFormula(trimmed);
}

const EQUALS = 61;
const QUOTE = 34;
const FORMULA = /^="([^"]*)"$/;

function withoutFormula(text: string): Cell {
  const inner = FORMULA.exec(text)?.[1]?.trim();
  return inner === '' ? null : (inner ?? text);
}
