import { createSign } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { invent } from '../../../sandbox/companies/wholesale/invent.ts';
import { makeVendor, PROPERTY_ID } from '../../../sandbox/vendors/ga4/vendor.ts';
import type { DailyVendor, VendorReply } from '../../../sandbox/vendors/vendor.ts';

/** Google Analytics as it is simulated: what its clients have to cope with. */
const endsOn = '2026-11-21';
let now = new Date('2026-11-22T05:00:00Z');
let google: DailyVendor;
let sessions = 0;

beforeAll(() => {
  const { company, days, last, effects } = invent({ seed: 5, endsOn, days: 14, scale: 0.1, stories: true });
  google = makeVendor({ company, days, last, effects, seed: 5, now: () => now });
  for (const happened of company.live()) {
    google.day(happened);
    if (effects.tagsDelivered(happened.day.index)) sessions += happened.sessions.length;
  }
});

const ORIGIN = 'http://127.0.0.1:18876';
async function call(path: string, body: string, token = ''): Promise<VendorReply> {
  const headers = new Headers(token ? { authorization: `Bearer ${token}` } : {});
  return google.answer({ method: 'POST', url: new URL(path, ORIGIN), headers, body });
}
interface Row {
  readonly dimensionValues: readonly { readonly value: string }[];
  readonly metricValues: readonly { readonly value: string }[];
}
interface Body {
  readonly access_token?: string;
  readonly error?: { readonly status?: string; readonly message?: string };
  readonly rows?: readonly Row[];
  readonly rowCount?: number;
  readonly propertyQuota?: object;
}
const json = (reply: VendorReply) => JSON.parse(String(reply.body)) as Body;

function assertion(changes: object = {}): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const iat = Math.floor(now.getTime() / 1000);
  const claims = {
    iss: google.secret['client_email'],
    aud: `${ORIGIN}/token`,
    scope: 'https://www.googleapis.com/auth/analytics.readonly',
    iat,
    exp: iat + 3600,
    ...changes,
  };
  const text = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`;
  const signature = createSign('RSA-SHA256')
    .update(text)
    .sign(google.secret['private_key'] ?? '', 'base64url');
  return new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion: `${text}.${signature}`,
  }).toString();
}
const token = async (): Promise<string> => json(await call('/token', assertion())).access_token ?? '';
const run = async (request: object, property = PROPERTY_ID) =>
  call(`/v1beta/properties/${property}:runReport`, JSON.stringify(request), await token());
const all = {
  dateRanges: [{ startDate: '2026-11-08', endDate: endsOn }],
  dimensions: [{ name: 'date' }, { name: 'landingPage' }],
  metrics: [{ name: 'sessions' }],
};

describe('tokens', () => {
  test.each([
    ['another audience', { aud: 'https://elsewhere.example' }, 'invalid_grant'],
    ['a day at once', { exp: 2_000_000_000 }, 'invalid_grant'],
    ['another scope', { scope: 'https://www.googleapis.com/auth/analytics' }, 'invalid_scope'],
    ['somebody else', { iss: 'x@y.example' }, 'invalid_grant'],
  ])('are refused to %s', async (_, changes, error) => {
    const reply = await call('/token', assertion(changes));
    expect([reply.status, json(reply).error]).toEqual([400, error]);
  });

  test('end after an hour', async () => {
    const good = await token();
    const path = `/v1beta/properties/${PROPERTY_ID}:runReport`;
    expect((await call(path, JSON.stringify(all), good)).status).toBe(200);
    now = new Date(now.getTime() + 3_600_000);
    const late = await call(path, JSON.stringify(all), good);
    expect([late.status, json(late).error?.status]).toEqual([401, 'UNAUTHENTICATED']);
  });
});

describe('reports', () => {
  test('hold texts by position, and the number of all rows', async () => {
    const body = json(await run({ ...all, limit: '5', returnPropertyQuota: true }));
    const { rows = [] } = body;
    expect(rows).toHaveLength(5);
    expect(rows[0]?.dimensionValues).toHaveLength(2);
    expect(typeof rows[0]?.metricValues[0]?.value).toBe('string');
    expect(body.rowCount).toBeGreaterThan(5);
    expect(Object.keys(body.propertyQuota ?? {})).toContain('tokensPerProjectPerHour');
  });

  test('add up to what the company lived', async () => {
    const body = json(await run({ ...all, dimensions: [] }));
    expect(body.rows?.[0]?.metricValues[0]?.value).toBe(String(sessions));
  });

  test('of days on which the tags were silent have no rows at all', async () => {
    const body = json(await run({ ...all, dateRanges: [{ startDate: endsOn, endDate: endsOn }] }));
    expect(Object.keys(body)).not.toContain('rows');
    expect(Object.keys(body)).not.toContain('rowCount');
  });

  test.each([
    [{ ...all, metrics: [{ name: 'visits' }] }, PROPERTY_ID, 400, 'INVALID_ARGUMENT'],
    [
      { ...all, dateRanges: [{ startDate: '2026-11-09', endDate: '2026-11-08' }] },
      PROPERTY_ID,
      400,
      'INVALID_ARGUMENT',
    ],
    [all, '1', 403, 'PERMISSION_DENIED'],
  ])('refuse in Google’s words (%#)', async (request, property, status, word) => {
    const reply = await run(request, property);
    expect([reply.status, json(reply).error?.status]).toEqual([status, word]);
  });

  test('end when the tokens of the hour are used up', async () => {
    const path = `/v1beta/properties/${PROPERTY_ID}:runReport`;
    const silent = JSON.stringify({ ...all, dateRanges: [{ startDate: endsOn, endDate: endsOn }] });
    const good = await token();
    let reply = await call(path, silent, good);
    for (let count = 0; reply.status === 200 && count < 6000; count += 1)
      reply = await call(path, silent, good);
    expect([reply.status, json(reply).error?.message]).toEqual([
      429,
      expect.stringContaining('Exhausted property tokens for a project per hour'),
    ]);
    now = new Date(now.getTime() + 3_600_000);
    expect((await run(all)).status).toBe(200);
  });
});
