import { gunzipSync } from 'node:zlib';
import { type Compressors, type FileMetaData, parquetMetadata, parquetRead } from 'hyparquet';
import { type FigureColumns, type GrowingColumns, noFigures } from './columns.ts';
import type { Quality } from './finding.ts';
import { withRawDecimals } from './schema.ts';

/** One recording of one as-of date: what the figures of a file belong to. Kept in the file's key-value metadata. */
export interface Recording {
  readonly asOf: string;
  /** 1 for the first recording of this KPI and as-of date, then 2, 3 …: the highest is the newest word. */
  readonly version: number;
  readonly recordedAt: string;
  readonly run: string;
  readonly unit: string;
  readonly quality: Quality;
  /** Of all figures, totals and members. */
  readonly hash: string;
  /** Where the figures of the members are; null where there are none. */
  readonly members: { readonly file: string; readonly start: number; readonly rows: number } | null;
}

/** A recording with its rows in one file. */
export interface RecordedFigures {
  readonly recording: Recording;
  readonly figures: FigureColumns;
}

/** The key of a file's metadata with its recordings, as JSON, each with its count of rows. */
export const RECORDINGS = 'vigie.recordings';

/** A snapshot file opened: its recordings are known, its rows are read when asked for. */
export interface SnapshotFile {
  readonly recordings: readonly (Recording & { readonly start: number; readonly rows: number })[];
  /** The figures of rows [start, start + rows). */
  read(start: number, rows: number): Promise<GrowingColumns>;
}

export function openFigures(bytes: Uint8Array): SnapshotFile {
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const metadata = withRawDecimals(parquetMetadata(buffer));
  const listed = metadata.key_value_metadata?.find(({ key }) => key === RECORDINGS)?.value ?? '[]';
  let start = 0;
  const recordings = (JSON.parse(listed) as (Recording & { rows: number })[]).map((recording) => {
    const placed = { ...recording, start };
    start += recording.rows;
    return placed;
  });
  const groups = groupsOf(metadata);
  let latest: { readonly end: number; readonly rows: Promise<RawRow[]> } | undefined;
  const read = async (from: number, rows: number): Promise<GrowingColumns> => {
    const group = groups.find(({ end }) => from < end) ?? { start: 0, end: 0 };
    // A group is decoded as a whole anyway: once is enough for all its recordings, which are asked for in order.
    if (latest?.end !== group.end)
      latest = { end: group.end, rows: readRows(buffer, metadata, group.start, group.end) };
    return toColumns((await latest.rows).slice(from - group.start, from - group.start + rows));
  };
  return { recordings, read };
}

/** The first row of each row group and the one after its last; a recording lies in one group. */
function groupsOf(metadata: FileMetaData): { readonly start: number; readonly end: number }[] {
  let end = 0;
  return metadata.row_groups.map(({ num_rows }) => {
    const start = end;
    end += Number(num_rows);
    return { start, end };
  });
}

const NAMES = ['period', 'comparison', 'dimension', 'member', 'numerator', 'denominator'] as const;
/** The library knows Snappy by itself, in which files were written before. */
const compressors: Compressors = { GZIP: (packed) => gunzipSync(packed) };
type RawNumber = bigint | Uint8Array | null;
type RawRow = [string | null, string, string | null, string | null, RawNumber, RawNumber];

function readRows(
  file: ArrayBuffer,
  metadata: FileMetaData,
  rowStart: number,
  rowEnd: number,
): Promise<RawRow[]> {
  return new Promise((resolve, reject) => {
    const onComplete = (rows: unknown[][]) => resolve(rows as RawRow[]);
    parquetRead({
      file,
      metadata,
      compressors,
      columns: [...NAMES],
      rowStart,
      rowEnd,
      rowFormat: 'array',
      onComplete,
    }).catch(reject);
  });
}

/** Rows whose period is null only say that there is nothing. */
function toColumns(rows: readonly RawRow[]): GrowingColumns {
  const figures = noFigures();
  for (const [period, comparison, dimension, member, numerator, denominator] of rows) {
    if (period == null) continue;
    figures.period.push(period);
    figures.comparison.push(comparison);
    figures.dimension.push(dimension ?? null);
    figures.member.push(member ?? null);
    figures.numerator.push(exact(numerator));
    figures.denominator.push(exact(denominator));
  }
  return figures;
}

/** Long decimals come as two's complement, most significant byte first. */
function exact(raw: RawNumber | undefined): bigint | null {
  if (raw == null || typeof raw === 'bigint') return raw ?? null;
  const view = new DataView(raw.buffer, raw.byteOffset, 16);
  return (view.getBigInt64(0) << 64n) | view.getBigUint64(8);
}
