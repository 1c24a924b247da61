import { describe, expect, test } from 'vitest';
import { activityPages } from '../../../../functions/pull/sources/linkedin-pages/client.ts';
import { settings } from '../../../../functions/pull/sources/linkedin-pages/settings.ts';
import { source } from '../../../../functions/pull/sources/linkedin-pages/source.ts';
import { answering, answerOf, pagesOf, sliceOf } from '../ad-spend/asking.ts';
import { mapped, refusals } from '../mapped.ts';
import { pageOfSource, undocumented } from '../page.ts';

const PAGE = '2414183';
const KEYS = { organizations: [`urn:li:organization:${PAGE}`] };
/** `mapped` gives keys that most sources have: `read` is none of LinkedIn’s. */
const definition = { ...source, settings: settings.loose() as never };

const FIGURES = { impressionCount: 1000, clickCount: 20, likeCount: 12, commentCount: 3, shareCount: 2 };
const midnight = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const day = (on: string, figures: object = {}, changes: object = {}) => ({
  ...{ totalShareStatistics: { ...FIGURES, engagement: 0.037, ...figures } },
  ...{ organizationalEntity: `urn:li:organization:${PAGE}` },
  ...{ timeRange: { start: midnight(on), end: midnight(on) + 86_400_000 }, ...changes },
});
const activity = (...elements: unknown[]) =>
  mapped(
    definition,
    KEYS,
    'activity',
    { elements },
    {
      slice: { partition: PAGE, from: '2026-11-01', to: '2026-11-21' },
    },
  );

describe('a day of activity', () => {
  test('adds up what people did; the ratio is not read', () => {
    const { of } = activity(day('2026-11-20'));
    expect(of('social_activity')).toEqual([
      {
        ...{ network: 'linkedin', account_id: PAGE, active_on: '2026-11-20' },
        ...{ impression_count: 1000, engagement_count: 37 },
      },
    ]);
    expect(refusals('social_activity', of('social_activity')[0] ?? {})).toEqual([]);
  });

  test('has likes that were taken back against it', () => {
    expect(activity(day('2026-11-20', { likeCount: -30 })).of('social_activity')).toMatchObject([
      { engagement_count: -5 },
    ]);
  });

  test.each<[string, unknown, string]>([
    ['without a figure', day('2026-11-20', { commentCount: undefined }), 'totalShareStatistics.commentCount'],
    [
      'shown less than never',
      day('2026-11-20', { impressionCount: -1 }),
      'totalShareStatistics.impressionCount',
    ],
    [
      'of another page',
      day('2026-11-20', {}, { organizationalEntity: 'urn:li:organization:1' }),
      'organizationalEntity',
    ],
    ['that was not asked for', day('2026-10-31'), 'timeRange.start'],
    [
      'that is a month',
      day('2026-11-01', {}, { timeRange: { start: midnight('2026-11-01'), end: midnight('2026-12-01') } }),
      'timeRange.start',
    ],
    [
      'that begins at noon',
      day('2026-11-01', {}, { timeRange: { start: 43_200_000, end: 129_600_000 } }),
      'timeRange.start',
    ],
    [
      'without an end',
      day('2026-11-01', {}, { timeRange: { start: midnight('2026-11-01') } }),
      'timeRange.end',
    ],
  ])('%s is rejected', (_, element, field) => {
    const { rows, rejected } = activity(element);
    expect(rows).toEqual([]);
    expect(rejected.map((error) => error.field)).toEqual([field]);
  });
});

describe('followers', () => {
  const followers = (date: string | undefined, body: object = { firstDegreeSize: 18_342 }) =>
    mapped(definition, KEYS, 'followers', body, {
      slice: { partition: PAGE },
      facts: date === undefined ? {} : { date },
    });

  test('are of the day that is read on the morning after', () => {
    const { of } = followers('Sun, 22 Nov 2026 05:00:00 GMT');
    expect(of('social_audience')).toEqual([
      {
        ...{ network: 'linkedin', account_id: PAGE, counted_on: '2026-11-21' },
        follower_count: 18_342,
      },
    ]);
    expect(refusals('social_audience', of('social_audience')[0] ?? {})).toEqual([]);
  });

  test('of today are not those of a day long past', () => {
    expect(followers('Sun, 29 Nov 2026 05:00:00 GMT')).toMatchObject({
      ...{ rows: [], rejected: [], skipped: [expect.any(String)] },
    });
  });

  test.each([{}, { firstDegreeSize: -1 }, { firstDegreeSize: 'many' }])('%o is no count', (body) => {
    const { rows, rejected } = followers('Sun, 22 Nov 2026 05:00:00 GMT', body);
    expect(rows).toEqual([]);
    expect(rejected.map((error) => error.field)).toEqual(['firstDegreeSize']);
  });
});

describe('what is asked for', () => {
  const asked = async (from: string, to: string, body: object) => {
    const { vendor, requests } = answering(() => answerOf(200, body));
    const chosen = settings.parse(KEYS);
    const found = await pagesOf(activityPages(vendor, chosen, sliceOf(PAGE, from, to)));
    return { found, requests };
  };

  test('days of UTC, with an end that is not in them, in LinkedIn’s notation', async () => {
    const { requests } = await asked('2026-11-01', '2026-11-20', { elements: [] });
    expect(requests).toEqual([
      {
        url: `/rest/organizationalEntityShareStatistics?q=organizationalEntity&organizationalEntity=urn%3Ali%3Aorganization%3A${PAGE}&timeIntervals=(timeRange:(start:${midnight('2026-11-01')},end:${midnight('2026-11-21')}),timeGranularityType:DAY)`,
        headers: { 'Linkedin-Version': '202607', 'X-Restli-Protocol-Version': '2.0.0' },
      },
    ]);
  });

  test('never a day of UTC that is not over: east of London another one is', async () => {
    // It is 6:00 UTC of 22 November.
    const { requests } = await asked('2026-11-21', '2026-11-23', { elements: [] });
    expect(requests[0]?.url).toContain(`end:${midnight('2026-11-22')})`);
    expect((await asked('2026-11-22', '2026-11-22', { elements: [] })).requests).toEqual([]);
  });

  test.each<[string, object, string]>([
    ['a next page', { elements: [], paging: { links: [{ rel: 'next', href: '/x' }] } }, 'paging.links'],
    ['more days than there are', { elements: [day('2026-11-20'), day('2026-11-20')] }, 'elements'],
    ['no list', { results: [] }, 'elements'],
  ])('an answer with %s is not as known', async (_, body, field) => {
    await expect(asked('2026-11-20', '2026-11-20', body)).rejects.toMatchObject({
      ...{ code: 'VENDOR_SHAPE', where: { field } },
    });
  });
});

test('a missing role and an ended version are told apart', () => {
  const told = (status: number, code: string) =>
    source.diagnose?.(answerOf(status, { status, code, message: 'Not enough permissions' }));
  expect(told(403, 'ACCESS_DENIED')).toMatchObject({
    ...{ kind: 'no-permission', hint: expect.stringContaining('ADMINISTRATOR') },
  });
  expect(told(426, 'NONEXISTENT_VERSION')).toMatchObject({ kind: 'version-ended' });
});

test('doctor tells each page’s followers, and when somebody has to sign in again', async () => {
  const { vendor } = answering(() =>
    answerOf(200, { firstDegreeSize: 18_342 }, { date: 'Sun, 22 Nov 2026 05:00:00 GMT' }),
  );
  const probed = (authorized_on: string) => source.probe(vendor, settings.parse({ ...KEYS, authorized_on }));
  expect(await probed('2026-11-20')).toMatchObject({
    ...{ status: 'ok', finding: `page ${PAGE}: 18342 followers; sign-in good until 2027-11-20` },
  });
  expect(await probed('2025-12-01')).toMatchObject({ status: 'warning' });
  expect(await probed('2025-11-01')).toMatchObject({ status: 'failed' });
});

test('its page has every setting', () => {
  expect(undocumented(source, pageOfSource('linkedin-pages').text)).toEqual([]);
});
