import { describe, expect, test } from 'vitest';
import type { VendorReply } from '../../../sandbox/vendors/vendor.ts';
import { type AdKind, type AdWorld, openAdWorld } from './ad-world.ts';

/** Each simulated platform by itself, as its documentation says it behaves: without any client of ours. */
const world: AdWorld = await openAdWorld({ days: 10 });
world.live();

// biome-ignore lint/suspicious/noExplicitAny: what four vendors answer, looked into here and there.
type Body = any;

async function call(
  kind: AdKind,
  path: string,
  init: RequestInit = {},
): Promise<VendorReply & { json(): Body }> {
  const reply = await world.vendors.get(kind)?.answer({
    method: init.method ?? 'GET',
    url: new URL(`http://127.0.0.1:9000${path}`),
    headers: new Headers(init.headers),
    body: String(init.body ?? ''),
  });
  if (!reply) throw new Error(`no ${kind}`);
  return { ...reply, json: () => JSON.parse(String(reply.body)) };
}

async function tokenOf(kind: AdKind, path: string): Promise<Record<string, string>> {
  const secret = world.vendors.get(kind)?.secret ?? {};
  const body = new URLSearchParams({ ...secret, grant_type: 'refresh_token' }).toString();
  const { access_token } = (await call(kind, path, { method: 'POST', body })).json();
  return { authorization: `Bearer ${access_token}` };
}

describe('Google Ads', () => {
  const path = '/v26/customers/4821937605/googleAds';
  const headers = async () => ({
    ...(await tokenOf('google-ads', '/token')),
    'developer-token': world.vendors.get('google-ads')?.secret['developer_token'] ?? '',
    'login-customer-id': '7130992846',
  });
  const search = async (method: string, body: object) =>
    call('google-ads', `${path}:${method}`, {
      method: 'POST',
      headers: await headers(),
      body: JSON.stringify(body),
    });
  const query =
    "SELECT campaign.id, metrics.cost_micros FROM campaign WHERE segments.date BETWEEN '2026-11-20' AND '2026-11-21'";

  test('writes 64-bit numbers as text, names in camel case, and a list of chunks where it streams', async () => {
    const [chunk] = (await search('searchStream', { query })).json();
    expect(chunk.fieldMask).toBe('campaign.id,metrics.costMicros');
    expect(chunk.results).toHaveLength(8);
    expect(chunk.results[0].metrics.costMicros).toMatch(/^\d+0000$/);
  });

  test.each([
    ['search', { query, pageSize: 10 }, 'requestError', 'PAGE_SIZE_NOT_SUPPORTED'],
    ['search', { query, pageToken: 'x' }, 'requestError', 'INVALID_PAGE_TOKEN'],
    ['search', { query: 'SELECT campaign.colour FROM campaign' }, 'queryError', 'UNRECOGNIZED_FIELD'],
    ['search', { query: 'DROP campaign' }, 'queryError', 'UNEXPECTED_INPUT'],
  ])('%s %j is refused: %s %s', async (method, body, kind, code) => {
    const reply = await search(method, body);
    expect(reply.status).toBe(400);
    expect(reply.json().error.details[0].errors[0].errorCode).toEqual({ [kind]: code });
  });

  test('writes the errors of a stream into a list', async () => {
    const reply = await search('searchStream', { query: 'nonsense' });
    expect(reply.json()[0].error.status).toBe('INVALID_ARGUMENT');
  });
});

describe('Microsoft Advertising', () => {
  const headers = async () => ({
    ...(await tokenOf('microsoft-ads', '/common/oauth2/v2.0/token')),
    DeveloperToken: world.vendors.get('microsoft-ads')?.secret['developer_token'] ?? '',
    CustomerId: '21006913',
    CustomerAccountId: '188204517',
  });
  const order = (more: object = {}) => ({
    Type: 'CampaignPerformanceReportRequest',
    Aggregation: 'Daily',
    Columns: ['TimePeriod', 'CampaignId', 'Spend'],
    Scope: { AccountIds: ['188204517'] },
    Time: {
      CustomDateRangeStart: { Day: 20, Month: 11, Year: 2026 },
      CustomDateRangeEnd: { Day: 21, Month: 11, Year: 2026 },
    },
    ...more,
  });
  const ask = async (operation: string, body: object, own: Record<string, string>) =>
    call('microsoft-ads', `/Reporting/v13/GenerateReport/${operation}`, {
      method: 'POST',
      headers: own,
      body: JSON.stringify(body),
    });

  test('takes some looks, then gives an address on another host that wants no credentials', async () => {
    // A refresh token is used once: the world's secret is the first one.
    const own = await headers();
    const { ReportRequestId } = (await ask('Submit', { ReportRequest: order() }, own)).json();
    const looks: Body[] = [];
    for (let look = 0; look < 3; look += 1)
      looks.push((await ask('Poll', { ReportRequestId }, own)).json().ReportRequestStatus);
    expect(looks.map(({ Status }) => Status)).toEqual(['Pending', 'Pending', 'Success']);
    const url = new URL(looks[2].ReportDownloadUrl);
    expect(url.hostname).toBe('localhost');
    const path = `${url.pathname}${url.search}`;
    expect((await call('microsoft-ads', path, { headers: own })).status).toBe(400);
    expect((await call('microsoft-ads', url.pathname)).status).toBe(403);
    const zip = await call('microsoft-ads', path);
    expect(
      Buffer.from(zip.body as Uint8Array)
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');

    expect(
      (await ask('Submit', { ReportRequest: order({ Columns: ['Colour'] }) }, own)).json().OperationErrors[0]
        .ErrorCode,
    ).toBe('ReportingServiceInvalidColumn');
    const none = order({
      Time: {
        CustomDateRangeStart: { Day: 1, Month: 1, Year: 2026 },
        CustomDateRangeEnd: { Day: 2, Month: 1, Year: 2026 },
      },
    });
    const empty = (await ask('Submit', { ReportRequest: none }, own)).json().ReportRequestId;
    for (let look = 0; look < 2; look += 1) await ask('Poll', { ReportRequestId: empty }, own);
    expect((await ask('Poll', { ReportRequestId: empty }, own)).json().ReportRequestStatus).toEqual({
      ReportDownloadUrl: null,
      Status: 'Success',
    });
    expect(
      (await ask('Submit', { ReportRequest: order() }, { ...own, CustomerId: '1' })).json().Errors[0].Code,
    ).toBe(106);
  });
});

describe('LinkedIn', () => {
  const usual = { 'linkedin-version': '202607', 'x-restli-protocol-version': '2.0.0' };
  const report = (
    account = '507719264',
    range = '(start:(year:2026,month:11,day:20),end:(year:2026,month:11,day:21))',
    fields = 'pivotValues,clicks',
  ) =>
    `/rest/adAnalytics?q=analytics&pivot=CAMPAIGN_GROUP&timeGranularity=DAILY&dateRange=${range}&accounts=List(urn%3Ali%3AsponsoredAccount%3A${account})&fields=${fields}`;
  const ask = async (path: string, own: Record<string, string> = usual) =>
    call('linkedin-ads', path, {
      headers: { ...(await tokenOf('linkedin-ads', '/oauth/v2/accessToken')), ...own },
    });

  test('answers a query in Rest.li 2.0, without pages', async () => {
    expect((await ask(report())).json().elements).toHaveLength(6);
  });

  test.each([
    [
      'structure that was encoded',
      report('507719264', encodeURIComponent('(start:(year:2026,month:11,day:20))')),
      usual,
      400,
    ],
    ['more than 20 fields', report('507719264', undefined, Array(21).fill('clicks').join(',')), usual, 400],
    ['a field that there is none', report('507719264', undefined, 'colour'), usual, 400],
    ['no version', report(), { 'x-restli-protocol-version': '2.0.0' }, 400],
    ['a version that has ended', report(), { ...usual, 'linkedin-version': '202401' }, 426],
    ['another protocol', report(), { 'linkedin-version': '202607' }, 400],
    ['an account one may not see', '/rest/adAccounts/1', usual, 403],
  ])('refuses %s', async (_, path, own, status) => {
    expect((await ask(path, own as Record<string, string>)).status).toBe(status);
  });

  test('gives nothing of an account one may not see, and does not say so', async () => {
    expect(await ask(report('1'))).toMatchObject({
      status: 200,
      body: expect.stringContaining('"elements":[]'),
    });
  });

  test('lists campaign groups in pages', async () => {
    const path = '/rest/adAccounts/507719264/adCampaignGroups?q=search&pageSize=2';
    const first = (await ask(path)).json();
    const second = (await ask(`${path}&pageToken=${first.metadata.nextPageToken}`)).json();
    expect([...first.elements, ...second.elements].map(({ name }) => name)).toEqual([
      'Fleet managers DACH',
      'Workshop owners',
      'Employer brand',
    ]);
    expect(second.metadata).toEqual({});
  });
});

describe('Meta', () => {
  const headers = { authorization: `Bearer ${world.vendors.get('meta-ads')?.secret['token']}` };
  const order = (more: Record<string, string> = {}) =>
    call('meta-ads', '/v26.0/act_1093348827715/insights', {
      method: 'POST',
      headers,
      body: new URLSearchParams({
        level: 'campaign',
        time_increment: '1',
        time_range: '{"since":"2026-11-12","until":"2026-11-21"}',
        fields: 'campaign_id,spend,actions',
        ...more,
      }).toString(),
    });

  test('works on a job for some looks, says completed before it is, then gives pages by cursor, tokens in their addresses', async () => {
    const { report_run_id: run } = (await order()).json();
    expect((await call('meta-ads', `/v26.0/${run}/insights`, { headers })).status).toBe(400);
    const states: string[] = [];
    for (let look = 0; look < 4; look += 1) {
      const job = (await call('meta-ads', `/v26.0/${run}`, { headers })).json();
      states.push(`${job.async_status} ${job.async_percent_completion}`);
    }
    expect(states).toEqual(['Job Started 0', 'Job Running 40', 'Job Completed 90', 'Job Completed 100']);
    const first = (await call('meta-ads', `/v26.0/${run}/insights?limit=15`, { headers })).json();
    expect(first.data).toHaveLength(15);
    expect(first.paging.next).toContain('access_token=EAAG');
    const last = (
      await call('meta-ads', `/v26.0/${run}/insights?limit=15&after=${first.paging.cursors.after}`, {
        headers,
      })
    ).json();
    expect(last.data).toHaveLength(5);
    expect(last.paging.next).toBeUndefined();
    expect(typeof last.data[0].spend).toBe('string');
  });

  test.each([
    [{ action_attribution_windows: '["7d_view"]' }, 100],
    [{ fields: 'colour' }, 100],
    [{ time_range: '{"since":"2021-01-01","until":"2021-01-31"}' }, 3018],
  ])('refuses %j', async (more, code) => {
    const reply = await order(more as Record<string, string>);
    expect(reply.status).toBe(400);
    expect(reply.json().error.code).toBe(code);
  });

  test('refuses without a token, with a wrong one, and in a version that has ended', async () => {
    const code = async (path: string, own: Record<string, string>) =>
      (await call('meta-ads', path, { headers: own })).json().error.code;
    expect(await code('/v26.0/act_1093348827715', {})).toBe(104);
    expect(await code('/v26.0/act_1093348827715', { authorization: 'Bearer x' })).toBe(190);
    expect(await code('/v24.0/act_1093348827715', headers)).toBe(2635);
  });
});
