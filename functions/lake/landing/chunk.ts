import type { ColumnChunk } from 'hyparquet';
import type { ByteWriter } from 'hyparquet-writer';
import { deltaBinaryPack } from 'hyparquet-writer/src/delta.js';
import { writeRleBitPackedHybrid } from 'hyparquet-writer/src/encoding.js';
import type { ColumnStore } from './columns.ts';
import { bytesOf, levelsOf, type PageValues, placesOf, writeColumn } from './pages.ts';
import { physicalType } from './schema.ts';
import { concatenated, lengthPrefixed } from './texts.ts';

/**
 * Writes a column of a row group, straight from its store: the library takes an array of values, from which it would
 * find out again what the store knows (which texts are alike, which cells are null), in three times the time.
 */
export function writeChunk(out: ByteWriter, store: ColumnStore, rows: number): ColumnChunk {
  const { name, kind } = store.column;
  const { cells, nulls } = present(store, rows);
  return writeColumn(out, {
    name,
    type: physicalType(store.column),
    rows,
    nulls,
    levels: levelsOf(store.valid.subarray(0, rows)),
    // Differences of numbers in some order, and truths, take next to no room: nothing is left to compress.
    compressed: !(kind === 'integer' || kind === 'date' || kind === 'boolean'),
    ...valuesOf(store, cells),
  });
}

/** The cells that are not null, close together; how many are. */
function present(store: ColumnStore, rows: number): { cells: Int32Array | BigInt64Array; nulls: number } {
  const all = store.longs.length > 0 ? store.longs : store.ints;
  const { valid } = store;
  const first = valid.subarray(0, rows).indexOf(0);
  if (first < 0) return { cells: all.subarray(0, rows), nulls: 0 };
  const cells = all.slice(0, rows);
  let count = first;
  for (let at = first; at < rows; at += 1)
    if (valid[at] === 1) {
      cells[count] = all[at] as never;
      count += 1;
    }
  return { cells: cells.subarray(0, count), nulls: rows - count };
}

/** Text that recurs is written once; where most is new, as keys are, there is nothing to refer to. */
function valuesOf({ column, words }: ColumnStore, cells: Int32Array | BigInt64Array): PageValues {
  if (cells.length === 0) return { encoding: 'PLAIN', bytes: new Uint8Array() };
  if (column.kind === 'text') {
    if (2 * words.length <= cells.length)
      return {
        encoding: 'RLE_DICTIONARY',
        bytes: placesOf(cells, words.length),
        dictionary: { count: words.length, bytes: lengthPrefixed(words) },
      };
    return { encoding: 'DELTA_LENGTH_BYTE_ARRAY', bytes: texts(words, cells as Int32Array) };
  }
  if (column.kind === 'integer' || column.kind === 'date')
    return {
      encoding: 'DELTA_BINARY_PACKED',
      bytes: bytesOf((writer) => deltaBinaryPack(writer, cells, 'INT32')),
    };
  if (column.kind === 'boolean') return { encoding: 'RLE', bytes: truths(cells) };
  // Amounts and instants as they lie in memory: as every machine that Node.js is built for stores them, and Parquet.
  return { encoding: 'PLAIN', bytes: new Uint8Array(cells.buffer, cells.byteOffset, cells.byteLength) };
}

function truths(cells: Int32Array | BigInt64Array): Uint8Array {
  const runs = bytesOf((writer) => writeRleBitPackedHybrid(writer, cells, 1));
  return bytesOf((writer) => {
    writer.appendUint32(runs.length);
    writer.appendBytes(runs);
  });
}

function texts(words: readonly string[], cells: Int32Array): Uint8Array {
  const { bytes, lengths } = concatenated(words, cells);
  return bytesOf(
    (writer) => {
      deltaBinaryPack(writer, lengths, 'INT32');
      writer.appendBytes(bytes);
    },
    bytes.length + 4 * lengths.length,
  );
}
