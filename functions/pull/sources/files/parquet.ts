import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
  type SchemaElement,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { formatScaled } from '../../../lake/codec-decimal.ts';
import { messageOf } from '../../../platform/errors.ts';
import type { Inbox } from '../../../platform/inbox.ts';
import { openBytes } from './bytes.ts';
import { locateColumns } from './csv-header.ts';
import { fileError } from './file-errors.ts';
import type { JsonOptions } from './json-records.ts';
import { cellOf, fieldAt } from './native-cells.ts';
import type { RecordChunk } from './records.ts';

/** A compressed file cannot be read in pieces from its end, where Parquet keeps its index: it must fit in memory. */
const LARGEST_UNPACKED = 256 * 2 ** 20;
const ROWS_AT_A_TIME = 16_384;

/** A Parquet file of the inbox, read range by range. */
export function rangedFile(inbox: Inbox, file: string, size: number): AsyncBuffer {
  return {
    byteLength: size,
    async slice(start, end = size) {
      return toArrayBuffer(await collect(inbox.stream(file, { start, end }), Number.POSITIVE_INFINITY, file));
    },
  };
}

/** A compressed Parquet file, unpacked in memory. */
export async function unpackedFile(inbox: Inbox, file: string): Promise<AsyncBuffer> {
  const buffer = toArrayBuffer(await collect(openBytes(inbox, file), LARGEST_UNPACKED, file));
  return { byteLength: buffer.byteLength, slice: (start, end) => buffer.slice(start, end) };
}

async function collect(bytes: AsyncIterable<Uint8Array>, most: number, file: string): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of bytes) {
    parts.push(part);
    size += part.length;
    if (size > most)
      throw fileError(
        'FILE_TOO_LARGE',
        `${file} unpacks to more than ${most} bytes of Parquet`,
        { file },
        'Deliver it without gzip: Parquet is compressed inside.',
      );
  }
  return Buffer.concat(parts);
}

const toArrayBuffer = (buffer: Buffer): ArrayBuffer => new Uint8Array(buffer).buffer;

/** Reads the wanted columns of a Parquet file, some rows of a row group at a time. Refused: a missing column, a cut file. */
export async function* readParquet(source: AsyncBuffer, options: JsonOptions): AsyncIterable<RecordChunk> {
  const { file, columns, feed } = options;
  const metadata = await readMetadata(source, file);
  const roots = topLevel(metadata.schema);
  const names = roots.map(({ name }) => name);
  const paths = columns.map((name) => (names.includes(name) ? [name] : name.split('.')));
  const tops = [...new Set(paths.map(([first = '']) => first))];
  const optional = new Set(
    tops.filter((top) =>
      columns.every((name, index) => paths[index]?.[0] !== top || options.optional.has(name)),
    ),
  );
  locateColumns(names, { wanted: tops, optional }, feed, { file, line: 1 });
  const render = exactly(metadata.schema);
  const positions = columns.map((_, index) => index);
  for (const [from, to] of spans(metadata)) {
    const objects = await read(
      source,
      metadata,
      tops.filter((name) => names.includes(name)),
      from,
      to,
      file,
    );
    const rows = objects.map((record) =>
      columns.map((name, index) => {
        const path = paths[index] as string[];
        return cellOf(render(path, fieldAt(record, name, path)), feed.decimal);
      }),
    );
    yield { rows, positions, firstRecord: from + 1, lineOf: (index) => from + 1 + index, broken: [] };
  }
}

async function readMetadata(source: AsyncBuffer, file: string): Promise<FileMetaData> {
  try {
    return await parquetMetadataAsync(source);
  } catch (error) {
    throw damaged(file, error);
  }
}

const damaged = (file: string, error: unknown) =>
  fileError(
    'FILE_CUT',
    `${file} is cut or damaged: ${messageOf(error)}`,
    { file },
    'Transfer the file again.',
  );

/** The columns of the file: children of the root. */
function topLevel(schema: readonly SchemaElement[]): SchemaElement[] {
  const roots: SchemaElement[] = [];
  let at = 1;
  while (at < schema.length) {
    roots.push(schema[at] as SchemaElement);
    at = after(schema, at);
  }
  return roots;
}

const after = (schema: readonly SchemaElement[], at: number): number => {
  let next = at + 1;
  for (let child = 0; child < (schema[at]?.num_children ?? 0); child += 1) next = after(schema, next);
  return next;
};

/**
 * Makes decimals exact: the library turns them into floating-point numbers, so their annotation is taken off and the
 * integers are written out here. Times that are no instants lose the Z that the library gives all of them.
 */
function exactly(schema: SchemaElement[]): (path: readonly string[], value: unknown) => unknown {
  const scales = new Map<string, number>();
  const local = new Set<string>();
  for (const element of schema) {
    const isDecimal = element.converted_type === 'DECIMAL' || element.logical_type?.type === 'DECIMAL';
    if (element.logical_type?.type === 'TIMESTAMP' && !element.logical_type.isAdjustedToUTC)
      local.add(element.name);
    if (!isDecimal) continue;
    scales.set(
      element.name,
      element.scale ?? (element.logical_type?.type === 'DECIMAL' ? element.logical_type.scale : 0),
    );
    delete element.converted_type;
    delete element.logical_type;
  }
  return (path, value) => {
    const name = path.at(-1) ?? '';
    const scale = scales.get(name);
    if (scale !== undefined && value !== null && value !== undefined)
      return formatScaled(integerOf(value), scale);
    if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
    return local.has(name) && typeof value === 'string' ? value.replace(/Z$/, '') : value;
  };
}

/** Two's complement, high byte first, where a decimal is stored as bytes. */
function integerOf(value: unknown): bigint {
  if (!(value instanceof Uint8Array)) return BigInt(value as number | bigint);
  return value.length === 0
    ? 0n
    : BigInt.asIntN(value.length * 8, BigInt(`0x${Buffer.from(value).toString('hex')}`));
}

function* spans(metadata: FileMetaData): Iterable<[from: number, to: number]> {
  let start = 0;
  for (const group of metadata.row_groups) {
    const end = start + Number(group.num_rows);
    for (let from = start; from < end; from += ROWS_AT_A_TIME)
      yield [from, Math.min(end, from + ROWS_AT_A_TIME)];
    start = end;
  }
}

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

async function read(
  source: AsyncBuffer,
  metadata: FileMetaData,
  columns: string[],
  rowStart: number,
  rowEnd: number,
  file: string,
) {
  try {
    return await parquetReadObjects({
      ...{ file: source, metadata, columns, rowStart, rowEnd, compressors, utf8: false },
      parsers: {
        dateFromDays: (days) => iso(days * 86_400_000).slice(0, 10),
        timestampFromMilliseconds: (time) => iso(Number(time)),
        timestampFromMicroseconds: (time) => iso(Number(time / 1000n)),
        timestampFromNanoseconds: (time) => iso(Number(time / 1_000_000n)),
      },
    });
  } catch (error) {
    throw damaged(file, error);
  }
}
