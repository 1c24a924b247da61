import type { AsyncBuffer } from 'hyparquet';
import type { Inbox } from '../../platform/inbox.ts';
import { openBytes } from './bytes.ts';
import { fileError } from './file-errors.ts';
import type { RangedFile } from './xlsx/archive.ts';

/** A compressed file cannot be read in pieces from its end, where Parquet and workbooks keep their index: it must fit in memory. */
const LARGEST_UNPACKED = 256 * 2 ** 20;

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

/** A workbook of the inbox, read range by range. */
export const ranges = (inbox: Inbox, file: string, size: number): RangedFile => ({
  name: file,
  size,
  range: (start, end) => inbox.stream(file, { start, end }),
});

/** A compressed workbook, unpacked in memory. */
export async function unpackedRanges(inbox: Inbox, file: string): Promise<RangedFile> {
  const buffer = await collect(openBytes(inbox, file), LARGEST_UNPACKED, file);
  return {
    name: file,
    size: buffer.length,
    async *range(start, end) {
      yield buffer.subarray(start, end);
    },
  };
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
        `${file} unpacks to more than ${most} bytes`,
        { file },
        'Deliver it without gzip: it is compressed inside.',
      );
  }
  return Buffer.concat(parts);
}

const toArrayBuffer = (buffer: Buffer): ArrayBuffer => new Uint8Array(buffer).buffer;
