import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { UrlAnswer } from '../../functions/platform/function-url.ts';
import type { Log } from '../../functions/platform/log.ts';
import { openProvider } from '../../functions/sign-in/provider.ts';
import { RETURN, type SignIn, signIn } from '../../functions/sign-in/sign-in.ts';
import { type Browser, browserAt, type Front } from './front.ts';
import { CLIENT, type ProviderStandIn, startProvider } from './provider-stand-in.ts';

const DOMAIN = 'kpi.site.example';
const PAGE = '/2026-11-27/net_revenue/index.html?lang=fr#brand=Nordwind';
const files = new Map([
  ['index.html', 'all days'],
  ['2026-11-27/net_revenue/index.html', 'the figure'],
]);
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const privatePem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();

let provider: ProviderStandIn;
let now: Date;
let logged: string[];
let world: SignIn;
beforeAll(async () => {
  provider = await startProvider();
});
afterAll(() => provider.stop());

beforeEach(() => {
  now = new Date('2026-11-28T08:00:00Z');
  logged = [];
  for (const name of Object.keys(provider.misdeeds))
    delete provider.misdeeds[name as keyof typeof provider.misdeeds];
  const note = (event: string, details?: object): void =>
    void logged.push(`${event} ${JSON.stringify(details)}`);
  world = {
    domain: DOMAIN,
    provider: () =>
      openProvider({
        issuer: provider.issuer,
        ...{ clientId: CLIENT.id, clientSecret: CLIENT.secret },
        returnTo: `https://${DOMAIN}${RETURN}`,
        fetch: provider.fetch,
      }),
    pass: async () => ({ domain: DOMAIN, keyPairId: 'K1', privateKey: privatePem, hours: 12 }),
    require: {},
    now: () => now,
    log: { debug: note, info: note, warn: note, error: note } satisfies Log,
  };
});

const browser = (publicKey = createPublicKey(privatePem)): Browser => {
  const front: Front = {
    ...{ domain: DOMAIN, publicKey, keyPairId: 'K1', files },
    now: () => now,
    signIn: (request) => signIn(world, request),
  };
  return browserAt(front);
};

/** Goes through a sign-in as a person would; what the provider's answer led to. */
async function through(own: Browser, page = PAGE): Promise<UrlAnswer> {
  const begun = await own.get(`/sign-in/begin?to=${encodeURIComponent(page)}`);
  expect(begun.statusCode).toBe(302);
  return own.get(provider.signIn(begun.headers['location'] ?? '').href);
}

describe('whoever has not signed in', () => {
  test.each(['/', '/index.html', PAGE, '/nothing.html'])(
    'reads nothing at %s, and is led to sign in',
    async (address) => {
      const { statusCode, body } = await browser().get(address);
      expect(statusCode).toBe(403);
      expect(body).toContain('/sign-in/begin');
      expect(body).not.toContain('the figure');
    },
  );

  test('is sent to the provider with PKCE, state and nonce, to come back here', async () => {
    const { headers, cookies } = await browser().get('/sign-in/begin');
    const { origin, searchParams } = new URL(headers['location'] ?? '');
    expect(origin).toBe(provider.issuer);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      client_id: CLIENT.id,
      redirect_uri: `https://${DOMAIN}/sign-in/return`,
      response_type: 'code',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/.{43}/),
      state: expect.stringMatching(/.{40}/),
      nonce: expect.stringMatching(/.{40}/),
    });
    expect(cookies[0]).toMatch(
      /^__Host-vigie-attempt=.*; Path=\/; Max-Age=900; Secure; SameSite=Lax; HttpOnly$/,
    );
  });
});

describe('whoever has signed in', () => {
  test('comes to the page that was asked for, language and line with it, and reads it', async () => {
    const own = browser();
    const answer = await through(own);
    expect(answer).toMatchObject({
      statusCode: 302,
      headers: { location: PAGE, 'cache-control': 'no-store' },
    });
    expect((await own.get(PAGE)).body).toBe('the figure');
    expect((await own.get('/')).body).toBe('all days');
    expect((await own.get('/2020-01-01/index.html')).statusCode).toBe(404);
  });

  test('is known by cookies that scripts do not see, over TLS, for as long as they hold', async () => {
    const own = browser();
    const { cookies } = await through(own);
    const passes = cookies.filter((cookie) => cookie.startsWith('CloudFront-'));
    expect(passes.length).toBeGreaterThan(2);
    for (const cookie of passes)
      expect(cookie).toMatch(/; Path=\/; Max-Age=43200; Secure; SameSite=Lax; HttpOnly$/);
    now = new Date('2026-11-28T19:59:59Z');
    expect((await own.get(PAGE)).statusCode).toBe(200);
    now = new Date('2026-11-28T20:00:00Z');
    expect((await own.get(PAGE)).statusCode).toBe(403);
  });

  test('is forgotten when signing out', async () => {
    const own = browser();
    await through(own);
    await own.get('/sign-in/out');
    expect([...own.cookies.keys()]).toEqual([]);
    expect((await own.get(PAGE)).statusCode).toBe(403);
  });

  test('a pass that is changed, or signed by another key, lets nobody in', async () => {
    const own = browser();
    await through(own);
    const policy = own.cookies.get('CloudFront-Policy') ?? '';
    own.cookies.set('CloudFront-Policy', `${policy.slice(0, 40)}A${policy.slice(41)}`);
    expect((await own.get(PAGE)).statusCode).toBe(403);
    const other = browser(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey);
    await through(other);
    const { statusCode, body } = await other.get(PAGE);
    expect(statusCode).toBe(403);
    // The page sends nobody round in circles who has just signed in.
    expect(own.cookies.get('vigie-signed-in')).toBe('1');
    expect(body).toMatch(/vigie-signed-in[\s\S]*site-key|site-key[\s\S]*vigie-signed-in/);
  });
});

describe('whoever does not bring what was asked for', () => {
  const noPass = (own: Browser) => [...own.cookies.keys()].filter((name) => name.startsWith('CloudFront-'));

  test.each([
    ['changed after it was signed', { tampered: true }],
    ['signed by another than the provider', { foreignKey: true }],
    ['for another application', { claims: { aud: 'another' } }],
    ['of another issuer', { claims: { iss: 'https://evil.example' } }],
    ['over', { claims: { exp: 1 } }],
    ['of another attempt', { claims: { nonce: 'another' } }],
  ] as const)('is refused with a token that is %s', async (_, misdeed) => {
    Object.assign(provider.misdeeds, misdeed);
    const own = browser();
    expect((await through(own)).statusCode).toBe(401);
    expect(noPass(own)).toEqual([]);
    expect((await own.get(PAGE)).statusCode).toBe(403);
    expect(logged.join()).toContain('sign-in refused');
  });

  test('a code without the attempt that it was begun with, or with another’s, is worth nothing', async () => {
    const [own, other] = [browser(), browser()];
    const begun = await own.get('/sign-in/begin');
    await other.get('/sign-in/begin');
    const back = provider.signIn(begun.headers['location'] ?? '').href;
    expect((await other.get(back)).statusCode).toBe(401);
    expect((await browser().get(back)).statusCode).toBe(400);
    expect(noPass(other)).toEqual([]);
    other.cookies.set('__Host-vigie-attempt', 'bm90IGpzb24');
    expect((await other.get(back)).statusCode).toBe(400);
  });

  test('a code is taken once', async () => {
    const own = browser();
    const begun = await own.get('/sign-in/begin');
    const attempt = own.cookies.get('__Host-vigie-attempt') ?? '';
    const back = provider.signIn(begun.headers['location'] ?? '').href;
    expect((await own.get(back)).statusCode).toBe(302);
    own.cookies.set('__Host-vigie-attempt', attempt);
    expect((await own.get(back)).statusCode).toBe(401);
  });

  test.each([
    [{}, 401],
    [{ roles: 'vigie-reader' }, 302],
    [{ roles: ['other', 'vigie-reader'] }, 302],
    [{ roles: ['vigie'] }, 401],
    [{ roles: 'vigie-reader-not' }, 401],
  ])('where the token has to say so, %j is answered %i', async (claims, status) => {
    world = { ...world, require: { roles: 'vigie-reader' } };
    provider.misdeeds.claims = claims;
    const own = browser();
    expect((await through(own)).statusCode).toBe(status);
    expect(noPass(own).length > 0).toBe(status === 302);
  });
});

test.each([
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example',
  '/%0d%0aSet-Cookie:a',
  'javascript:alert(1)',
  '/x//../..//evil.example',
])('a link that names %s as the page leads nowhere else', async (page) => {
  const { headers } = await through(browser(), page);
  const { origin } = new URL(headers['location'] ?? '', `https://${DOMAIN}`);
  expect(origin).toBe(`https://${DOMAIN}`);
  expect(headers['location']).toMatch(/^\/(?![/\\])[^\r\n]*$/);
});

test('a provider that cannot be reached is told as such, and asked again by the next', async () => {
  const working = world;
  world = { ...world, provider: () => Promise.reject(new Error('getaddrinfo ENOTFOUND')) };
  const { statusCode, body } = await browser().get('/sign-in/begin');
  expect(statusCode).toBe(502);
  expect(body).toContain('Try again');
  expect(logged.join()).toContain('ENOTFOUND');
  world = working;
  expect((await through(browser())).statusCode).toBe(302);
});

test('nothing else is answered below /sign-in/', async () => {
  expect((await browser().get('/sign-in/other')).statusCode).toBe(400);
  const request = {
    rawPath: '/sign-in/begin',
    rawQueryString: '',
    headers: {},
    requestContext: { http: { method: 'POST' } },
  };
  expect((await signIn(world, request)).statusCode).toBe(405);
});
