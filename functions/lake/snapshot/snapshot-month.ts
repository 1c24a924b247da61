import type { Bucket } from '../../platform/bucket.ts';
import { VigieError } from '../../platform/errors.ts';
import { snapshotPrefix } from './snapshot.ts';
import { openFigures, type Recording, type SnapshotFile } from './snapshot-file.ts';

/** The totals of one recording, in the file that holds them. */
export interface PlacedRecording extends Recording {
  readonly file: SnapshotFile;
  readonly start: number;
  readonly rows: number;
}

/** What is recorded of one KPI and month: the totals' files, opened. */
export interface SnapshotMonth {
  readonly prefix: string;
  /** Keys of the totals' files, ascending. */
  readonly keys: readonly string[];
  readonly recordings: readonly PlacedRecording[];
}

export const monthPrefix = (kpi: string, month: string): string => `${snapshotPrefix(kpi)}month=${month}/`;
export const TOTALS = '.totals.parquet';
export const MEMBERS = '.members.parquet';

/** Opens a month. Files that a writer merged away between listing and reading are looked up once more. */
export async function openMonth(bucket: Bucket, kpi: string, month: string): Promise<SnapshotMonth> {
  try {
    return await open(bucket, monthPrefix(kpi, month));
  } catch (error) {
    if (!(error instanceof VigieError) || error.code !== 'BUCKET_NOT_FOUND') throw error;
    return open(bucket, monthPrefix(kpi, month));
  }
}

async function open(bucket: Bucket, prefix: string): Promise<SnapshotMonth> {
  const keys: string[] = [];
  for await (const { key } of bucket.list(prefix)) if (key.endsWith(TOTALS)) keys.push(key);
  const files = await Promise.all(keys.map(async (key) => openFigures(await bucket.read(key))));
  const recordings = files.flatMap((file) => file.recordings.map((recording) => ({ ...recording, file })));
  return { prefix, keys, recordings };
}

/** The newest word on each as-of date, as known at an instant; ascending. */
export function newestOf(recordings: readonly PlacedRecording[], knownAt?: string): PlacedRecording[] {
  const limit = knownAt === undefined ? Number.POSITIVE_INFINITY : Date.parse(knownAt);
  const newest = new Map<string, PlacedRecording>();
  for (const recording of recordings) {
    if (Date.parse(recording.recordedAt) > limit) continue;
    const known = newest.get(recording.asOf);
    if (!known || recording.version > known.version) newest.set(recording.asOf, recording);
  }
  return [...newest.values()].toSorted((a, b) => (a.asOf < b.asOf ? -1 : 1));
}
