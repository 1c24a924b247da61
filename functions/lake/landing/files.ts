import type { Bucket } from '../../platform/bucket.ts';
import type { ColumnStore } from './columns.ts';
import { type PartEncoder, partEncoder } from './part.ts';
import type { LandingColumn } from './schema.ts';

/** A file ends when it holds this many rows. */
const PART_ROWS = 1_000_000;
/** Row groups between the reader and the bucket. */
const IN_FLIGHT = 3;

/** The Parquet files of one batch, written as the row groups come, in constant memory. */
export interface LandingFiles {
  /** Takes a row group; waits when the bucket is slower than the source. */
  add(stores: readonly ColumnStore[], rows: number): Promise<void>;
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
  let part: Part | undefined;
  let rowsInPart = 0;

  const endPart = async (): Promise<void> => {
    const ending = part;
    part = undefined;
    await ending?.end();
  };
  const openPart = (): Part => {
    const key = `${prefix}part-${String(keys.length + 1).padStart(5, '0')}.parquet`;
    keys.push(key);
    rowsInPart = 0;
    return createPart(bucket, key, partEncoder(columns));
  };
  return {
    async add(stores, rows) {
      part ??= openPart();
      rowsInPart += rows;
      await part.add(stores, rows);
      if (rowsInPart >= PART_ROWS) await endPart();
    },
    async finish() {
      await endPart();
      return keys;
    },
    async abort() {
      await part?.abort();
      for (const key of keys) await bucket.remove(key);
    },
  };
}

interface Part {
  add(stores: readonly ColumnStore[], rows: number): Promise<void>;
  end(): Promise<void>;
  abort(): Promise<void>;
}

/** One file: a queue that the bucket's stream empties. */
function createPart(bucket: Bucket, key: string, encoder: PartEncoder): Part {
  const queue: Uint8Array[] = [];
  let ended: 'no' | 'complete' | 'given up' = 'no';
  let wake: () => void = () => {};
  let room: () => void = () => {};
  let failure: unknown;
  async function* chunks(): AsyncIterable<Uint8Array> {
    for (;;) {
      const next = queue.shift();
      if (ended === 'given up') throw new Error('the batch was given up');
      if (next) {
        room();
        yield next;
      } else if (ended === 'complete') return;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  }
  const written = bucket.writeStream(key, chunks()).catch((error: unknown) => {
    failure = error;
    room();
  });
  return {
    async add(stores, rows) {
      queue.push(encoder.group(stores, rows));
      wake();
      while (queue.length >= IN_FLIGHT && failure === undefined)
        await new Promise<void>((resolve) => (room = resolve));
      if (failure !== undefined) throw failure;
    },
    async end() {
      queue.push(encoder.finish());
      ended = 'complete';
      wake();
      await written;
      if (failure !== undefined) throw failure;
    },
    async abort() {
      ended = 'given up';
      wake();
      await written;
    },
  };
}
