import { afterEach, describe, expect, test } from 'vitest';
import type { SourceDefinition } from '../../../functions/pull/api/source.ts';
import { madeUp } from './made-up-source.ts';
import { fakeWeb, type Reply, type Web } from './web.ts';
import { type ApiWorld, apiWorld, sourceOf } from './world.ts';

const TOKEN_URL = 'https://login.made-up.example/token';
const PAGE = '<!DOCTYPE html><html><body>Please sign on</body></html>';
const HTML = { 'content-type': 'text/html; charset=utf-8' };

const byToken: SourceDefinition = {
  ...(madeUp as SourceDefinition),
  authorize: () => ({
    ...{ kind: 'oauth2', grant: 'refresh_token', secret: '${secret:made-up}' },
    ...{ tokenUrl: TOKEN_URL, clientAuth: 'body' },
  }),
};
const secret = JSON.stringify({ client_id: 'the-client', client_secret: 'hidden-1', refresh_token: 'r-1' });

let world: ApiWorld | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

/** Pulls three entities, one of them of three accounts, from a vendor whose token address gives these answers in turn. */
async function pull(...replies: Reply[]) {
  let asked = 0;
  const web = fakeWeb((_, url) =>
    url.href === TOKEN_URL
      ? (replies[Math.min(asked++, replies.length - 1)] as Reply)
      : { body: { value: [] } },
  );
  world = apiWorld(web.http, { 'made-up': secret });
  const report = await world.pull(byToken, sourceOf(byToken, { accounts: ['a1', 'a2', 'a3'] }));
  return { report, web };
}

const asked = (web: Web): number => web.sent.filter(({ url }) => url === TOKEN_URL).length;
const waited = (web: Web): number => web.waits.reduce((sum, ms) => sum + ms, 0);

describe('what is no token and will be none is refused at once, for the whole pull', () => {
  test.each<[string, Reply]>([
    ['a page', { body: PAGE, headers: HTML }],
    ['a page under the name of JSON', { body: PAGE, headers: { 'content-type': 'application/json' } }],
    ['a page larger than any token', { body: `${PAGE}${' '.repeat(2 << 20)}`, headers: HTML }],
    ['plain text', { body: 'ok' }],
    ['a list', { body: '[]' }],
    ['something that only looks like JSON', { body: '{access_token: 1}' }],
    ['a page of a wrong address', { status: 404, body: PAGE, headers: HTML }],
    ['a redirect to a sign-on page', { status: 302, body: PAGE, headers: { ...HTML, location: '/login' } }],
  ])('%s: one request, and the remedy is the address', async (_what, reply) => {
    const { report, web } = await pull(reply);
    expect(report).toMatchObject({ status: 'failed', problem: { code: 'VENDOR_REFUSED' } });
    expect(report.problem?.message).toContain('login.made-up.example answers with');
    expect(report.problem?.hint).toContain('Correct the address');
    expect(web.sent).toHaveLength(1);
    expect(waited(web)).toBe(0);
  });

  test.each<[string, Reply, string]>([
    ['refused credentials', { status: 400, body: { error: 'invalid_grant' } }, '400 invalid_grant'],
    ['JSON without a token', { body: { id_token: 'x' } }, 'the answer holds no access_token'],
  ])('%s: one request', async (_what, reply, words) => {
    const { report, web } = await pull(reply);
    expect(report).toMatchObject({ status: 'failed', problem: { code: 'VENDOR_REFUSED' } });
    expect(report.problem?.message).toContain(words);
    expect(web.sent).toHaveLength(1);
  });
});

describe('what may go well later is asked again, once for the whole pull', () => {
  test.each<[string, Reply]>([
    ['an outage told by a page', { status: 502, body: PAGE, headers: HTML }],
    ['too many requests', { status: 429, body: PAGE, headers: HTML }],
    ['a time-out of its own', { status: 408 }],
    ['an answer that is cut', { body: '{"access_token":"abc' }],
    ['an answer that breaks off', { body: { access_token: 'x'.repeat(9000) }, cutAt: 5000 }],
    ['no answer', { dropped: true }],
  ])('%s: seven requests and some two minutes, not seven times seven', async (_what, reply) => {
    const { report, web } = await pull(reply);
    expect(report).toMatchObject({ status: 'failed', problem: { code: 'VENDOR_UNAVAILABLE' } });
    expect(web.sent).toHaveLength(7);
    expect(waited(web)).toBeLessThan(2 * 60_000);
  });

  test('and all is well where it gets well, also behind a byte order mark', async () => {
    const token = '\uFEFF{"access_token":"a-token-of-nobody","expires_in":3600}';
    const { report, web } = await pull({ status: 503, body: PAGE, headers: HTML }, { body: token });
    expect(report.status).toBe('ok');
    expect(asked(web)).toBe(2);
  });
});

test('a token request is over when its time is, though its answer never keeps silent', async () => {
  const { web } = await pull({ body: { access_token: 'a-token-of-nobody' } });
  expect(web.sent.find(({ url }) => url === TOKEN_URL)?.mostMs).toBeLessThanOrEqual(60_000);
});
