import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { type Bucket, type BucketEntry, checkKey } from '../bucket.ts';
import { VigieError } from '../errors.ts';

export interface S3Options {
  readonly client: S3Client;
  readonly bucket: string;
  /** Everything is kept below it, `/` at its end; default the whole bucket. */
  readonly prefix?: string;
}

/** A bucket that is one on S3, or a part of it. Claims use conditional writes; big bodies go up in parts. */
export function s3Bucket({ client, bucket, prefix = '' }: S3Options): Bucket {
  const at = (key: string) => ({ Bucket: bucket, Key: prefix + checkKey(key) });

  const get = async (key: string) => {
    try {
      const { Body } = await client.send(new GetObjectCommand(at(key)));
      if (Body) return Body;
      throw new VigieError(`s3://${bucket}/${prefix}${key} came without a body`, {
        code: 'BUCKET_BROKEN',
        retryable: true,
      });
    } catch (error) {
      throw statusOf(error) === 404 ? missing(`s3://${bucket}/${prefix}${key}`, error) : error;
    }
  };

  return {
    locate: (key) => `s3://${bucket}/${prefix}${checkKey(key)}`,
    async read(key) {
      return (await get(key)).transformToByteArray();
    },
    async *stream(key) {
      const body = await get(key);
      yield* body.transformToWebStream();
    },
    async write(key, body) {
      await client.send(new PutObjectCommand({ ...at(key), Body: body }));
    },
    async writeStream(key, body) {
      await uploadStream(client, at(key), body);
    },
    async create(key, body) {
      try {
        await client.send(new PutObjectCommand({ ...at(key), Body: body, IfNoneMatch: '*' }));
        return true;
      } catch (error) {
        // 412: it is there. 409: another one is being written right now, and will be there.
        if (statusOf(error) === 412 || statusOf(error) === 409) return false;
        throw error;
      }
    },
    async remove(key) {
      await client.send(new DeleteObjectCommand(at(key)));
    },
    list: (wanted) => listAll(client, bucket, prefix, wanted),
    async exists(key) {
      try {
        await client.send(new HeadObjectCommand(at(key)));
        return true;
      } catch (error) {
        if (statusOf(error) === 404) return false;
        throw error;
      }
    },
  };
}

const statusOf = (error: unknown): number | undefined =>
  error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;

const missing = (address: string, cause: unknown): VigieError =>
  new VigieError(`no object ${address}`, { code: 'BUCKET_NOT_FOUND', cause });

/** Parts of 8 MB, two at a time: constant memory. A stream that fails leaves nothing: its parts are aborted. */
async function uploadStream(
  client: S3Client,
  target: { Bucket: string; Key: string },
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
  for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix + wanted })) {
    for (const { Key, Size, LastModified } of page.Contents ?? []) {
      if (Key)
        yield { key: Key.slice(prefix.length), size: Size ?? 0, modifiedAt: LastModified ?? new Date(0) };
    }
  }
}
