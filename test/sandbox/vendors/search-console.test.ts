import { createSign } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { invent } from '../../../sandbox/companies/wholesale/invent.ts';
import { makeVendor, SITE } from '../../../sandbox/vendors/search-console/vendor.ts';
import type { DailyVendor, VendorReply } from '../../../sandbox/vendors/vendor.ts';

/** Search Console as it is simulated: what its clients have to cope with. */
const ORIGIN = 'http://127.0.0.1:18877';
/** In California it is the evening of the 21st. */
const now = new Date('2026-11-22T05:00:00Z');
let google: DailyVendor;
let token = '';

interface Row {
  readonly keys: readonly string[];
  readonly clicks: number;
  readonly impressions: number;
  readonly position: number;
}
interface Body {
  readonly access_token?: string;
  readonly rows?: readonly Row[];
  readonly metadata?: object;
  readonly responseAggregationType?: string;
  readonly error?: { readonly errors: readonly { readonly reason: string }[] };
}
const json = (reply: VendorReply) => JSON.parse(String(reply.body)) as Body;

const call = async (path: string, body: string, method = 'POST'): Promise<VendorReply> =>
  google.answer({
    ...{ method, url: new URL(path, ORIGIN), body },
    headers: new Headers(token ? { authorization: `Bearer ${token}` } : {}),
  });
const pathOf = (site: string): string => `/webmasters/v3/sites/${encodeURIComponent(site)}`;
const ask = (question: object, site = SITE) =>
  call(`${pathOf(site)}/searchAnalytics/query`, JSON.stringify(question));
const month = { startDate: '2026-11-01', endDate: '2026-11-21', rowLimit: 25_000 };

function assertion(scope: string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const iat = Math.floor(now.getTime() / 1000);
  const claims = { iss: google.secret['client_email'], aud: `${ORIGIN}/token`, scope, iat, exp: iat + 3600 };
  const text = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`;
  const key = google.secret['private_key'] ?? '';
  const signature = createSign('RSA-SHA256').update(text).sign(key, 'base64url');
  return new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion: `${text}.${signature}`,
  }).toString();
}
const readonly = 'https://www.googleapis.com/auth/webmasters.readonly';

beforeAll(async () => {
  const { company, days, last, effects } = invent({
    ...{ seed: 5, endsOn: '2026-11-21', days: 30, scale: 0.1, stories: false },
  });
  google = makeVendor({ company, days, last, effects, seed: 5, now: () => now });
  for (const happened of company.live()) google.day(happened);
});

describe('access', () => {
  test('needs a token, and one for this API', async () => {
    const reply = await ask(month);
    expect([reply.status, json(reply).error?.errors[0]?.reason]).toEqual([401, 'authError']);
    const wrong = await call('/token', assertion('https://www.googleapis.com/auth/analytics.readonly'));
    expect(wrong.status).toBe(400);
    token = json(await call('/token', assertion(readonly))).access_token ?? '';
    expect((await ask(month)).status).toBe(200);
  });

  test('is to the one property', async () => {
    const other = await ask(month, 'https://www.marelune.example/');
    expect([other.status, json(other).error?.errors[0]?.reason]).toEqual([403, 'forbidden']);
    expect(json(await call(pathOf(SITE), '', 'GET'))).toEqual({
      ...{ siteUrl: SITE, permissionLevel: 'siteRestrictedUser' },
    });
  });
});

describe('rows', () => {
  test('come by clicks, and a sum of all has the average position by impressions', async () => {
    const { rows = [] } = json(await ask({ ...month, dimensions: ['date', 'device', 'country'] }));
    const clicks = rows.map((row) => row.clicks);
    expect(clicks).toEqual(clicks.toSorted((a, b) => b - a));
    expect(rows[0]?.keys).toHaveLength(3);
    const [all] = json(await ask(month)).rows ?? [];
    const sum = (of: (row: Row) => number): number => rows.reduce((total, row) => total + of(row), 0);
    expect(all?.clicks).toBe(sum((row) => row.clicks));
    expect(all?.position).toBeCloseTo(
      sum((row) => row.position * row.impressions) / sum((row) => row.impressions),
    );
  });

  test('of days that are not final are there only for whom asks, with the first of them', async () => {
    const days = async (dataState?: string) => {
      const body = json(await ask({ ...month, dimensions: ['date'], ...(dataState && { dataState }) }));
      return {
        newest: (body.rows ?? [])
          .flatMap(({ keys }) => keys)
          .toSorted()
          .at(-1),
        body,
      };
    };
    const final = await days('final');
    expect([final.newest, final.body.metadata]).toEqual(['2026-11-18', undefined]);
    const all = await days('all');
    expect([all.newest, all.body.metadata]).toEqual([
      ...['2026-11-21', { first_incomplete_date: '2026-11-19' }],
    ]);
  });

  test('are not there at all where there are none', async () => {
    const body = json(await ask({ ...month, startDate: '2026-11-20', dimensions: ['date'] }));
    expect(body).toEqual({ responseAggregationType: 'byProperty' });
  });

  test.each([
    ['a dimension that is none', { ...month, dimensions: ['month'] }],
    ['days that go backwards', { ...month, startDate: '2026-11-22' }],
    ['more rows than there may be', { ...month, rowLimit: 25_001 }],
  ])('are refused for %s', async (_, question) => {
    expect((await ask(question)).status).toBe(400);
  });
});
