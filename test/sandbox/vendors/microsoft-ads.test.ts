import { describe, expect, test } from 'vitest';
import { type Body, call, tokenOf, world } from './ad-calls.ts';

/** As its documentation says it behaves, without any client of ours. */
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
