import { gzipSync } from 'node:zlib';
import type { ColumnChunk, Encoding, ParquetType } from 'hyparquet';
import { ByteWriter, type ParquetWriter } from 'hyparquet-writer';
import { writePageHeader } from 'hyparquet-writer/src/datapage.js';
import { writeRleBitPackedHybrid } from 'hyparquet-writer/src/encoding.js';

/** The values of a page, as one of Parquet's encodings writes them. */
export interface PageValues {
  readonly encoding: Encoding;
  readonly bytes: Uint8Array;
  /** What values refer to by their places, plain: a page of its own before them. */
  readonly dictionary?: { readonly count: number; readonly bytes: Uint8Array };
}

/** A column of a row group, all rows in one page. */
export interface ColumnPage extends PageValues {
  readonly name: string;
  readonly type: ParquetType;
  readonly rows: number;
  readonly nulls: number;
  /** Of `levelsOf`; empty of a column that has a value in every row by its schema. */
  readonly levels: Uint8Array;
  readonly compressed: boolean;
}

/** Which rows have a value: 1, or 0. */
export const levelsOf = (valid: Uint8Array): Uint8Array =>
  bytesOf((writer) => writeRleBitPackedHybrid(writer, valid, 1));

/** Places in a dictionary, with as many bits each as the largest needs, which is said in the first byte. */
export function placesOf(cells: Int32Array | BigInt64Array, count: number): Uint8Array {
  const bits = 32 - Math.clz32(count - 1);
  return bytesOf((writer) => {
    writer.appendUint8(bits);
    writeRleBitPackedHybrid(writer, cells, bits);
  }, 2 * cells.length);
}

export function bytesOf(write: (writer: ByteWriter) => void, size?: number): Uint8Array {
  const writer = new ByteWriter(size);
  write(writer);
  return writer.getBytes();
}

/** Writes the pages of a column, and says where they are. */
export function writeColumn(out: ByteWriter, page: ColumnPage): ColumnChunk {
  const { name, type, rows, encoding, dictionary, compressed } = page;
  const start = out.offset;
  const pack = compressed ? gzip : (raw: Uint8Array) => raw;
  let unpacked = dictionary === undefined ? 0 : dictionaryPage(out, dictionary, pack);
  const dataAt = out.offset;
  unpacked += dataPage(out, page, pack(page.bytes));
  return {
    meta_data: {
      type,
      encodings: dictionary === undefined ? [encoding] : ['PLAIN', encoding],
      path_in_schema: [name],
      codec: compressed ? 'GZIP' : 'UNCOMPRESSED',
      num_values: BigInt(rows),
      total_uncompressed_size: BigInt(unpacked),
      total_compressed_size: BigInt(out.offset - start),
      data_page_offset: BigInt(dataAt),
      ...(dictionary === undefined ? {} : { dictionary_page_offset: BigInt(start) }),
    },
    file_offset: BigInt(start),
  };
}

/** Notes a row group whose columns are written, for the file's foot. */
export function noteGroup(writer: ParquetWriter, columns: ColumnChunk[], rows: number): void {
  const sum = (of: (data: NonNullable<ColumnChunk['meta_data']>) => bigint): bigint =>
    columns.reduce((all, { meta_data }) => all + (meta_data === undefined ? 0n : of(meta_data)), 0n);
  writer.num_rows += BigInt(rows);
  writer.row_groups.push({
    columns,
    num_rows: BigInt(rows),
    total_byte_size: sum(({ total_uncompressed_size }) => total_uncompressed_size),
    total_compressed_size: sum(({ total_compressed_size }) => total_compressed_size),
  });
}

type Pack = (raw: Uint8Array) => Uint8Array;

/** Node's own, which is quicker than any in JavaScript; every engine reads it. */
const gzip: Pack = (bytes) => gzipSync(bytes, { level: 1 });

/** Gives its size, unpacked. */
function dictionaryPage(
  out: ByteWriter,
  { count, bytes }: NonNullable<PageValues['dictionary']>,
  pack: Pack,
): number {
  const packed = pack(bytes);
  const start = out.offset;
  writePageHeader(out, {
    type: 'DICTIONARY_PAGE',
    uncompressed_page_size: bytes.length,
    compressed_page_size: packed.length,
    dictionary_page_header: { num_values: count, encoding: 'PLAIN' },
  });
  const header = out.offset - start;
  out.appendBytes(packed);
  return header + bytes.length;
}

/** Gives its size, unpacked. */
function dataPage(
  out: ByteWriter,
  { rows, nulls, levels, encoding, bytes }: ColumnPage,
  packed: Uint8Array,
): number {
  const start = out.offset;
  writePageHeader(out, {
    type: 'DATA_PAGE_V2',
    uncompressed_page_size: levels.length + bytes.length,
    compressed_page_size: levels.length + packed.length,
    data_page_header_v2: {
      num_values: rows,
      num_nulls: nulls,
      num_rows: rows,
      encoding,
      definition_levels_byte_length: levels.length,
      repetition_levels_byte_length: 0,
      is_compressed: true,
    },
  });
  const header = out.offset - start;
  out.appendBytes(levels);
  out.appendBytes(packed);
  return header + levels.length + bytes.length;
}
