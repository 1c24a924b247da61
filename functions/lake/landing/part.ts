import { gzipSync } from 'node:zlib';
import { ByteWriter, type ColumnSource, ParquetWriter } from 'hyparquet-writer';
import type { ColumnStore } from './columns.ts';
import { type LandingColumn, landingSchema } from './schema.ts';

/** Writes one Parquet file, row group by row group; every call gives the bytes that came about. */
export interface PartEncoder {
  group(stores: readonly ColumnStore[], rows: number): Uint8Array;
  finish(): Uint8Array;
}

/** Node's own, which is quicker than any in JavaScript; every engine reads it. */
const gzip = (bytes: Uint8Array): Uint8Array => gzipSync(bytes, { level: 1 });

export function partEncoder(columns: readonly LandingColumn[]): PartEncoder {
  const bytes = new ByteWriter(1 << 20);
  const writer = new ParquetWriter({
    writer: bytes,
    schema: landingSchema(columns),
    createdBy: 'vigie',
    codec: 'GZIP',
    compressors: { GZIP: gzip },
    statistics: false,
  });
  const take = (): Uint8Array => {
    const taken = new Uint8Array(bytes.getBuffer());
    bytes.index = 0;
    return taken;
  };
  return {
    group(stores, rows) {
      writer.write({
        columnData: stores.map((store) => ({
          name: store.column.name,
          data: cells(store, rows),
          ...encodingOf(store, rows),
        })),
        rowGroupSize: rows,
      });
      return take();
    },
    finish() {
      writer.finish();
      return take();
    },
  };
}

/**
 * Whole numbers and dates stand in some order, or are all the same: their differences take next to no room, nor a
 * compressor. Amounts are quickest written as they are. A dictionary pays for text that recurs. Statistics are left
 * out: a landing file is read once, whole.
 */
function encodingOf(store: ColumnStore, rows: number): Pick<ColumnSource, 'encoding' | 'codec'> {
  switch (store.column.kind) {
    case 'integer':
    case 'date':
      return { encoding: 'DELTA_BINARY_PACKED', codec: 'UNCOMPRESSED' };
    case 'boolean':
      return { codec: 'UNCOMPRESSED' };
    case 'text':
      return isFresh(store, rows) ? { encoding: 'PLAIN' } : {};
    default:
      return { encoding: 'PLAIN' };
  }
}

/** Text of which most is new: keys. */
const isFresh = ({ words }: ColumnStore, rows: number): boolean => 2 * words.length > rows;

type Cells = unknown[] | Int32Array | BigInt64Array;

/** A column as the Parquet library takes it. */
function cells(store: ColumnStore, rows: number): Cells {
  const { column, ints, longs, words } = store;
  const valid = store.valid.subarray(0, rows);
  switch (column.kind) {
    case 'text': {
      const texts = isFresh(store, rows) ? encoded(words) : words;
      return pick(valid, rows, (at) => texts[ints[at] as number]);
    }
    case 'boolean':
      return pick(valid, rows, (at) => ints[at] === 1);
    case 'integer':
    case 'date':
      return valid.includes(0) ? pick(valid, rows, (at) => ints[at]) : ints.subarray(0, rows);
    default:
      return valid.includes(0) ? pick(valid, rows, (at) => longs[at]) : longs.subarray(0, rows);
  }
}

/** Many texts at once as UTF-8, which the library would encode one by one; plain ASCII only, as keys mostly are. */
function encoded(words: readonly string[]): readonly string[] | readonly Uint8Array[] {
  const joined = words.join('');
  const bytes = Buffer.from(joined);
  if (bytes.length !== joined.length) return words;
  let end = 0;
  return words.map((word) => {
    const start = end;
    end += word.length;
    return bytes.subarray(start, end);
  });
}

function pick(valid: Uint8Array, rows: number, read: (at: number) => unknown): unknown[] {
  const picked = new Array<unknown>(rows);
  for (let at = 0; at < rows; at += 1) picked[at] = valid[at] === 1 ? read(at) : null;
  return picked;
}
