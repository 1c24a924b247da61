import { generateKeyPairSync, verify } from 'node:crypto';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import type { VigieError } from '../../../functions/platform/errors.ts';
import type { HttpRequest } from '../../../functions/platform/http.ts';
import { silentLog } from '../../../functions/platform/log.ts';
import type { Diagnosis, SourceDefinition } from '../../../functions/pull/api/source.ts';
import type { Authorization, VendorAnswer } from '../../../functions/pull/api/vendor.ts';
import { openVendor } from '../../../functions/pull/api/vendor-client.ts';
import { madeUp } from './made-up-source.ts';
import { fakeWeb, type Reply, type Web } from './web.ts';
import { sourceOf } from './world.ts';

const BASE = 'https://api.made-up.example';
const TOKEN_URL = 'https://login.made-up.example/token';

let secrets: Record<string, string>;
let now: number;
beforeEach(() => {
  secrets = {
    'made-up': JSON.stringify({
      ...{ token: 'static-token-1', client_id: 'the-client', client_secret: 'the-client-secret' },
      ...{ refresh_token: 'refresh-1', user: 'reader', password: 'pass-word-1', key: 'query-key-1' },
    }),
  };
  now = Date.parse('2026-11-22T06:00:00Z');
});

interface Opening {
  readonly authorize?: Authorization;
  readonly diagnose?: (answer: VendorAnswer) => Diagnosis | undefined;
  readonly limits?: { concurrency: number; perSecond: number | null };
  readonly stopAt?: Date;
}

function open(web: Web, { authorize, diagnose, limits, stopAt }: Opening = {}) {
  const definition: SourceDefinition = {
    ...madeUp,
    ...(authorize ? { authorize: () => authorize } : {}),
    ...(diagnose ? { diagnose } : {}),
    api: (settings) => {
      const facts = madeUp.api(settings);
      return { ...facts, limits: { ...facts.limits, ...limits } };
    },
  };
  const platform = {
    ...{ http: web.http, log: silentLog, clock: { now: () => new Date(now) }, stopAt },
    secrets: {
      get: async (name: string) => secrets[name] as string,
      async put(name: string, value: string) {
        secrets[name] = value;
      },
    },
  };
  return openVendor(platform, sourceOf(definition), definition);
}

/** Replies in order, the last one for ever. */
const inTurn = (...replies: Reply[]) => {
  let at = 0;
  return () => replies[Math.min(at++, replies.length - 1)] as Reply;
};

const failure = async (work: Promise<unknown>): Promise<VigieError> => {
  try {
    await work;
  } catch (error) {
    return error as VigieError;
  }
  throw new Error('it did not fail');
};

describe('what is transient is asked again', () => {
  test.each<[string, Reply]>([
    ['429', { status: 429, headers: { 'retry-after': '7' } }],
    ['503', { status: 503 }],
    ['a dropped connection', { dropped: true }],
    ['a body that breaks off', { body: { value: 'x'.repeat(9000) }, cutAt: 5000 }],
    ['JSON that does not end', { body: '{"value":[1,2', headers: { 'content-type': 'application/json' } }],
  ])('%s', async (_what, bad) => {
    const web = fakeWeb(inTurn(bad, bad, { body: { ok: true } }));
    expect((await open(web).ask({ url: '/x' })).json()).toEqual({ ok: true });
    expect(web.sent).toHaveLength(3);
  });

  test('as long as the vendor asks, by seconds or by date', async () => {
    const date = new Date(now + 30_000).toUTCString();
    const web = fakeWeb(
      inTurn(
        { status: 429, headers: { 'retry-after': '7' } },
        { status: 503, headers: { 'retry-after': date } },
        { body: {} },
      ),
    );
    await open(web).ask({ url: '/x' });
    expect(web.waits.filter((wait) => wait === 7000 || wait === 30_000).length).toBeGreaterThanOrEqual(2);
  });

  test('with pauses that double, and not for ever', async () => {
    const web = fakeWeb(() => ({ status: 500 }));
    const error = await failure(open(web).ask({ url: '/x' }));
    expect(error).toMatchObject({ code: 'VENDOR_UNAVAILABLE', retryable: true });
    expect(web.sent).toHaveLength(7);
    expect(web.waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000]);
  });

  test('unless it asks to wait for hours: the next run tries again', async () => {
    const web = fakeWeb(() => ({ status: 429, headers: { 'retry-after': '7200' } }));
    const error = await failure(open(web).ask({ url: '/x' }));
    expect(error.message).toContain('asks to wait 120 minutes');
    expect(web.sent).toHaveLength(1);
  });

  test('nor beyond the time that the caller has, unless the pause is short', async () => {
    const asksFor = (seconds: string) =>
      inTurn({ status: 429, headers: { 'retry-after': seconds } }, { body: {} });
    const stopAt = new Date(now + 60_000);
    const long = fakeWeb(asksFor('120'));
    expect(await failure(open(long, { stopAt }).ask({ url: '/x' }))).toMatchObject({
      code: 'VENDOR_UNAVAILABLE',
    });
    expect(long.waits).toEqual([]);
    const short = fakeWeb(asksFor('20'));
    await open(short, { stopAt: new Date(now) }).ask({ url: '/x' });
    expect(short.waits).toContain(20_000);
  });

  test('an answer that breaks off every time is too large: the slice can be split', async () => {
    const web = fakeWeb(() => ({ body: { value: 'x'.repeat(9000) }, cutAt: 5000 }));
    expect(await failure(open(web).ask({ url: '/x' }))).toMatchObject({ code: 'PAGE_TOO_LARGE' });
  });

  test('JSON that ends but is none is told with a sample, at once', async () => {
    const web = fakeWeb(() => ({ body: '{"a": NaN}', headers: { 'content-type': 'application/json' } }));
    expect(await failure(open(web).ask({ url: '/x' }))).toMatchObject({
      code: 'VENDOR_SHAPE',
      where: { sample: '{"a": NaN}' },
    });
    expect(web.sent).toHaveLength(1);
  });
});

describe('what is not transient is told, with what to do', () => {
  test.each([
    [400, 'VENDOR_REFUSED'],
    [401, 'VENDOR_REFUSED'],
    [403, 'VENDOR_NO_PERMISSION'],
    [410, 'VENDOR_VERSION_ENDED'],
    [413, 'PAGE_TOO_LARGE'],
    [302, 'VENDOR_REFUSED'],
  ])('%i is %s', async (status, code) => {
    const web = fakeWeb(() => ({ status }));
    const error = await failure(open(web).ask({ url: '/orders' }));
    expect(error).toMatchObject({ code });
    expect(error.message).toContain('Made up: GET /orders');
    expect(error.hint).toBeTruthy();
    expect(web.sent).toHaveLength(1);
  });

  test('the source’s own diagnosis comes first, good answers included', async () => {
    const web = fakeWeb(inTurn({ body: { error: 'busy' } }, { body: { ok: 1 } }));
    const vendor = open(web, {
      diagnose: (answer) =>
        answer.text.includes('busy') ? { kind: 'retry', reason: 'busy', retryAfter: 3 } : undefined,
    });
    expect((await vendor.ask({ url: '/x' })).json()).toEqual({ ok: 1 });
    expect(web.waits).toContain(3000);
  });
});

describe('credentials go to the configured origin only', () => {
  test.each([
    'https://evil.example/next',
    '//evil.example/x',
    'http://api.made-up.example/x',
    `https://u:p@api.made-up.example/x`,
  ])('%s is refused before anything is sent', async (url) => {
    const web = fakeWeb(() => ({ body: {} }));
    expect(await failure(open(web).ask({ url }))).toMatchObject({ code: 'VENDOR_FOREIGN_ORIGIN' });
    expect(web.sent).toEqual([]);
  });

  test('a signed download elsewhere is asked without any', async () => {
    const web = fakeWeb(() => ({ body: 'a;b' }));
    await open(web).ask({ url: 'https://files.example/r?sig=1', withoutCredentials: true });
    expect(web.sent[0]?.headers['authorization']).toBeUndefined();
    expect(
      await failure(open(web).ask({ url: 'http://files.example/r', withoutCredentials: true })),
    ).toMatchObject({
      code: 'VENDOR_FOREIGN_ORIGIN',
    });
  });

  test('relative paths, next links and queries keep what they hold', async () => {
    const web = fakeWeb(() => ({ body: {} }));
    const vendor = open(web);
    await vendor.ask({ url: '/a/b?x=(1,2)', query: { $filter: "a eq 'b c'", none: undefined } });
    await vendor.ask({ url: `${BASE}/a?page=2` });
    expect(web.sent.map(({ url }) => url)).toEqual(
      [`${BASE}/a/b?x=(1,2)&$filter=a%20eq%20%27b%20c%27`, `${BASE}/a?page=2`].map(
        (url) => new URL(url).href,
      ),
    );
  });
});

describe('ways to be let in', () => {
  test.each<[string, Authorization, (request: HttpRequest) => boolean]>([
    [
      'basic',
      { kind: 'basic', secret: '${secret:made-up}' },
      ({ headers }) =>
        headers['authorization'] === `Basic ${Buffer.from('reader:pass-word-1').toString('base64')}`,
    ],
    [
      'a token in a header of its own',
      { kind: 'token', secret: '${secret:made-up}', header: 'X-Key', prefix: '' },
      ({ headers }) => headers['x-key'] === 'static-token-1',
    ],
    [
      'a key in the query',
      { kind: 'query', secret: '${secret:made-up}', name: 'key' },
      ({ url }) => new URL(url).searchParams.get('key') === 'query-key-1',
    ],
  ])('%s', async (_what, authorize, holds) => {
    const web = fakeWeb(() => ({ body: {} }));
    const answer = await open(web, { authorize }).ask({ url: '/x?a=1' });
    expect(holds(web.sent[0] as HttpRequest)).toBe(true);
    expect(answer.request).toBe('GET /x?a=1');
  });

  const refresh = {
    ...{ kind: 'oauth2', grant: 'refresh_token', secret: '${secret:made-up}' },
    ...{ tokenUrl: TOKEN_URL, clientAuth: 'body', headersFromSecret: { 'developer-token': 'key' } },
  } as const satisfies Authorization;

  /** A token address that gives a new token each time, and a vendor that takes only the newest. */
  function tokenWeb(tokenReply: (count: number) => Reply = () => ({}), life = 3600) {
    let count = 0;
    return fakeWeb((request, url) => {
      if (url.href === TOKEN_URL) {
        count += 1;
        const extra = tokenReply(count);
        return {
          body: { access_token: `access-${count}-secret`, expires_in: life, ...(extra.body as object) },
          ...(extra.status ? extra : {}),
        };
      }
      return request.headers['authorization'] === `Bearer access-${count}-secret`
        ? { body: { ok: true } }
        : { status: 401 };
    });
  }
  const tokenRequests = (web: Web) => web.sent.filter(({ url }) => url === TOKEN_URL);

  test('one token is fetched, however many requests wait for it, and kept until it ends', async () => {
    const web = tokenWeb();
    const vendor = open(web, { authorize: refresh });
    await Promise.all(['/a', '/b', '/c'].map((url) => vendor.ask({ url })));
    expect(tokenRequests(web)).toHaveLength(1);
    expect(tokenRequests(web)[0]?.body).toBe(
      'grant_type=refresh_token&refresh_token=refresh-1&client_id=the-client&client_secret=the-client-secret',
    );
    expect(web.sent.at(-1)?.headers['developer-token']).toBe('query-key-1');
    now += 3_590_000;
    await vendor.ask({ url: '/d' });
    expect(tokenRequests(web)).toHaveLength(2);
  });

  test('a token that ends in the middle of the pages is renewed once', async () => {
    let valid = 1;
    let fetched = 0;
    const web = fakeWeb((request, url) => {
      if (url.href === TOKEN_URL) return { body: { access_token: `access-${++fetched}-secret` } };
      return request.headers['authorization'] === `Bearer access-${valid}-secret`
        ? { body: {} }
        : { status: 401 };
    });
    const vendor = open(web, { authorize: refresh });
    await vendor.ask({ url: '/page1' });
    valid = 2;
    await Promise.all([vendor.ask({ url: '/page2' }), vendor.ask({ url: '/page3' })]);
    expect(fetched).toBe(2);
    valid = 99;
    expect(await failure(vendor.ask({ url: '/page4' }))).toMatchObject({ code: 'VENDOR_REFUSED' });
    expect(fetched).toBe(3);
  });

  test('a rotated refresh token is stored at once, with its end', async () => {
    const web = tokenWeb((count) => ({
      body: { refresh_token: `refresh-${count + 1}`, refresh_token_expires_in: 7_776_000 },
    }));
    await open(web, { authorize: refresh }).ask({ url: '/a' });
    expect(JSON.parse(secrets['made-up'] as string)).toMatchObject({
      refresh_token: 'refresh-2',
      client_secret: 'the-client-secret',
      refresh_token_expires_at: '2027-02-20T06:00:00.000Z',
    });
  });

  test('a refused token address tells the vendor’s reason and what to do, never the secret', async () => {
    const web = fakeWeb(() => ({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'refresh-1 is revoked' },
    }));
    const error = await failure(open(web, { authorize: refresh }).ask({ url: '/a' }));
    expect(error.message).toBe('no token for made-up: 400 invalid_grant: (secret) is revoked');
    expect(error.hint).toContain('Make a new one');
    expect(web.sent).toHaveLength(1);
  });

  test('a service account signs its request (RFC 7523)', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    secrets['made-up'] = JSON.stringify({
      client_email: 'vigie@project.example',
      private_key: pem,
      private_key_id: 'k1',
    });
    const web = tokenWeb();
    await open(web, {
      authorize: { ...refresh, grant: 'jwt_bearer', scope: 'read', headersFromSecret: {} },
    }).ask({ url: '/a' });
    const [head, claims, signature] = (
      new URLSearchParams(tokenRequests(web)[0]?.body).get('assertion') ?? ''
    ).split('.') as [string, string, string];
    expect(JSON.parse(Buffer.from(head, 'base64url').toString())).toEqual({
      alg: 'RS256',
      typ: 'JWT',
      kid: 'k1',
    });
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      ...{ iss: 'vigie@project.example', aud: TOKEN_URL, scope: 'read', exp: now / 1000 + 3600 },
    });
    expect(
      verify('RSA-SHA256', Buffer.from(`${head}.${claims}`), publicKey, Buffer.from(signature, 'base64url')),
    ).toBe(true);
  });

  test('client credentials may stand in the header', async () => {
    const web = tokenWeb();
    await open(web, {
      authorize: { ...refresh, grant: 'client_credentials', clientAuth: 'basic', headersFromSecret: {} },
    }).ask({ url: '/a' });
    expect(tokenRequests(web)[0]?.headers['authorization']).toBe(
      `Basic ${Buffer.from('the-client:the-client-secret').toString('base64')}`,
    );
    expect(tokenRequests(web)[0]?.body).toBe('grant_type=client_credentials');
  });

  test('a secret that lacks a field is told by the names of its fields', async () => {
    secrets['made-up'] = JSON.stringify({ password: 'x-secret-x' });
    const error = await failure(open(fakeWeb(() => ({}))).ask({ url: '/a' }));
    expect(error).toMatchObject({ code: 'SECRET_INVALID' });
    expect(error.message).toBe('the secret made-up cannot be used: it lacks "token" (it has password)');
  });
});

describe('limits', () => {
  test('no more requests at once than the vendor allows', async () => {
    let running = 0;
    let most = 0;
    const web = fakeWeb(async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 2));
      running -= 1;
      return { body: {} };
    });
    const vendor = open(web, { limits: { concurrency: 2, perSecond: null } });
    await Promise.all(Array.from({ length: 12 }, () => vendor.ask({ url: '/x' })));
    expect(most).toBe(2);
  });

  test('their starts are spaced as the vendor allows', async () => {
    const web = fakeWeb(() => ({ body: {} }));
    const vendor = open(web, { limits: { concurrency: 8, perSecond: 4 } });
    await Promise.all(Array.from({ length: 5 }, () => vendor.ask({ url: '/x' })));
    expect(web.waits).toEqual([250, 500, 750, 1000]);
  });

  test.each<[string, Reply, 'zip' | 'gzip' | 'none', string]>([
    ['a page', { body: 'x'.repeat(2 << 20) }, 'none', 'PAGE_TOO_LARGE'],
    ['a gzip bomb', { body: gzipSync(Buffer.alloc(64 << 20)) }, 'gzip', 'PAGE_TOO_LARGE'],
    ['a ZIP bomb', { body: zipOf('a.csv', Buffer.alloc(64 << 20)) }, 'zip', 'PAGE_TOO_LARGE'],
    // A download that broke off looks the same: it is fetched again, and then the vendor counts as unavailable.
    [
      'a ZIP bomb that lies',
      { body: zipOf('a.csv', Buffer.alloc(64 << 20), 10) },
      'zip',
      'VENDOR_UNAVAILABLE',
    ],
  ])('%s beyond the limit of bytes is refused', async (_what, reply, unpack, code) => {
    expect(await failure(open(fakeWeb(() => reply)).ask({ url: '/x', unpack }))).toMatchObject({ code });
  });

  test('a ZIP and a gzip body are unpacked; one that is plain stays', async () => {
    const text = 'day;cost\n2026-11-21;1';
    const cases = [
      [zipOf('report.csv', Buffer.from(text)), 'zip'],
      [gzipSync(text), 'gzip'],
      [text, 'gzip'],
    ] as const;
    for (const [body, unpack] of cases)
      expect((await open(fakeWeb(() => ({ body }))).ask({ url: '/x', unpack })).text).toBe(text);
  });

  test('polling waits longer each time, and ends', async () => {
    const web = fakeWeb(() => ({}));
    const moments: number[] = [];
    const polling = async () => {
      for await (const moment of open(web).polls({ firstSeconds: 1, mostSeconds: 4, timeoutSeconds: 10 }))
        moments.push(moment);
    };
    expect(await failure(polling())).toMatchObject({ code: 'VENDOR_JOB_TIMEOUT', retryable: true });
    expect(moments).toEqual([1, 3, 7, 10]);
  });
});

describe('personal data and secrets', () => {
  test('addresses in an answer are hashed before the client sees it; annotations of OData stay', async () => {
    const body =
      '{"a":"Ada@Example.com","to_Item@odata.count":2,"b":"x\\nbob@mail.example","c":"eve\\u0040mail.example","d":"@home"}';
    const web = fakeWeb(() => ({ body, headers: { 'content-type': 'application/json' } }));
    const seen = (await open(web).ask({ url: '/x' })).json() as Record<string, unknown>;
    expect(seen['a']).toMatch(/^[0-9a-f]{64}$/);
    expect(seen['b']).toMatch(/^x\n[0-9a-f]{64}$/);
    expect(seen['c']).toMatch(/^[0-9a-f]{64}$/);
    expect(seen).toMatchObject({ 'to_Item@odata.count': 2, d: '@home' });
  });

  test('errors and notes hold neither', async () => {
    const web = fakeWeb(() => ({ status: 400, body: {} }));
    const vendor = open(web, {
      diagnose: () => ({
        kind: 'refused',
        reason: 'static-token-1 of ada@example.com is bad',
        hint: 'ask ada@example.com',
      }),
    });
    const error = await failure(vendor.ask({ url: '/x?owner=ada@example.com' }));
    vendor.note('static-token-1 is old');
    const told = JSON.stringify([error.message, error.hint, vendor.notes]);
    expect(told).not.toContain('static-token-1');
    expect(told).not.toContain('ada@example.com');
    expect(told).toContain('(e-mail address)');
  });
});

/** A ZIP of one file, with the size in its directory that is wanted. */
function zipOf(name: string, content: Buffer, claimed = content.length): Buffer {
  const packed = deflateRawSync(content);
  const crc = crc32(content);
  const head = (signature: number, central: boolean): Buffer => {
    const buffer = Buffer.alloc(central ? 46 : 30);
    buffer.writeUInt32LE(signature, 0);
    const at = central ? 2 : 0;
    buffer.writeUInt16LE(20, 4 + at);
    buffer.writeUInt16LE(8, 8 + at);
    buffer.writeUInt32LE(crc, 14 + at);
    buffer.writeUInt32LE(packed.length, 18 + at);
    buffer.writeUInt32LE(claimed, 22 + at);
    buffer.writeUInt16LE(name.length, 26 + at);
    return buffer;
  };
  const local = Buffer.concat([head(0x04034b50, false), Buffer.from(name), packed]);
  const central = Buffer.concat([head(0x02014b50, true), Buffer.from(name)]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}

function crc32(bytes: Buffer): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
