import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { silentLog } from '../../../functions/platform/log.ts';
import type { Budget } from '../../../functions/pull/api/budget.ts';
import type { SourceDefinition } from '../../../functions/pull/api/source.ts';
import { usageOf } from '../../../functions/pull/api/usage.ts';
import type { Authorization } from '../../../functions/pull/api/vendor.ts';
import { openVendor } from '../../../functions/pull/api/vendor-client.ts';
import { madeUp } from './made-up-source.ts';
import { fakeWeb, type Reply, type Web } from './web.ts';
import { apiWorld, sourceOf } from './world.ts';

const NOW = new Date('2026-11-22T06:00:00Z');
const SECRET = { token: 'static-token-1', client_id: 'the-client', username: 'reader@nobody.example' };

/** A vendor whose clock goes on by what is waited. */
function open(web: Web, more: Partial<SourceDefinition> = {}, secret: object = SECRET) {
  const definition: SourceDefinition = { ...madeUp, ...more };
  const waited = () => web.waits.reduce((sum, wait) => sum + wait, 0);
  const platform = {
    http: web.http,
    log: silentLog,
    clock: { now: () => new Date(NOW.getTime() + waited()) },
    secrets: { get: async () => JSON.stringify(secret), put: async () => undefined },
  };
  return openVendor(platform, sourceOf(definition), definition);
}

const withBudget = (budget: Budget): Partial<SourceDefinition> => ({
  api: (settings) => ({
    ...madeUp.api(settings),
    limits: { concurrency: 4, perSecond: null, budgets: [budget] },
  }),
});

describe('what the vendor’s own headers say', () => {
  const epoch = (seconds: number) => String(NOW.getTime() / 1000 + seconds);
  test.each<[string, Record<string, string>, object]>([
    [
      'Brevo, an hour nearly used',
      {
        'x-sib-ratelimit-limit': '100',
        'x-sib-ratelimit-remaining': '4',
        'x-sib-ratelimit-reset': '1200',
      },
      { percent: 96, pauseSeconds: 0 },
    ],
    [
      'Brevo, the hour used up',
      {
        'x-sib-ratelimit-limit': '100',
        'x-sib-ratelimit-remaining': '0',
        'x-sib-ratelimit-reset': '1200',
      },
      { percent: 100, pauseSeconds: 1200 },
    ],
    [
      'HubSpot, ten seconds used up: a pause, and nothing to tell',
      {
        'X-HubSpot-RateLimit-Max': '100',
        'X-HubSpot-RateLimit-Remaining': '0',
        'X-HubSpot-RateLimit-Interval-Milliseconds': '10000',
      },
      { percent: 0, pauseSeconds: 10 },
    ],
    [
      'HubSpot, the day',
      { 'X-HubSpot-RateLimit-Daily': '650000', 'X-HubSpot-RateLimit-Daily-Remaining': '65000' },
      { percent: 90, pauseSeconds: 0 },
    ],
    [
      'Salesforce',
      { 'Sforce-Limit-Info': 'api-usage=4500/5000; per-app-api-usage=17/250(appName=vigie)' },
      { percent: 90, pauseSeconds: 0 },
    ],
    [
      'Meta, by account',
      { 'x-business-use-case-usage': '{"109":[{"call_count":91,"estimated_time_to_regain_access":4}]}' },
      { percent: 91, pauseSeconds: 240 },
    ],
    [
      'Meta, insights',
      { 'x-fb-ads-insights-throttle': '{"app_id_util_pct":12,"acc_id_util_pct":50}' },
      { percent: 50, pauseSeconds: 0 },
    ],
    [
      'an instant in seconds',
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': epoch(90) },
      { percent: 0, pauseSeconds: 90 },
    ],
    [
      'an instant in milliseconds',
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${epoch(90)}000` },
      { percent: 0, pauseSeconds: 90 },
    ],
    [
      'the draft of a standard',
      { 'ratelimit-limit': '60', 'ratelimit-remaining': '0', 'ratelimit-reset': '7' },
      { percent: 0, pauseSeconds: 7 },
    ],
    ['nothing', { 'content-type': 'text/csv' }, { percent: 0, pauseSeconds: 0 }],
  ])('%s', (_, headers, usage) => {
    expect(usageOf(new Headers(headers), NOW)).toEqual(usage);
  });

  test('whatever stands in them, no answer is refused over it', () => {
    const names = ['x-business-use-case-usage', 'sforce-limit-info', 'x-sib-ratelimit-remaining'];
    const text = fc.stringMatching(/^[\w{}[\]":.,=/ -]{0,40}$/);
    fc.assert(
      fc.property(fc.constantFrom(...names), text, (name, value) => {
        const { percent, pauseSeconds } = usageOf(new Headers({ [name]: value }), NOW);
        expect(percent).toBeGreaterThanOrEqual(0);
        expect(pauseSeconds).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('is told once where it is nearly used', async () => {
    const headers = { 'x-business-use-case-usage': '{"109":[{"call_count":91}]}' };
    const vendor = open(fakeWeb(() => ({ body: {}, headers })));
    await vendor.ask({ url: '/a' });
    await vendor.ask({ url: '/b' });
    expect(vendor.notes).toEqual(['Made up: 91 % of what may be asked is used']);
  });

  test('is waited for when the vendor refuses, and before the next request where nothing is left', async () => {
    const gone = { 'x-sib-ratelimit-remaining': '0', 'x-sib-ratelimit-reset': '40' };
    const replies: Reply[] = [{ status: 429, headers: gone }, { body: {}, headers: gone }, { body: {} }];
    const web = fakeWeb(() => replies.shift() as Reply);
    const vendor = open(web);
    await vendor.ask({ url: '/a' });
    expect(web.waits).toContain(40_000);
    const before = web.waits.length;
    await vendor.ask({ url: '/b' });
    expect(web.waits.slice(before)).toEqual([40_000]);
  });
});

describe('a budget', () => {
  test('of a short span is waited for', async () => {
    const web = fakeWeb(() => ({ body: {} }));
    const vendor = open(web, withBudget({ requests: 3, seconds: 60 }));
    for (let count = 0; count < 7; count += 1) await vendor.ask({ url: '/a' });
    expect(web.waits).toEqual([60_000, 60_000]);
    expect(vendor.nearEnd()).toBeUndefined();
  });

  test('holds in any span, however requests come', async () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 90_000 }), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(gaps, fc.integer({ min: 1, max: 5 }), async (pauses, requests) => {
        const starts: number[] = [];
        const web = fakeWeb(() => {
          starts.push(NOW.getTime() + web.waits.reduce((sum, wait) => sum + wait, 0));
          return { body: {} };
        });
        const vendor = open(web, withBudget({ requests, seconds: 60 }));
        for (const pause of pauses) {
          web.waits.push(pause);
          await vendor.ask({ url: '/a' });
        }
        for (const [index, start] of starts.entries())
          expect((starts[index + requests] ?? Number.POSITIVE_INFINITY) - start).toBeGreaterThanOrEqual(
            60_000,
          );
      }),
      { numRuns: 30 },
    );
  });

  test('of an hour ends the pull: what was complete is kept, and the next run reads on', async () => {
    // Eleven months, a request each, and room for eight an hour.
    const asked: string[] = [];
    const web = fakeWeb((_, url) => {
      asked.push(url.searchParams.get('from') ?? '');
      return { body: { value: [] } };
    });
    const definition: SourceDefinition = {
      ...madeUp,
      ...withBudget({ requests: 8, seconds: 3600 }),
      entities: (settings) => madeUp.entities(settings).filter(({ name }) => name === 'spend'),
    };
    const world = apiWorld(web.http, { 'made-up': JSON.stringify(SECRET) });
    const source = sourceOf(definition, { starts_on: '2026-01-01' });
    const first = await world.pull(definition, source);
    expect(first).toMatchObject({ status: 'failed', problem: { code: 'VENDOR_BUDGET' } });
    expect(first.problem?.message).toContain('8 requests that it allows an hour');
    expect(first.batches).toHaveLength(1);
    await world.load(first);
    const begins = [asked[0]];
    for (let hour = 8; asked.at(-1) !== '2026-11-01'; hour += 2) {
      world.setNow(`2026-11-22T${String(hour).padStart(2, '0')}:00:00Z`);
      const before = asked.length;
      await world.load(await world.pull(definition, source, { run: `run-${hour}` }));
      expect(asked.length - before).toBeLessThanOrEqual(8);
      begins.push(asked[before]);
    }
    expect(begins.length).toBeLessThanOrEqual(4);
    expect(begins).toEqual([...new Set(begins)].sort());
    await world.close();
  });
});

describe('a token', () => {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const salesforce: Authorization = {
    ...{ kind: 'oauth2', grant: 'jwt_bearer', secret: '${secret:made-up}', clientAuth: 'body' },
    tokenUrl: 'https://login.made-up.example/token',
    claims: {
      ...{ issuer: 'client_id', subject: 'username' },
      ...{ audience: 'https://login.made-up.example', lifeSeconds: 180 },
    },
    baseUrlFrom: { field: 'instance_url', hosts: ['.my.made-up.example'] },
  };
  const tokenWeb = (instance: string) =>
    fakeWeb((_, url) => ({
      body: url.pathname === '/token' ? { access_token: 'token-1', instance_url: instance } : { ok: true },
    }));
  const ask = (web: Web, url = '/services/data') =>
    open(web, { authorize: () => salesforce }, { ...SECRET, private_key: privateKey }).ask({ url });

  test('is asked for in the name of a user, for an audience that is not the token’s address', async () => {
    const web = tokenWeb('https://acme.my.made-up.example');
    await ask(web);
    const assertion = new URLSearchParams(web.sent[0]?.body).get('assertion') ?? '';
    const claims = JSON.parse(Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString());
    const iat = NOW.getTime() / 1000;
    expect(claims).toEqual({
      ...{ iss: 'the-client', sub: 'reader@nobody.example', aud: 'https://login.made-up.example' },
      ...{ iat, exp: iat + 180 },
    });
  });

  test('says where it is good, next links included', async () => {
    const web = tokenWeb('https://acme.my.made-up.example/');
    await ask(web);
    await ask(web, 'https://acme.my.made-up.example/services/next');
    const urls = web.sent.map(({ url }) => url).filter((url) => !url.endsWith('/token'));
    expect(urls).toEqual([
      'https://acme.my.made-up.example/services/data',
      'https://acme.my.made-up.example/services/next',
    ]);
  });

  test.each([
    'https://evil.example',
    'https://my.made-up.example.evil.example',
    'http://acme.my.made-up.example',
    'https://user:pass@acme.my.made-up.example',
    'nonsense',
  ])('that points to %s goes nowhere', async (instance) => {
    const web = tokenWeb(instance);
    await expect(ask(web)).rejects.toMatchObject({ code: 'VENDOR_FOREIGN_ORIGIN' });
    expect(web.sent.map(({ url }) => new URL(url).pathname)).toEqual(['/token']);
  });
});
