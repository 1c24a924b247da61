import { describe, expect, test } from 'vitest';
import { addDays, daysBetween } from '../../../../functions/lake/values/day.ts';
import type { VendorRequest } from '../../../../functions/pull/api/vendor.ts';
import { source } from '../../../../functions/pull/sources/linkedin-ads/source.ts';
import { answering, answerOf, campaignsOf, pagesOf, sliceOf } from '../ad-spend/asking.ts';

const ACCOUNT = '507719264';
const ROLES = {
  elements: [{ account: `urn:li:sponsoredAccount:${ACCOUNT}`, role: 'VIEWER', user: 'urn:li:person:x' }],
};

interface Linkedin {
  readonly elements?: (from: string, to: string) => readonly unknown[];
  readonly roles?: object;
  readonly pages?: readonly object[];
}

/** Days of a request, as its address says. */
function windowOf({ url }: VendorRequest): [string, string] {
  const [from = '', to = ''] = [...url.matchAll(/year:(\d+),month:(\d+),day:(\d+)/g)].map(
    ([, year, month, day]) => `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`,
  );
  return [from, to];
}

function read(
  { elements = () => [{}], roles = ROLES, pages = [{ elements: [] }] }: Linkedin,
  from = '2026-11-01',
  to = '2026-11-30',
) {
  let page = 0;
  const asked = answering((request) => {
    if (request.url.includes('adAnalytics'))
      return answerOf(200, { elements: elements(...windowOf(request)) });
    if (request.url.includes('adAccountUsers')) return answerOf(200, roles);
    if (request.url.includes('adCampaignGroups')) return answerOf(200, pages[page++]);
    return answerOf(200, { id: Number(ACCOUNT), currency: 'EUR', name: 'Marelune' });
  });
  const { entity, settings } = campaignsOf(source, { accounts: [`urn:li:sponsoredAccount:${ACCOUNT}`] });
  return { ...asked, pages: pagesOf(entity.pages(asked.vendor, settings, sliceOf(ACCOUNT, from, to))) };
}

describe('what is asked', () => {
  test('is written in Rest.li 2.0, structure as it is and values encoded, with version and protocol', async () => {
    const { pages, requests } = read({});
    await pages;
    const [{ url, headers } = { url: '' }] = requests;
    expect(url).toContain('dateRange=(start:(year:2026,month:11,day:1),end:(year:2026,month:11,day:30))');
    expect(url).toContain('accounts=List(urn%3Ali%3AsponsoredAccount%3A507719264)');
    expect(url).toContain('pivot=CAMPAIGN_GROUP&timeGranularity=DAILY');
    expect(headers).toEqual({ 'Linkedin-Version': '202607', 'X-Restli-Protocol-Version': '2.0.0' });
  });

  test('has at most 20 fields, whatever is chosen', async () => {
    const { pages, requests } = read({});
    await pages;
    expect(/fields=([^&]*)/.exec(requests[0]?.url ?? '')?.[1]?.split(',').length).toBeLessThanOrEqual(20);
  });

  test('brings names from every page of campaign groups, of those that are in the answer', async () => {
    const element = { pivotValues: ['urn:li:sponsoredCampaignGroup:2'] };
    const { pages } = read({
      elements: () => [element],
      pages: [
        { elements: [{ id: 1, name: 'One' }], metadata: { nextPageToken: 'abc' } },
        { elements: [{ id: 2, name: 'Two' }], metadata: {} },
      ],
    });
    expect(await pages).toMatchObject([{ facts: { currency: 'EUR', 'name:2': 'Two' } }]);
    expect(Object.keys((await pages)[0]?.facts ?? {})).toEqual(['currency', 'name:2']);
  });
});

test('currency and names are asked for once a pull, and again only where that failed', async () => {
  let down = true;
  const { vendor, requests } = answering(({ url }) => {
    if (url.includes('adAnalytics')) return answerOf(200, { elements: [{}] });
    if (url.includes('adCampaignGroups')) return answerOf(200, { elements: [] });
    if (down) throw new Error('down');
    return answerOf(200, { currency: 'EUR' });
  });
  const { entity, settings } = campaignsOf(source, { accounts: [ACCOUNT] });
  const month = (day: string) => pagesOf(entity.pages(vendor, settings, sliceOf(ACCOUNT, day)));
  await expect(month('2026-09-01')).rejects.toThrow('down');
  down = false;
  await month('2026-10-01');
  await month('2026-11-01');
  const paths = requests.map(({ url }) => url.replace(/\?.*/, '').replace(/^.*\//, ''));
  expect(paths).toEqual(['adAnalytics', ACCOUNT, 'adAnalytics', ACCOUNT, 'adCampaignGroups', 'adAnalytics']);
});

describe('an answer that may have been cut', () => {
  /** So many campaigns every day; LinkedIn cuts at 15,000 elements and does not say so. */
  const campaigns = (count: number) => (from: string, to: string) =>
    Array.from({ length: Math.min(15_000, count * (daysBetween(from, to) + 1)) }, () => ({}));

  test('is asked for again in halves, without gap or overlap', async () => {
    const { pages, requests } = read({ elements: campaigns(1_000) });
    const lists = (await pages).map((page) => (page.json() as { elements: unknown[] }).elements.length);
    expect(lists.reduce((sum, count) => sum + count)).toBe(30_000);
    const windows = requests.filter(({ url }) => url.includes('adAnalytics')).map(windowOf);
    const whole = windows.filter(([from, to]) => (daysBetween(from, to) + 1) * 1_000 < 14_000);
    expect(whole[0]?.[0]).toBe('2026-11-01');
    expect(whole.at(-1)?.[1]).toBe('2026-11-30');
    for (const [index, [from]] of whole.entries())
      if (index > 0) expect(from).toBe(addDays(whole[index - 1]?.[1] ?? '', 1));
  });

  test('of a single day fails the source: it cannot be divided', async () => {
    await expect(read({ elements: campaigns(14_500) }).pages).rejects.toMatchObject({ code: 'VENDOR_LIMIT' });
  });
});

describe('an account of which nothing came', () => {
  const why = (roles: object) => {
    const { vendor } = answering(() => answerOf(200, roles));
    const { entity, settings } = campaignsOf(source, { accounts: [ACCOUNT] });
    return entity.whyEmpty?.(vendor, settings, ACCOUNT);
  };

  test('had no activity where the user has a role in it', async () => {
    expect(await why(ROLES)).toBeUndefined();
  });

  test('may not be read where the user has none', async () => {
    const other = { elements: [{ account: 'urn:li:sponsoredAccount:1', role: 'VIEWER' }] };
    expect(await why(other)).toMatchObject({
      kind: 'no-permission',
      reason: expect.stringContaining(ACCOUNT),
    });
  });
});

describe('an error', () => {
  test.each([
    [
      426,
      { code: 'NONEXISTENT_VERSION', message: 'Requested version 20240101 is not active' },
      'version-ended',
    ],
    [401, { code: 'EXPIRED_ACCESS_TOKEN', message: 'expired' }, 'token-expired'],
    [403, { serviceErrorCode: 100, message: 'Not enough permissions' }, 'no-permission'],
    [429, { message: 'Resource level throttle' }, 'retry'],
    [414, '<html>', 'too-large'],
    [500, {}, 'retry'],
    [400, { code: 'ILLEGAL_ARGUMENT', message: 'x' }, 'refused'],
  ])('%i %j means %s', (status, body, kind) => {
    expect(source.diagnose?.(answerOf(status, body))?.kind).toBe(kind);
  });
});

describe('the probe', () => {
  const probe = (keys: object, today: string) => {
    const { vendor } = answering(({ url }) =>
      url.includes('adAccountUsers')
        ? answerOf(200, ROLES, { date: new Date(`${today}T05:00:00Z`).toUTCString() })
        : answerOf(200, { currency: 'EUR', name: 'Marelune' }),
    );
    return source.probe(vendor, source.settings.parse({ accounts: [ACCOUNT], ...keys }));
  };

  test('finds role and currency', async () => {
    expect(await probe({}, '2026-11-22')).toMatchObject({
      status: 'ok',
      finding: expect.stringContaining('VIEWER'),
    });
    expect(await probe({ accounts: ['1'] }, '2026-11-22')).toMatchObject({ status: 'failed' });
  });

  test.each([
    ['2026-10-01', 'ok'],
    ['2025-12-23', 'ok'],
    ['2025-12-22', 'warning'],
    ['2025-11-22', 'failed'],
  ])('of a sign-in on %s on 2026-11-22: %s', async (authorized_on, status) => {
    expect(await probe({ authorized_on }, '2026-11-22')).toMatchObject({ status });
  });
});

test.each([
  [{ conversions: ['externalWebsiteConversions', 'externalWebsitePostClickConversions'] }],
  [{ conversions: ['oneClickLeads', 'qualifiedLeads'] }],
  [{ conversions: [] }],
  [{ version: '2026-07' }],
])('settings that count twice or make no sense are refused: %j', (keys) => {
  expect(source.settings.safeParse({ accounts: [ACCOUNT], ...keys }).success).toBe(false);
});
