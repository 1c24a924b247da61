import type { Bucket } from '../platform/bucket.ts';
import type { ColumnStore } from './landing-columns.ts';
import { type Encoder, inlineEncoder, workerEncoder } from './landing-encoder.ts';
import type { LandingColumn } from './landing-schema.ts';

/** A file ends when it holds this many rows. */
const PART_ROWS = 1_000_000;
/** Row groups between the reader and the bucket: enough to keep both threads busy. */
const IN_FLIGHT = 3;

/** The Parquet files of one batch, written as the row groups come, in constant memory. */
export interface LandingFiles {
  /** Takes the stores over; waits when the bucket is slower than the source. `last`: no other group follows. */
  add(stores: readonly ColumnStore[], rows: number, last: boolean): Promise<void>;
  /** Ends the last file; the keys of all of them. */
  finish(): Promise<readonly string[]>;
  /** Gives up: no file is kept. */
  abort(): Promise<void>;
}

export function landingFiles(
  bucket: Bucket,
  prefix: string,
  columns: readonly LandingColumn[],
): LandingFiles {
  const keys: string[] = [];
  let encoder: Encoder | undefined;
  let part: Part | undefined;
  let rowsInPart = 0;

  const endPart = async (): Promise<void> => {
    if (!part || !encoder) return;
    const ending = part;
    part = undefined;
    await ending.end(encoder.finish());
  };
  const openPart = (open: Encoder): Part => {
    const key = `${prefix}part-${String(keys.length + 1).padStart(5, '0')}.parquet`;
    keys.push(key);
    rowsInPart = 0;
    open.open(columns);
    return createPart(bucket, key);
  };
  return {
    async add(stores, rows, last) {
      encoder ??= last ? inlineEncoder() : workerEncoder();
      part ??= openPart(encoder);
      rowsInPart += rows;
      await part.push(encoder.group(stores, rows));
      if (rowsInPart >= PART_ROWS) await endPart();
    },
    async finish() {
      await endPart();
      await encoder?.close();
      return keys;
    },
    async abort() {
      await encoder?.close();
      await part?.abort();
      for (const key of keys) await bucket.remove(key);
    },
  };
}

interface Part {
  push(bytes: Promise<Uint8Array>): Promise<void>;
  end(last: Promise<Uint8Array>): Promise<void>;
  abort(): Promise<void>;
}

/** One file: a queue that the bucket's stream empties. */
function createPart(bucket: Bucket, key: string): Part {
  const queue: Promise<Uint8Array>[] = [];
  let ended = false;
  let wake: () => void = () => {};
  let room: () => void = () => {};
  let failure: unknown;
  async function* chunks(): AsyncIterable<Uint8Array> {
    for (;;) {
      const next = queue.shift();
      if (next) {
        room();
        yield await next;
      } else if (ended) return;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  }
  const written = bucket.writeStream(key, chunks()).catch((error: unknown) => {
    failure = error;
    room();
  });
  const add = (bytes: Promise<Uint8Array>): void => {
    // The stream awaits it and reports; this only says that somebody will.
    bytes.catch(() => {});
    queue.push(bytes);
    wake();
  };
  const settle = async (): Promise<void> => {
    await written;
    if (failure !== undefined) throw failure;
  };
  return {
    async push(bytes) {
      add(bytes);
      while (queue.length >= IN_FLIGHT && failure === undefined)
        await new Promise<void>((resolve) => (room = resolve));
      if (failure !== undefined) throw failure;
    },
    async end(last) {
      add(last);
      ended = true;
      wake();
      await settle();
    },
    async abort() {
      add(Promise.reject(new Error('the batch was given up')));
      await written;
    },
  };
}
