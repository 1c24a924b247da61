import type { ColumnStore } from '../../../../lake/landing/landing-columns.ts';
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

/** A cell's text without the white space around it; null when there is none. */
export function cellText(cell: Cell | undefined): Cell {
  if (cell === null || cell === undefined || cell === '') return null;
  const first = cell.charCodeAt(0);
  const last = cell.charCodeAt(cell.length - 1);
  if (first > 32 && first < 128 && last > 32 && last < 128) return cell;
  const trimmed = cell.trim();
  return trimmed === '' ? null : trimmed;
}
