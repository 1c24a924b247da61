import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { messageOf } from '../../platform/errors.ts';
import type { Inbox } from '../../platform/inbox.ts';
import { fileError } from './file-errors.ts';

export type Bytes = AsyncIterable<Uint8Array>;

const CHUNK = 1 << 18;

/** A file's bytes; compressed ones unpacked, whatever the file is called. */
export async function* openBytes(inbox: Inbox, file: string): Bytes {
  const { head, all } = await peek(inbox.stream(file), 2);
  yield* head[0] === 0x1f && head[1] === 0x8b ? gunzip(all, file) : all;
}

export interface Peeked {
  readonly head: Buffer;
  readonly all: Bytes;
  /** Lets go of a stream that will not be read: a generator that never began would not. */
  close(): Promise<void>;
}

/** The first bytes of a stream (at least `length`, where there are so many), and the whole stream. */
export async function peek(bytes: Bytes, length: number): Promise<Peeked> {
  const iterator = bytes[Symbol.asyncIterator]();
  const parts: Uint8Array[] = [];
  let size = 0;
  while (size < length) {
    const { done, value } = await iterator.next();
    if (done) break;
    parts.push(value);
    size += value.length;
  }
  const head = Buffer.concat(parts);
  async function* all(): Bytes {
    try {
      if (head.length > 0) yield head;
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  }
  return {
    head,
    all: all(),
    async close() {
      await iterator.return?.();
    },
  };
}

async function* gunzip(bytes: Bytes, file: string): Bytes {
  const source = Readable.from(bytes, { objectMode: false, highWaterMark: CHUNK });
  const unpacked = createGunzip({ chunkSize: CHUNK });
  source.on('error', (error) => unpacked.destroy(error));
  try {
    yield* source.pipe(unpacked);
  } catch (error) {
    if (!String((error as NodeJS.ErrnoException).code).startsWith('Z_')) throw error;
    const cut = /unexpected end/i.test(messageOf(error));
    const message = cut
      ? `${file} is cut: its compressed data ends too soon`
      : `${file} is damaged: ${messageOf(error)}`;
    throw fileError(
      'FILE_CUT',
      message,
      { file },
      'Transfer the file again; its sender should write to a temporary name and rename it when done.',
    );
  } finally {
    source.destroy();
    unpacked.destroy();
  }
}
