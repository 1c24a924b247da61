import { type FileMetaData, parquetMetadata, parquetRead, type SchemaElement } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { Quality } from './finding.ts';
import { FIGURE_SCALE, type FigureColumns, type GrowingColumns, noFigures } from './snapshot-columns.ts';

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

const RECORDINGS = 'vigie.recordings';
const text = (name: string, required = false): SchemaElement => ({
  name,
  type: 'BYTE_ARRAY',
  converted_type: 'UTF8',
  logical_type: { type: 'STRING' },
  repetition_type: required ? 'REQUIRED' : 'OPTIONAL',
});
/** 38 digits need 16 bytes; every reader of Parquet knows this form of a decimal. */
const decimal = (name: string): SchemaElement => ({
  name,
  type: 'FIXED_LEN_BYTE_ARRAY',
  type_length: 16,
  converted_type: 'DECIMAL',
  logical_type: { type: 'DECIMAL', precision: 38, scale: FIGURE_SCALE },
  precision: 38,
  scale: FIGURE_SCALE,
  repetition_type: 'OPTIONAL',
});

const columns: readonly SchemaElement[] = [
  text('kpi', true),
  {
    name: 'as_of',
    type: 'INT32',
    converted_type: 'DATE',
    logical_type: { type: 'DATE' },
    repetition_type: 'REQUIRED',
  },
  text('period'),
  text('comparison'),
  text('dimension'),
  text('member'),
  decimal('numerator'),
  decimal('denominator'),
  text('unit', true),
  text('quality', true),
  text('run', true),
  {
    name: 'recorded_at',
    type: 'INT64',
    converted_type: 'TIMESTAMP_MILLIS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
    repetition_type: 'REQUIRED',
  },
];
const schema: SchemaElement[] = [{ name: 'snapshot', num_children: columns.length }, ...columns];

/**
 * A snapshot file. A recording without any row gets one whose period is null: it says that the day was measured and
 * nothing was there, and takes the place of what an earlier recording had.
 */
export function encodeFigures(
  kpi: string,
  parts: readonly RecordedFigures[],
  groups: 'one' | 'a recording each',
): Uint8Array {
  const sizes = parts.map(({ figures }) => Math.max(1, figures.period.length));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const repeat = <T>(of: (recording: Recording) => T): T[] => {
    const cells = new Array<T>(total);
    let start = 0;
    for (const [i, { recording }] of parts.entries()) {
      const end = start + (sizes[i] ?? 0);
      cells.fill(of(recording), start, end);
      start = end;
    }
    return cells;
  };
  const stack = (name: keyof FigureColumns): unknown[] =>
    ([] as unknown[]).concat(
      ...parts.map(({ figures }) => (figures[name].length === 0 ? [null] : figures[name])),
    );
  const columnData = [
    { name: 'kpi', data: new Array(total).fill(kpi) },
    { name: 'as_of', data: repeat(({ asOf }) => Date.parse(asOf) / 86_400_000) },
    ...(['period', 'comparison', 'dimension', 'member', 'numerator', 'denominator'] as const).map((name) => ({
      name,
      data: stack(name),
    })),
    { name: 'unit', data: repeat(({ unit }) => unit) },
    { name: 'quality', data: repeat(({ quality }) => quality) },
    { name: 'run', data: repeat(({ run }) => run) },
    { name: 'recorded_at', data: repeat(({ recordedAt }) => BigInt(Date.parse(recordedAt))) },
  ];
  const kvMetadata = [
    {
      key: RECORDINGS,
      value: JSON.stringify(parts.map(({ recording }, i) => ({ ...recording, rows: sizes[i] }))),
    },
  ];
  const buffer = parquetWriteBuffer({
    columnData,
    schema,
    kvMetadata,
    rowGroupSize: groups === 'one' ? total : sizes,
    createdBy: 'vigie',
    // Files are found by their folder; statistics would cost a third of the writing.
    statistics: false,
  });
  return new Uint8Array(buffer);
}

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
  let whole: Promise<RawRow[]> | undefined;
  const read = async (from: number, rows: number): Promise<GrowingColumns> => {
    if (metadata.row_groups.length > 1) return toColumns(await readRows(buffer, metadata, from, from + rows));
    // One group is decoded as a whole anyway: once is enough for all its recordings.
    whole ??= readRows(buffer, metadata, 0, Number(metadata.num_rows));
    return toColumns((await whole).slice(from, from + rows));
  };
  return { recordings, read };
}

/** hyparquet turns decimals into floating point; as plain bytes they stay exact. */
function withRawDecimals(metadata: FileMetaData): FileMetaData {
  const raw = ({ converted_type, logical_type, ...element }: SchemaElement): SchemaElement =>
    converted_type === 'DECIMAL'
      ? element
      : { ...element, ...(converted_type && { converted_type }), ...(logical_type && { logical_type }) };
  return { ...metadata, schema: metadata.schema.map(raw) };
}

const NAMES = ['period', 'comparison', 'dimension', 'member', 'numerator', 'denominator'] as const;
type RawRow = [string | null, string, string | null, string | null, Uint8Array | null, Uint8Array | null];

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
    figures.numerator.push(numerator ? fromBytes(numerator) : null);
    figures.denominator.push(denominator ? fromBytes(denominator) : null);
  }
  return figures;
}

/** Two's complement, most significant byte first. */
function fromBytes(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, 16);
  return (view.getBigInt64(0) << 64n) | view.getBigUint64(8);
}
