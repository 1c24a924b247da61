/** A cell as a file has it: text, or null where the file says null. Numbers and dates come as text, too. */
export type Cell = string | null;

/** A column of a wide file, whose cells become rows, and where it stands in a row. */
export interface WideColumn {
  readonly heading: string;
  readonly position: number;
}

/** Some consecutive records of a file. */
export interface RecordChunk {
  readonly rows: readonly (readonly Cell[])[];
  /** Where each wanted column stands in a row, in the order in which the columns were asked for. */
  readonly positions: readonly number[];
  /** Place in the file, from 1, of the first row; headers and rows that were passed over do not count. */
  readonly firstRecord: number;
  /** The line of a row (its place in `rows`): line of the file where there are lines, else the record's number. */
  lineOf(index: number): number;
  /** Records that could not be cut into cells. */
  readonly broken: readonly BrokenRecord[];
  /** Where the feed unpivots: the columns whose cells become rows, as far as the file is known to have them. */
  readonly wide?: readonly WideColumn[];
  /** Of rows that were cells of a wide file: the heading of a row's column, and the place of its record, from 1. */
  readonly origin?: { headingOf(index: number): string; recordOf(index: number): number };
}

export interface BrokenRecord {
  readonly line: number;
  readonly reason: string;
  /** The beginning of it. */
  readonly sample: string;
}

/** Reads the records of one file in constant memory; throws a `VigieError` where the file as a whole is unfit. */
export type RecordReader = AsyncIterable<RecordChunk>;
