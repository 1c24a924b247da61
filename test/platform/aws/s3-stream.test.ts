import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clientSettings } from '../../../functions/platform/aws/client-settings.ts';
import { streamObject } from '../../../functions/platform/aws/s3-stream.ts';

const CONTENT = Buffer.alloc(900_000, 'Vigie reads on. ');
/** Bytes that are sent before the connection breaks, for each request; none left: all are sent. */
let breaks: number[] = [];
let etag = '"one"';
const asked: (string | undefined)[] = [];
let server: Server;
let client: S3Client;

/** One object, over connections that break. */
function answer(request: IncomingMessage, response: ServerResponse): void {
  asked.push(request.headers.range);
  const { range = '', 'if-match': wanted } = request.headers;
  if (wanted !== undefined && wanted !== etag) {
    response.writeHead(412).end('<Error><Code>PreconditionFailed</Code></Error>');
    return;
  }
  const [, from = '0', to = ''] = /bytes=(\d+)-(\d*)/.exec(range) ?? [];
  const body = CONTENT.subarray(Number(from), to === '' ? undefined : Number(to) + 1);
  response.writeHead(range === '' ? 200 : 206, { etag, 'content-length': body.length });
  const stop = breaks.shift();
  if (stop === undefined) response.end(body);
  else response.write(body.subarray(0, stop), () => setTimeout(() => request.socket.destroy(), 5));
}

beforeEach(async () => {
  asked.length = 0;
  etag = '"one"';
  server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const env = { AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` };
  client = new S3Client({
    ...clientSettings(env, 'S3'),
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
});
afterEach(async () => {
  client.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const read = async (range?: { start: number; end: number }): Promise<Buffer> => {
  const parts: Uint8Array[] = [];
  for await (const part of streamObject(client, { Bucket: 'b', Key: 'k' }, range)) parts.push(part);
  return Buffer.concat(parts);
};

describe('a stream from S3 whose connection breaks', () => {
  test('goes on where it stopped, to the last byte', async () => {
    breaks = [100_000, 1, 300_000];
    expect((await read()).equals(CONTENT)).toBe(true);
    expect(asked).toHaveLength(4);
    expect(asked[0]).toBeUndefined();
    expect(asked[1]).toBe('bytes=100000-');
  });

  test('goes on within a range, too', async () => {
    breaks = [1_000];
    const part = await read({ start: 500_000, end: 600_000 });
    expect(part.equals(CONTENT.subarray(500_000, 600_000))).toBe(true);
    expect(asked).toEqual(['bytes=500000-599999', 'bytes=501000-599999']);
  });

  test('does not mix two versions of an object', async () => {
    breaks = [100_000];
    const reading = (async () => {
      for await (const _ of streamObject(client, { Bucket: 'b', Key: 'k' })) etag = '"two"';
    })();
    await expect(reading).rejects.toMatchObject({ code: 'BUCKET_CHANGED', retryable: true });
  });

  test('gives up when nothing comes any more', async () => {
    breaks = [100_000, ...Array.from({ length: 20 }, () => 0)];
    await expect(read()).rejects.toMatchObject({ code: 'AWS_UNREACHABLE', retryable: true });
    expect(asked.length).toBeLessThan(10);
  });
});
