import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { fetchHttp } from '../../functions/platform/fetch-http.ts';
import { readBody } from '../../functions/platform/http.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`;
}

const get = (url: string, timeoutMs = 5000) =>
  fetchHttp().send({ method: 'GET', url, headers: { accept: 'text/plain' }, timeoutMs });

describe('http over fetch', () => {
  test('gives status, head and body, unpacked where the transfer was compressed', async () => {
    const url = await serve((_request, response) =>
      response.writeHead(201, { 'content-encoding': 'gzip', 'x-a': '1' }).end(gzipSync('hello')),
    );
    const response = await get(url);
    expect([response.status, response.headers.get('x-a')]).toEqual([201, '1']);
    expect((await readBody(response, 100)).toString()).toBe('hello');
  });

  test('sends method, headers and body', async () => {
    let seen = '';
    const url = await serve(async (request, response) => {
      for await (const chunk of request) seen += chunk;
      response.end(`${request.method} ${request.headers['x-b']}`);
    });
    const response = await fetchHttp().send({
      method: 'POST',
      url,
      headers: { 'x-b': '2' },
      body: 'a=1',
      timeoutMs: 5000,
    });
    expect((await readBody(response, 100)).toString()).toBe('POST 2');
    expect(seen).toBe('a=1');
  });

  test('follows no redirect', async () => {
    const url = await serve((_request, response) =>
      response.writeHead(302, { location: 'http://evil.example/' }).end(),
    );
    expect((await get(url)).status).toBe(302);
  });

  test('stops reading at the limit', async () => {
    let sent = 0;
    const url = await serve((_request, response) => {
      const more = (): void => {
        while (sent < 200 << 20 && response.write(Buffer.alloc(1 << 20))) sent += 1 << 20;
      };
      response.on('drain', more);
      more();
    });
    await expect(readBody(await get(url), 4 << 20)).rejects.toMatchObject({ code: 'PAGE_TOO_LARGE' });
    expect(sent).toBeLessThan(100 << 20);
  });

  test('a silent server, before the head or within the body, is given up', async () => {
    const never = await serve(() => undefined);
    await expect(get(never, 80)).rejects.toMatchObject({ code: 'HTTP_TIMEOUT', retryable: true });
    const stalled = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('abc');
    });
    await expect(readBody(await get(stalled, 1_000), 1000)).rejects.toMatchObject({ code: 'HTTP_TIMEOUT' });
  });

  test('a body that breaks off and a port without a server may go well later; no address with its query is told', async () => {
    const cut = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('abc', () => response.destroy());
    });
    await expect(readBody(await get(cut), 1000)).rejects.toMatchObject({
      code: 'HTTP_FAILED',
      retryable: true,
    });
    const error = await get('http://127.0.0.1:9/x?key=secret-key').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'HTTP_FAILED', retryable: true });
    expect(String(error)).not.toContain('secret-key');
  });
});
