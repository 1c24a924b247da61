import { request } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Asking, cookieFor, refusalOf } from '../../../cli/open/guard.ts';
import { type OpenedApp, serveApp } from '../../../cli/open/server.ts';
import { VigieError } from '../../../functions/platform/errors.ts';

const door = { port: 4711, token: 'a-secret-of-this-start' };
const cookie = cookieFor(door).split(';')[0] as string;

function asking(headers: Record<string, string>, change: Partial<Asking> = {}): Asking {
  return { method: 'GET', target: '/', headers: { host: '127.0.0.1:4711', cookie, ...headers }, ...change };
}

describe('who may ask', () => {
  test.each([
    ['the address bar', { 'sec-fetch-site': 'none' }],
    ['a link of the app', { 'sec-fetch-site': 'same-origin', origin: 'http://127.0.0.1:4711' }],
    ['the machine’s other name', { host: 'localhost:4711' }],
    ['a browser that says nothing of sites', {}],
  ])('%s', (_, headers) => {
    expect(refusalOf(asking(headers), door)).toBeNull();
  });

  test('the printed address, before there is a cookie', () => {
    const first = asking({ cookie: '' }, { target: `/2026-03-10?token=${door.token}` });
    expect(refusalOf(first, door)).toBeNull();
  });

  test.each([
    ['a name that was made to point here', { host: 'rebound.example:4711' }, 'host'],
    ['our name with another’s port', { host: '127.0.0.1:80' }, 'host'],
    ['our name without a port', { host: '127.0.0.1' }, 'host'],
    ['a name that begins like ours', { host: '127.0.0.1:4711.rebound.example' }, 'host'],
    ['a page from elsewhere', { origin: 'https://elsewhere.example' }, 'origin'],
    ['a file or a sandboxed frame', { origin: 'null' }, 'origin'],
    ['a page of another port', { origin: 'http://127.0.0.1:4712' }, 'origin'],
    ['a picture or frame of another site', { 'sec-fetch-site': 'cross-site' }, 'origin'],
    ['another port, which a browser calls the same site', { 'sec-fetch-site': 'same-site' }, 'origin'],
    ['nobody known', { cookie: '' }, 'token'],
    ['an earlier start', { cookie: cookie.replace('secret', 'sesame') }, 'token'],
    ['the cookie of another app', { cookie: cookie.replace('4711', '4712') }, 'token'],
    ['half a token', { cookie: cookie.slice(0, -3) }, 'token'],
  ])('not %s', (_, headers, why) => {
    expect(refusalOf(asking(headers), door)).toBe(why);
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE'])('%s is no question', (method) => {
    expect(refusalOf(asking({}, { method }), door)).toBe('method');
  });

  test('no other token opens, whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), (token) => {
        fc.pre(token !== door.token);
        const target = `/?${new URLSearchParams({ token })}`;
        expect(refusalOf(asking({ cookie: '' }, { target }), door)).toBe('token');
      }),
    );
  });
});

describe('the server', () => {
  let app: OpenedApp;
  const asked: string[] = [];
  beforeAll(async () => {
    app = await serveApp({ port: 0, token: door.token, first: '/2026-03-10' }, async (path, query) => {
      asked.push(`${path}?${query}`);
      return { status: 200, type: 'text/html', body: 'the figures' };
    });
  });
  afterAll(() => app.close());

  interface Got {
    readonly status: number;
    readonly headers: NodeJS.Dict<string | string[]>;
    readonly body: string;
  }

  /** As sent, unlike fetch, which tidies paths and sets Host. */
  const send = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> =>
    new Promise((resolve, reject) => {
      const { port } = new URL(app.address);
      const sent = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          body += part;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      });
      sent.on('error', reject).end();
    });
  const known = (): Record<string, string> => ({
    cookie: `vigie_${new URL(app.address).port}=${door.token}`,
  });

  test('listens on this machine alone', () => {
    expect(new URL(app.address).hostname).toBe('127.0.0.1');
  });

  test('the token becomes a cookie that no script reads and no other site sends, and leaves the address', async () => {
    const { status, headers } = await send(`/2026-03-10?by=region&token=${door.token}`);
    expect(status).toBe(303);
    expect(headers['location']).toBe('/2026-03-10?by=region');
    expect(String(headers['set-cookie'])).toMatch(
      /^vigie_\d+=a-secret-of-this-start; Path=\/; HttpOnly; SameSite=Strict$/,
    );
  });

  test('sends on to no other place', async () => {
    const { headers } = await send(`//elsewhere.example/x?token=${door.token}`);
    expect(headers['location']).toMatch(/^\/[^/]/);
  });

  test('answers with headers that keep other pages out', async () => {
    const { status, headers, body } = await send('/2026-03-10', known());
    expect([status, body]).toEqual([200, 'the figures']);
    expect(headers['content-security-policy']).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  test.each([
    [421, { host: 'rebound.example' }, 'GET'],
    [403, { origin: 'https://elsewhere.example' }, 'GET'],
    [401, { cookie: '' }, 'GET'],
    [405, {}, 'POST'],
  ])('refuses with %s and says what to do, without asking anything', async (status, headers, method) => {
    asked.length = 0;
    const got = await send('/2026-03-10', { ...known(), ...headers }, method);
    expect(got.status).toBe(status);
    expect(got.body).toContain('<h1>');
    expect(got.body).not.toContain('the figures');
    expect(asked).toEqual([]);
  });

  test('HEAD has no body', async () => {
    expect(await send('/', known(), 'HEAD')).toMatchObject({ status: 200, body: '' });
  });

  test('a path that climbs is an address like any other, and reads no file', async () => {
    for (const path of ['/../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/..%2f..%2fetc/passwd'])
      expect((await send(path, known())).body).toBe('the figures');
  });

  test('a port that is taken is said, with what to do', async () => {
    const port = Number(new URL(app.address).port);
    const again = serveApp({ port, token: 'x', first: '/' }, async () => ({
      status: 200,
      type: 'text/html',
      body: '',
    }));
    await expect(again).rejects.toThrow(VigieError);
    await expect(again).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      hint: expect.stringContaining('--port'),
    });
  });
});
