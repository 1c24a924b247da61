import type { Bucket } from '../../platform/bucket.ts';
import type { LoadedState } from '../landing/batch.ts';
import { readStateIfSound } from '../state/file.ts';

/**
 * What the lake held of a source and table at the end of a run, as one file: on one machine, where the database is a file
 * that can be lost, it stands for all batches up to that run, which may go then.
 *
 *     copies/<table>/source=<source>/<run>.parquet
 *     state/copies/<source>/<table>.json            written last: without it there is no copy
 */
export interface LakeCopy {
  readonly table: string;
  readonly source: string;
  /** The run at whose end it was made: every batch that was loaded until then is in it. */
  readonly run: string;
  readonly file: string;
  readonly rows: number;
  /** The columns of the file. */
  readonly columns: readonly string[];
  /** What was loaded then. */
  readonly loaded: LoadedState;
}

export const copyRecordKey = (source: string, table: string): string =>
  `state/copies/${source}/${table}.json`;

export const copyFolder = (source: string, table: string): string => `copies/${table}/source=${source}/`;

export const readCopy = (bucket: Bucket, source: string, table: string): Promise<LakeCopy | undefined> =>
  readStateIfSound<LakeCopy>(bucket, copyRecordKey(source, table));

/** Whether a copy holds what a run had loaded. */
export const isIn = (copy: LakeCopy | undefined, run: string): boolean =>
  copy !== undefined && runOrder(run) <= runOrder(copy.run);

/** Runs in the order in which they began, then by their parts: a back-fill of earlier days came later. */
export function runOrder(run: string): string {
  const [, started = '', part = '1'] = /\.(\d{8}T\d{6}Z)(?:\.p(\d+))?$/.exec(run) ?? [];
  return `${started} ${part.padStart(6, '0')} ${run}`;
}
