/** Where a company drops its export files: a folder beside vigie.yaml, or a prefix of the bucket on AWS. Read only. */
export interface Inbox {
  /** The files that match a path or glob pattern (`exports/sap/orders_*.csv`), in ascending name order. */
  list(pattern: string): Promise<InboxFile[]>;
  /** The bytes of a file, or of its range [start, end), as a stream in constant memory. */
  stream(name: string, range?: { readonly start: number; readonly end: number }): AsyncIterable<Uint8Array>;
}

export interface InboxFile {
  /** As `stream` takes it, and as a person would name it. */
  readonly name: string;
  readonly size: number;
  /** Changes when the content does: modification time, or ETag. */
  readonly version: string;
}

/** Files that common transfer programs are still writing: a folder's other files are taken. */
export const isUnfinished = (name: string): boolean =>
  /\.(tmp|part|partial|filepart|crdownload|swp)$/i.test(name);
