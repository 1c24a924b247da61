import { describe, expect, test } from 'vitest';
import { call, tokenOf } from './ad-calls.ts';

/** As its documentation says it behaves, without any client of ours. */
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
