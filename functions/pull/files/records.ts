/** A cell as a file has it: text, or null where the file says null. Numbers and dates come as text, too. */
export type Cell = string | null;

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
}

export interface BrokenRecord {
  readonly line: number;
  readonly reason: string;
  /** The beginning of it. */
  readonly sample: string;
}

/** Reads the records of one file in constant memory; throws a `VigieError` where the file as a whole is unfit. */
export type RecordReader = AsyncIterable<RecordChunk>;
