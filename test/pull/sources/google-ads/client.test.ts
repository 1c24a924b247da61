import { describe, expect, test } from 'vitest';
import { source } from '../../../../functions/pull/sources/google-ads/source.ts';
import { answering, answerOf, campaignsOf, pagesOf, sliceOf } from '../ad-spend/asking.ts';

const SLICE = sliceOf('4821937605', '2026-11-01', '2026-11-30');
const read = (keys: object, answer: Parameters<typeof answering>[0]) => {
  const asked = answering(answer);
  const { entity, settings } = campaignsOf(source, { accounts: ['4821937605'], ...keys });
  return { ...asked, pages: pagesOf(entity.pages(asked.vendor, settings, SLICE)) };
};

describe('what is asked', () => {
  test('is one stream of the days, through the manager', async () => {
    const { pages, requests } = read({ manager: '713-099-2846' }, () => answerOf(200, [{ requestId: 'a' }]));
    expect(await pages).toHaveLength(1);
    expect(requests).toEqual([
      {
        method: 'POST',
        url: '/v26/customers/4821937605/googleAds:searchStream',
        headers: { 'login-customer-id': '7130992846' },
        body: { query: expect.stringContaining("segments.date BETWEEN '2026-11-01' AND '2026-11-30'") },
      },
    ]);
  });

  test('of a search is every page, without a page size, which Google refuses', async () => {
    const { pages, requests } = read({ method: 'search' }, (_, index) =>
      answerOf(200, { results: [], ...(index < 2 ? { nextPageToken: `p${index + 1}` } : {}) }),
    );
    expect(await pages).toHaveLength(3);
    expect(requests.map(({ body }) => (body as { pageToken?: string }).pageToken)).toEqual([
      undefined,
      'p1',
      'p2',
    ]);
    expect(requests.every(({ body }) => !('pageSize' in (body as object)))).toBe(true);
  });

  test('ends when a page leads to itself', async () => {
    const { pages } = read({ method: 'search' }, () => answerOf(200, { results: [], nextPageToken: 'same' }));
    await expect(pages).rejects.toMatchObject({ code: 'VENDOR_INCOMPLETE', retryable: true });
  });

  test('names no status, so that removed campaigns keep their past', async () => {
    const { pages, requests } = read({}, () => answerOf(200, []));
    await pages;
    expect(JSON.stringify(requests)).not.toMatch(/status/i);
  });
});

describe('an empty day', () => {
  test('empties every day of the slice', () => {
    const { entity, settings } = campaignsOf(source, { accounts: ['4821937605'] });
    const scopes = entity.scopes?.(settings, sliceOf('4821937605', '2026-11-20', '2026-11-21'));
    expect(scopes).toEqual(
      ['2026-11-20', '2026-11-21'].map((spent_on) => ({
        table: 'ad_spend',
        scope: { platform: 'google', account_id: '4821937605', spent_on },
      })),
    );
  });
});

const failure = (code: object, details?: object) => ({
  error: {
    code: 400,
    message: 'Request contains an invalid argument.',
    status: 'INVALID_ARGUMENT',
    details: [
      {
        '@type': 'type.googleapis.com/google.ads.googleads.v26.errors.GoogleAdsFailure',
        errors: [{ errorCode: code, message: 'what Google says', ...(details ? { details } : {}) }],
      },
    ],
  },
});

describe('an error', () => {
  test.each([
    [429, { quotaError: 'RESOURCE_EXHAUSTED' }, 'retry'],
    [500, { internalError: 'INTERNAL_ERROR' }, 'retry'],
    [503, { internalError: 'TRANSIENT_ERROR' }, 'retry'],
    [504, { internalError: 'DEADLINE_EXCEEDED' }, 'retry'],
    [401, { authenticationError: 'OAUTH_TOKEN_EXPIRED' }, 'token-expired'],
    [401, { authenticationError: 'DEVELOPER_TOKEN_INVALID' }, 'no-permission'],
    [403, { authorizationError: 'USER_PERMISSION_DENIED' }, 'no-permission'],
    [400, { requestError: 'UNSUPPORTED_VERSION' }, 'version-ended'],
    [400, { queryError: 'REQUESTED_METRICS_FOR_MANAGER' }, 'refused'],
    [400, { queryError: 'UNRECOGNIZED_FIELD' }, 'refused'],
  ])('%i %j means %s, in a list as streams write it and alone', (status, code, kind) => {
    for (const body of [failure(code), [failure(code)]])
      expect(source.diagnose?.(answerOf(status, body))).toMatchObject({
        kind,
        reason: expect.stringContaining('what Google says'),
      });
  });

  test('of a quota says how long to wait', () => {
    const details = { quotaErrorDetails: { rateScope: 'ACCOUNT', rateName: 'Requests', retryDelay: '30s' } };
    const answer = answerOf(429, failure({ quotaError: 'RESOURCE_EXHAUSTED' }, details));
    expect(source.diagnose?.(answer)).toMatchObject({ kind: 'retry', retryAfter: 30 });
  });

  test('of a manager account says what to do', () => {
    const answer = answerOf(400, failure({ queryError: 'REQUESTED_METRICS_FOR_MANAGER' }));
    expect(source.diagnose?.(answer)?.hint).toMatch(/client accounts/);
  });

  test('at the end of a stream that began well is an error all the same', () => {
    const body = [{ results: [], requestId: 'a' }, failure({ internalError: 'INTERNAL_ERROR' })];
    expect(source.diagnose?.(answerOf(200, body))).toMatchObject({ kind: 'retry' });
  });

  test('that is a proxy’s page is left to its status', () => {
    expect(source.diagnose?.(answerOf(502, '<html>Bad Gateway</html>'))).toBeUndefined();
    expect(source.diagnose?.(answerOf(200, []))).toBeUndefined();
  });
});

describe('settings', () => {
  test.each([
    [{ accounts: [] }],
    [{ accounts: ['482-193-7605', '4821937605'] }],
    [{ accounts: ['Marelune'] }],
    [{ accounts: ['1'], version: '26' }],
    [{ accounts: ['1'], secret: 'GOCSPX-the-secret-itself' }],
    [{ accounts: ['1'], account: '2' }],
  ])('that make no sense are refused: %j', (keys) => {
    expect(source.settings.safeParse(keys).success).toBe(false);
  });

  test('know when a version ends, or are told', () => {
    const sunset = (keys: object) => source.api(source.settings.parse({ accounts: ['1'], ...keys })).sunset;
    expect(sunset({ version: 'v22' })).toBe('2026-10-07');
    expect(sunset({ version: 'v99' })).toBeNull();
    expect(sunset({ version: 'v26', version_sunset: '2027-11-17' })).toBe('2027-11-17');
  });
});

test('a service account signs its own way in; the developer token stands in its key file', () => {
  const authorize = (keys: object) => source.authorize(source.settings.parse({ accounts: ['1'], ...keys }));
  expect(authorize({})).toMatchObject({ grant: 'refresh_token' });
  expect(authorize({ auth: 'service_account' })).toMatchObject({
    ...{ grant: 'jwt_bearer', scope: 'https://www.googleapis.com/auth/adwords' },
    headersFromSecret: { 'developer-token': 'developer_token' },
  });
});
