import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeleteObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { type Bucket, type BucketEntry, checkKey } from '../bucket.ts';
import { type Environment, stackFact } from './aws-environment.ts';
import { failureOf, statusOf } from './aws-errors.ts';
import { s3ClientFromEnv } from './s3-client.ts';
import { s3Error } from './s3-errors.ts';
import { addressOf, type S3Object, streamObject } from './s3-stream.ts';

export interface S3Options {
  readonly client: S3Client;
  readonly bucket: string;
  /** Everything is kept below it, `/` at its end; default the whole bucket. */
  readonly prefix?: string;
}

/** The bucket of the stack. */
export const bucketFromEnv = (env: Environment): Bucket =>
  s3Bucket({ client: s3ClientFromEnv(env), bucket: stackFact(env, 'bucket') });

/** A bucket that is one on S3, or a part of it. Claims use conditional writes; big bodies go up in parts. */
export function s3Bucket({ client, bucket, prefix = '' }: S3Options): Bucket {
  const at = (key: string): S3Object => ({ Bucket: bucket, Key: prefix + checkKey(key) });
  return {
    locate: (key) => addressOf(at(key)),
    read: (key) => collect(streamObject(client, at(key))),
    stream: (key) => streamObject(client, at(key)),
    async write(key, body) {
      await told('writing', at(key), () =>
        client.send(new PutObjectCommand({ ...at(key), Body: bytesOf(body) })),
      );
    },
    writeStream: (key, body) => told('writing', at(key), () => uploadStream(client, at(key), body)),
    create: (key, body) => told('creating', at(key), () => createObject(client, at(key), body)),
    async remove(key) {
      await told('removing', at(key), () => client.send(new DeleteObjectCommand(at(key))));
    },
    list: (wanted) => listAll(client, bucket, prefix, wanted),
    folders: (folder) => foldersBelow(client, bucket, prefix, folder),
    exists: (key) => told('looking for', at(key), () => objectExists(client, at(key))),
  };
}

/** The SDK takes an empty text for a stream of unknown length. */
const bytesOf = (body: Uint8Array | string): Uint8Array =>
  typeof body === 'string' ? Buffer.from(body) : body;

/** Errors of S3 are told; those of others (a source that died while it was streamed) stay what they are. */
async function told<T>(doing: string, object: S3Object, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isOfS3(error) ? s3Error(error, doing, addressOf(object)) : error;
  }
}

const isOfS3 = (error: unknown): boolean =>
  failureOf(error).$metadata !== undefined || /Credentials|Token/.test(failureOf(error).name ?? '');

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts);
}

async function objectExists(client: S3Client, object: S3Object): Promise<boolean> {
  try {
    await client.send(new HeadObjectCommand(object));
    return true;
  } catch (error) {
    if (statusOf(error) === 404) return false;
    throw error;
  }
}

/** Says who wrote an object: metadata, so that the content stays the caller's. */
const WRITER = 'vigie-writer';
/** How often a creation is tried that meets another one under way. */
const MOST_CONFLICTS = 6;

/**
 * 412: the object is there. It may be ours: when the answer to a first attempt was lost, the SDK's second one finds
 * the first one's object, and a claim would have no owner. 409: another writer is at it, and may yet fail.
 */
async function createObject(client: S3Client, object: S3Object, body: Uint8Array | string): Promise<boolean> {
  const writer = randomUUID();
  const command = { ...object, Body: bytesOf(body), IfNoneMatch: '*', Metadata: { [WRITER]: writer } };
  for (let conflicts = 1; ; conflicts += 1) {
    try {
      await client.send(new PutObjectCommand(command));
      return true;
    } catch (error) {
      if (statusOf(error) === 412) {
        const tried = conflicts > 1 || (failureOf(error).$metadata?.attempts ?? 1) > 1;
        return tried && (await writerOf(client, object)) === writer;
      }
      if (statusOf(error) !== 409 || conflicts >= MOST_CONFLICTS) throw error;
      await sleep(50 * 2 ** conflicts * (0.5 + Math.random()));
    }
  }
}

async function writerOf(client: S3Client, object: S3Object): Promise<string | undefined> {
  return (await client.send(new HeadObjectCommand(object))).Metadata?.[WRITER];
}

/** Parts of 8 MB, two at a time: constant memory. A stream that fails leaves nothing: its parts are aborted. */
async function uploadStream(
  client: S3Client,
  target: S3Object,
  body: AsyncIterable<Uint8Array>,
): Promise<void> {
  const Body = Readable.from(body, { objectMode: false });
  await new Upload({ client, params: { ...target, Body }, partSize: 8 << 20, queueSize: 2 }).done();
}

async function* listAll(
  client: S3Client,
  bucket: string,
  prefix: string,
  wanted: string,
): AsyncIterable<BucketEntry> {
  const below = { Bucket: bucket, Prefix: prefix + wanted };
  try {
    for await (const page of paginateListObjectsV2({ client }, below)) {
      for (const { Key, Size, LastModified } of page.Contents ?? []) {
        if (Key)
          yield { key: Key.slice(prefix.length), size: Size ?? 0, modifiedAt: LastModified ?? new Date(0) };
      }
    }
  } catch (error) {
    throw isOfS3(error) ? s3Error(error, 'listing', `s3://${bucket}/${prefix}${wanted}`) : error;
  }
}

/** What S3 calls common prefixes: each object below one of them is counted once, as its folder. */
async function foldersBelow(
  client: S3Client,
  bucket: string,
  prefix: string,
  folder: string,
): Promise<string[]> {
  const above = prefix + folder;
  const names: string[] = [];
  try {
    const below = { Bucket: bucket, Prefix: above, Delimiter: '/' };
    for await (const page of paginateListObjectsV2({ client }, below))
      for (const { Prefix = '' } of page.CommonPrefixes ?? []) names.push(Prefix.slice(above.length, -1));
  } catch (error) {
    throw isOfS3(error) ? s3Error(error, 'listing', `s3://${bucket}/${above}`) : error;
  }
  return names.sort();
}
