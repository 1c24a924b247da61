import type { Bucket } from '../../platform/bucket.ts';
import { VigieError } from '../../platform/errors.ts';
import { sha256 } from '../../platform/hash.ts';
import { damaged } from '../state/file.ts';
import { lastOfMonth } from '../values/day.ts';
import { openFigures, type Recording, type SnapshotFile } from './file.ts';
import { snapshotPrefix } from './snapshot.ts';

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
  /** Names of the members' files that are there. */
  readonly members: ReadonlySet<string>;
}

export const monthPrefix = (kpi: string, month: string): string => `${snapshotPrefix(kpi)}month=${month}/`;
export const TOTALS = '.totals.parquet';
export const MEMBERS = '.members.parquet';

/** A name that says what is in the file: a file that was cut or written over does not bear its name any more. */
export const nameWithHash = (base: string, body: Uint8Array, ending: string): string =>
  `${base}.${hashOf(body)}${ending}`;

const HASH = /\.([0-9a-f]{16})\.(?:totals|members)\.parquet$/;
const hashOf = (body: Uint8Array): string => sha256(body, 16);

/** Opens a snapshot file. Throws `STATE_DAMAGED` where it is not what was written: no figure is read out of it. */
export async function openSnapshot(bucket: Bucket, key: string): Promise<SnapshotFile> {
  const body = await bucket.read(key);
  if (HASH.exec(key)?.[1] === hashOf(body)) return openFigures(body);
  throw damaged(key, body.length === 0 ? 'it is empty' : 'it is not what was written', {
    what: 'figures of a month',
    remedy: remedyFor(key),
  });
}

function remedyFor(key: string): string {
  const [, month = ''] = /month=(\d{4}-\d{2})/.exec(key) ?? [];
  return `Its figures are computed again by \`vigie run --from ${month}-01 --to ${lastOfMonth(month)}\`, and by each run whose last 35 days touch that month.`;
}

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
  const members = new Set<string>();
  for await (const { key } of bucket.list(prefix)) {
    if (key.endsWith(TOTALS)) keys.push(key);
    if (key.endsWith(MEMBERS)) members.add(key.slice(prefix.length));
  }
  const files = await Promise.all(keys.map((key) => openSnapshot(bucket, key)));
  const recordings = files.flatMap((file) => file.recordings.map((recording) => ({ ...recording, file })));
  return { prefix, keys, recordings, members };
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
