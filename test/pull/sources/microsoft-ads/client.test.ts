import { describe, expect, test } from 'vitest';
import { source } from '../../../../functions/pull/sources/microsoft-ads/source.ts';
import { answering, answerOf, campaignsOf, pagesOf, sliceOf } from '../ad-spend/asking.ts';

const KEYS = { accounts: [188204517], customer: 21006913 };
const URL_OF_REPORT = 'https://bingadsappsstorageprod.blob.core.windows.net/r/1.zip?sig=abc';
const status = (Status: string, ReportDownloadUrl: string | null = null) =>
  answerOf(200, { ReportRequestStatus: { Status, ReportDownloadUrl } });

const read = (polls: readonly ReturnType<typeof status>[]) => {
  let looks = 0;
  const asked = answering(({ url }) => {
    if (url.endsWith('/Submit')) return answerOf(200, { ReportRequestId: '30000001' });
    if (url.endsWith('/Poll')) return polls[looks++] ?? status('Pending');
    return answerOf(200, 'TimePeriod\n');
  });
  const { entity, settings } = campaignsOf(source, KEYS);
  const slice = sliceOf('188204517', '2026-11-01', '2026-11-30');
  return { ...asked, pages: pagesOf(entity.pages(asked.vendor, settings, slice)) };
};

describe('a report', () => {
  test('is ordered, waited for and downloaded from another host without credentials', async () => {
    const { pages, requests } = read([
      status('Pending'),
      status('Pending'),
      status('Success', URL_OF_REPORT),
    ]);
    expect(await pages).toMatchObject([{ format: 'csv' }]);
    expect(requests.map(({ url }) => url.replace(/^.*\//, ''))).toEqual([
      'Submit',
      'Poll',
      'Poll',
      'Poll',
      '1.zip?sig=abc',
    ]);
    expect(requests.at(-1)).toEqual({ url: URL_OF_REPORT, withoutCredentials: true, unpack: 'zip' });
    expect(requests[0]).toMatchObject({
      headers: { CustomerId: '21006913', CustomerAccountId: '188204517' },
      body: {
        ReportRequest: {
          Type: 'CampaignPerformanceReportRequest',
          Aggregation: 'Daily',
          ExcludeReportHeader: true,
          ExcludeReportFooter: true,
          Scope: { AccountIds: ['188204517'] },
          Time: {
            CustomDateRangeStart: { Day: 1, Month: 11, Year: 2026 },
            CustomDateRangeEnd: { Day: 30, Month: 11, Year: 2026 },
          },
        },
      },
    });
  });

  test('keeps its signed address out of what is archived', async () => {
    const [page] = await read([status('Success', URL_OF_REPORT)]).pages;
    expect(page?.request).not.toContain('sig=');
  });

  test('that succeeds without an address has no data', async () => {
    const { pages, requests } = read([status('Success')]);
    expect(await pages).toEqual([]);
    expect(requests).toHaveLength(2);
  });

  test('that fails is ordered again by the next run', async () => {
    await expect(read([status('Error')]).pages).rejects.toMatchObject({
      code: 'VENDOR_UNAVAILABLE',
      retryable: true,
    });
  });

  test('of an unknown state fails the source', async () => {
    await expect(read([status('Vanished')]).pages).rejects.toMatchObject({ code: 'VENDOR_SHAPE' });
    await expect(read([answerOf(200, {})]).pages).rejects.toMatchObject({ code: 'VENDOR_SHAPE' });
  });
});

describe('an error', () => {
  const fault = (list: string, Code: number, ErrorCode: string) => ({
    TrackingId: 'x',
    Type: 'AdApiFaultDetail',
    [list]: [{ Code, ErrorCode, Message: 'what Microsoft says' }],
  });

  test.each([
    [401, fault('Errors', 109, 'AuthenticationTokenExpired'), 'token-expired'],
    [401, fault('Errors', 105, 'InvalidCredentials'), 'token-expired'],
    [403, fault('Errors', 106, 'UserIsNotAuthorized'), 'no-permission'],
    [400, fault('OperationErrors', 117, 'CallRateExceeded'), 'retry'],
    [400, fault('OperationErrors', 207, 'ConcurrentRequestOverLimit'), 'retry'],
    [500, fault('Errors', 0, 'InternalError'), 'retry'],
    [400, fault('OperationErrors', 2009, 'ReportingServiceInvalidColumn'), 'refused'],
  ])('%i %j means %s', (code, body, kind) => {
    expect(source.diagnose?.(answerOf(code, body))).toMatchObject({
      kind,
      reason: expect.stringContaining('what Microsoft says'),
    });
  });

  test('about the rate waits a minute', () => {
    const answer = answerOf(400, fault('OperationErrors', 117, 'CallRateExceeded'));
    expect(source.diagnose?.(answer)?.retryAfter).toBe(60);
  });

  test('that is not the service’s own is left to its status', () => {
    expect(source.diagnose?.(answerOf(502, '<html>'))).toBeUndefined();
    expect(source.diagnose?.(answerOf(403, { error: 'x' }))).toBeUndefined();
  });
});
