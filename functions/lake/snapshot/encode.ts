import type { ColumnChunk, SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { levelsOf, noteGroup, type PageValues, placesOf, writeColumn } from '../landing/pages.ts';
import { lengthPrefixed } from '../landing/texts.ts';
import { dayNumber } from '../values/day.ts';
import type { FigureColumns } from './columns.ts';
import { RECORDINGS, type RecordedFigures, type Recording } from './file.ts';
import { type DecimalWidth, isShort, snapshotSchema } from './schema.ts';

/** Recordings share a row group up to this many rows: a group costs as much as hundreds of rows, written or read. */
const GROUP_ROWS = 5000;

/**
 * A snapshot file. A recording without any row gets one whose period is null: it says that the day was measured and
 * nothing was there, and takes the place of what an earlier recording had. Columns are written as they lie, texts once
 * a group (docs/decisions/0044-landing-columns-are-written-as-they-lie.md). Without statistics: files are found by their
 * folder.
 */
export function encodeFigures(
  kpi: string,
  parts: readonly RecordedFigures[],
  groups: 'one' | 'a few recordings each',
): Uint8Array {
  const width = parts.every(({ figures }) => isShort(figures.numerator) && isShort(figures.denominator))
    ? 'short'
    : 'long';
  const recordings = parts.map((part) => ({ ...part.recording, rows: rowsOf(part) }));
  const out = new ByteWriter();
  const writer = new ParquetWriter({
    writer: out,
    schema: snapshotSchema(width),
    kvMetadata: [{ key: RECORDINGS, value: JSON.stringify(recordings) }],
    createdBy: 'vigie',
  });
  for (const group of groups === 'one' ? [parts] : grouped(parts)) {
    const rows = group.reduce((sum, part) => sum + rowsOf(part), 0);
    noteGroup(writer, columnsOf(out, writer.schema, { kpi, group, rows, width }), rows);
  }
  writer.finish();
  return out.getBytes();
}

const rowsOf = ({ figures }: RecordedFigures): number => Math.max(1, figures.period.length);

/** Whole recordings, as many as fit, at least one. */
function grouped(parts: readonly RecordedFigures[]): RecordedFigures[][] {
  const groups: RecordedFigures[][] = [];
  let rows = 0;
  for (const part of parts) {
    const last = groups.at(-1);
    const fits = last !== undefined && rows + rowsOf(part) <= GROUP_ROWS;
    if (fits) last.push(part);
    else groups.push([part]);
    rows = (fits ? rows : 0) + rowsOf(part);
  }
  return groups;
}

/** Of the other columns every row is the same, or runs of rows are. */
const LARGE: readonly string[] = ['member', 'numerator', 'denominator'];
/** To begin to compress takes as long as some hundred rows. */
const FEW_ROWS = 200;

interface Group {
  readonly kpi: string;
  readonly group: readonly RecordedFigures[];
  readonly rows: number;
  readonly width: DecimalWidth;
}

/** Cells of a column that are not null, as Parquet stores them, and which rows have one. */
interface Cells {
  readonly values: PageValues;
  readonly valid: Uint8Array;
}

function columnsOf(out: ByteWriter, [, ...columns]: SchemaElement[], of: Group): ColumnChunk[] {
  return columns.map(({ name, type = 'BYTE_ARRAY', repetition_type }) => {
    const { values, valid } = cellsOf(name, of);
    const nulls = valid.reduce((count, each) => count - each, of.rows);
    return writeColumn(out, {
      ...{ name, type, rows: of.rows, nulls },
      levels: repetition_type === 'REQUIRED' ? new Uint8Array() : levelsOf(valid),
      compressed: of.rows > FEW_ROWS && LARGE.includes(name),
      ...values,
    });
  });
}

function cellsOf(name: string, of: Group): Cells {
  switch (name) {
    case 'numerator':
    case 'denominator':
      return numbers(name, of);
    case 'period':
    case 'comparison':
    case 'dimension':
    case 'member':
      return texts(name, of);
    case 'kpi':
      return repeated(of, () => of.kpi, lengthPrefixed);
    case 'as_of':
      return repeated(
        of,
        ({ asOf }) => dayNumber(asOf),
        (days) => bytesOf(Int32Array.from(days)),
      );
    case 'recorded_at':
      return repeated(
        of,
        ({ recordedAt }) => recordedAt,
        (instants) => bytesOf(BigInt64Array.from(instants, (each) => BigInt(Date.parse(each)))),
      );
    default:
      return repeated(of, (recording) => recording[name as 'unit' | 'quality' | 'run'], lengthPrefixed);
  }
}

/** As they lie in memory: as every machine that Node.js is built for stores them, and Parquet. */
const bytesOf = ({ buffer, byteOffset, byteLength }: Int32Array | BigInt64Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** What is the same in all rows of a recording. */
function repeated<T>(
  { group, rows }: Group,
  of: (recording: Recording) => T,
  plain: (distinct: readonly T[]) => Uint8Array,
): Cells {
  const distinct = [...new Set(group.map(({ recording }) => of(recording)))];
  const cells = new Int32Array(rows);
  let start = 0;
  for (const part of group) {
    const end = start + rowsOf(part);
    cells.fill(distinct.indexOf(of(part.recording)), start, end);
    start = end;
  }
  return { values: referring(cells, distinct.length, plain(distinct)), valid: new Uint8Array(rows).fill(1) };
}

const referring = (cells: Int32Array, count: number, bytes: Uint8Array): PageValues => ({
  encoding: 'RLE_DICTIONARY',
  bytes: placesOf(cells, count),
  dictionary: { count, bytes },
});

const NOTHING: PageValues = { encoding: 'PLAIN', bytes: new Uint8Array() };

function texts(name: 'period' | 'comparison' | 'dimension' | 'member', { group, rows }: Group): Cells {
  const valid = new Uint8Array(rows);
  const cells = new Int32Array(rows);
  const places = new Map<string, number>();
  let [at, count, place] = [0, 0, 0];
  let before: string | null = null;
  for (const { figures } of group) {
    for (const text of cellsIn(figures, name)) {
      if (text !== null) {
        // Most name the same window and dimension as the row before.
        if (text !== before) {
          place = places.get(text) ?? places.size;
          places.set(text, place);
          before = text;
        }
        cells[count] = place;
        valid[at] = 1;
        count += 1;
      }
      at += 1;
    }
  }
  if (count === 0) return { values: NOTHING, valid };
  return {
    values: referring(cells.subarray(0, count), places.size, lengthPrefixed([...places.keys()])),
    valid,
  };
}

function numbers(name: 'numerator' | 'denominator', { group, rows, width }: Group): Cells {
  const valid = new Uint8Array(rows);
  const words = width === 'short' ? 1 : 2;
  const longs = new BigInt64Array(rows * words);
  const view = new DataView(longs.buffer);
  let [at, count] = [0, 0];
  for (const { figures } of group) {
    for (const number of cellsIn(figures, name)) {
      if (number !== null) {
        if (words === 1) longs[count] = number;
        else setLongDecimal(view, count * 16, number);
        valid[at] = 1;
        count += 1;
      }
      at += 1;
    }
  }
  if (count === 0) return { values: NOTHING, valid };
  return { values: { encoding: 'PLAIN', bytes: bytesOf(longs.subarray(0, count * words)) }, valid };
}

/** Two's complement, most significant byte first. */
function setLongDecimal(view: DataView, at: number, number: bigint): void {
  view.setBigInt64(at, number >> 64n);
  view.setBigUint64(at + 8, BigInt.asUintN(64, number));
}

const NULL_ROW = [null];

const cellsIn = <Name extends keyof FigureColumns>(
  figures: FigureColumns,
  name: Name,
): readonly (FigureColumns[Name][number] | null)[] =>
  figures.period.length === 0 ? NULL_ROW : figures[name];
