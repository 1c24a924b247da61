import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { VigieError } from '../errors.ts';
import { failureOf, statusOf } from './aws-errors.ts';
import { s3Error } from './s3-errors.ts';

export interface S3Object {
  readonly Bucket: string;
  readonly Key: string;
}

export const addressOf = ({ Bucket, Key }: S3Object): string => `s3://${Bucket}/${Key}`;

/** How often a broken stream is taken up again without a byte having come. */
const MOST_BREAKS = 4;

/**
 * An object's bytes, or those of its range [start, end), in constant memory. S3 closes connections whose reader is
 * slow: the stream is then taken up where it stopped, from the same version of the object, or fails with
 * `BUCKET_CHANGED` where that is gone.
 */
export async function* streamObject(
  client: S3Client,
  object: S3Object,
  range: { readonly start: number; readonly end?: number } = { start: 0 },
): AsyncGenerator<Uint8Array> {
  let { start } = range;
  let etag: string | undefined;
  for (let breaks = 0; ; breaks += 1) {
    try {
      if (range.end !== undefined && start >= range.end) return;
      const { Body, ETag } = await open(client, object, start, range.end, etag);
      etag = ETag;
      for await (const chunk of Body.transformToWebStream() as unknown as AsyncIterable<Uint8Array>) {
        start += chunk.length;
        breaks = 0;
        yield chunk;
      }
      return;
    } catch (error) {
      if (etag !== undefined && statusOf(error) === 412) throw changed(object, error);
      // Beyond the end: the object has exactly the bytes that came before the break.
      if (statusOf(error) === 416) return;
      if (etag === undefined || breaks >= MOST_BREAKS || !isBroken(error))
        throw s3Error(error, 'reading', addressOf(object));
    }
  }
}

async function open(
  client: S3Client,
  object: S3Object,
  start: number,
  end: number | undefined,
  etag: string | undefined,
) {
  const whole = start === 0 && end === undefined;
  const { Body, ETag } = await client.send(
    new GetObjectCommand({
      ...object,
      ...(whole ? {} : { Range: `bytes=${start}-${end === undefined ? '' : end - 1}` }),
      ...(etag === undefined ? {} : { IfMatch: etag }),
    }),
  );
  if (Body) return { Body, ETag };
  throw new VigieError(`${addressOf(object)} came without a body`, {
    code: 'BUCKET_BROKEN',
    retryable: true,
  });
}

/** The connection's end, not the answer of S3 to a request. */
const isBroken = (error: unknown): boolean =>
  statusOf(error) === undefined &&
  !(error instanceof VigieError) &&
  /^(ECONNRESET|EPIPE|ETIMEDOUT|ERR_STREAM_PREMATURE_CLOSE|UND_ERR_SOCKET|ABORT_ERR|TimeoutError|AbortError|aborted)$/.test(
    failureOf(error).code ?? failureOf(error).name ?? '',
  );

const changed = (object: S3Object, cause: unknown): VigieError =>
  new VigieError(`${addressOf(object)} was replaced while it was read`, {
    code: 'BUCKET_CHANGED',
    cause,
    retryable: true,
    hint: 'Run again: the new content is then read from its beginning.',
  });
