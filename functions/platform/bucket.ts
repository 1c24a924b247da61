import { VigieError } from './errors.ts';

/**
 * Where files live: S3 on AWS, a folder on one machine. Keys are relative, `/`-separated, never begin with `/`
 * and never hold `..`. A reader never sees a half-written object: every write is atomic.
 */
export interface Bucket {
  /** All of the object's bytes. Throws `BUCKET_NOT_FOUND` when there is none. */
  read(key: string): Promise<Uint8Array>;
  /** The object as a stream of chunks, constant memory. Throws `BUCKET_NOT_FOUND` when there is none. */
  stream(key: string): AsyncIterable<Uint8Array>;
  /** Writes or replaces the object, atomically. */
  write(key: string, body: Uint8Array | string): Promise<void>;
  /** Like `write`, from a stream of chunks, constant memory. Nothing is kept when the stream fails. */
  writeStream(key: string, body: AsyncIterable<Uint8Array>): Promise<void>;
  /** Writes the object only if there is none yet; true when this call wrote it. The base of claims. */
  create(key: string, body: Uint8Array | string): Promise<boolean>;
  /** Removes the object; no error when there is none. */
  remove(key: string): Promise<void>;
  /** Every object whose key begins with `prefix`, in ascending key order. */
  list(prefix: string): AsyncIterable<BucketEntry>;
  /** Names of what lies right below a folder (`snapshot/`) as folders, ascending: nothing below them is gone over. */
  folders(folder: string): Promise<string[]>;
  /** Whether the object exists. */
  exists(key: string): Promise<boolean>;
  /** The address under which this platform's engine reads the object (a path, an `s3://` URI). */
  locate(key: string): string;
}

export interface BucketEntry {
  readonly key: string;
  readonly size: number;
  readonly modifiedAt: Date;
}

/** Reads JSON; `undefined` when there is no such object. */
export async function readJson<T>(bucket: Bucket, key: string): Promise<T | undefined> {
  if (!(await bucket.exists(key))) return undefined;
  return JSON.parse(new TextDecoder().decode(await bucket.read(key))) as T;
}

/** Writes JSON, indented: people open these files. */
export async function writeJson(bucket: Bucket, key: string, value: unknown): Promise<void> {
  await bucket.write(key, `${JSON.stringify(value, null, 2)}\n`);
}

/** The key itself, when it is one; else throws `BUCKET_KEY`. */
export function checkKey(key: string): string {
  const wrong = key.split('/').some((part) => part === '' || part === '.' || part === '..');
  if (wrong || key.includes('\\') || key.includes('\0')) throw notAKey(key);
  return key;
}

export const notAKey = (key: string): VigieError =>
  new VigieError(`not a bucket key: ${JSON.stringify(key)}`, {
    code: 'BUCKET_KEY',
    hint: 'A key is a relative path with / between its parts, such as landing/orders/source=sap/part-00001.parquet.',
  });
