import { describe, expect, test } from 'vitest';
import type { VendorRequest } from '../../../../functions/pull/api/vendor.ts';
import { accountDays, pageDays, whyEmpty } from '../../../../functions/pull/sources/meta-pages/client.ts';
import { settings } from '../../../../functions/pull/sources/meta-pages/settings.ts';
import { source } from '../../../../functions/pull/sources/meta-pages/source.ts';
import { answering, answerOf, pagesOf, sliceOf } from '../ad-spend/asking.ts';
import { mapped, refusals } from '../mapped.ts';
import { pageOfSource, undocumented } from '../page.ts';

const PAGE = '514435155248879';
const ACCOUNT = '17841400002746437';
const KEYS = { page: PAGE, instagram: ACCOUNT };
/** `mapped` gives keys that most sources have: `read` is none of Meta’s. */
const definition = { ...source, settings: settings.loose() as never };
const slice = { from: '2026-10-30', to: '2026-11-21' };
const read = (entity: string, partition: string, ...days: object[]) =>
  mapped(definition, KEYS, entity, { days }, { slice: { ...slice, partition } });

describe('a day of a page', () => {
  test('ends at midnight in California, in summer an hour earlier', () => {
    const { of } = read(
      'page-activity',
      PAGE,
      { end_time: '2026-11-01T07:00:00+0000', shown: 10, engagement: 2 },
      { end_time: '2026-11-03T08:00:00+0000', shown: 20, engagement: -1 },
    );
    expect(of('social_activity')).toEqual([
      {
        ...{ network: 'facebook', account_id: PAGE, active_on: '2026-10-31' },
        ...{ impression_count: 10, engagement_count: 2 },
      },
      {
        ...{ network: 'facebook', account_id: PAGE, active_on: '2026-11-02' },
        ...{ impression_count: 20, engagement_count: -1 },
      },
    ]);
    expect(refusals('social_activity', of('social_activity')[0] ?? {})).toEqual([]);
  });

  test.each<[string, object, string]>([
    ['at another hour', { end_time: '2026-11-03T07:00:00+0000', shown: 1, engagement: 1 }, 'end_time'],
    ['without views', { end_time: '2026-11-03T08:00:00+0000', engagement: 1 }, 'shown'],
    ['shown less than never', { end_time: '2026-11-03T08:00:00+0000', shown: -1, engagement: 1 }, 'shown'],
    ['without engagement', { end_time: '2026-11-03T08:00:00+0000', shown: 1 }, 'engagement'],
  ])('%s is rejected', (_, day, field) => {
    const { rows, rejected } = read('page-activity', PAGE, day);
    expect(rows).toEqual([]);
    expect(rejected.map((error) => error.field)).toEqual([field]);
  });
});

describe('a day of an account', () => {
  const day = '2026-11-19';
  test('has a row where both figures are told, and none is made up', () => {
    const found = read(
      'account-activity',
      ACCOUNT,
      { day, shown: { value: 410 }, engagement: { value: 25 } },
      { day: '2026-11-18', shown: { value: 1 }, engagement: null },
    );
    expect(found.of('social_activity')).toEqual([
      {
        ...{ network: 'instagram', account_id: ACCOUNT, active_on: day },
        ...{ impression_count: 410, engagement_count: 25 },
      },
    ]);
    expect(found.skipped).toHaveLength(1);
  });

  test('whose total has no value is rejected', () => {
    const { rejected } = read('account-activity', ACCOUNT, { day, shown: {}, engagement: { value: 1 } });
    expect(rejected.map(({ field }) => field)).toEqual(['shown.value']);
  });
});

test('followers of today are not those of a day long past, nor those of another page', () => {
  const followers = (date: string, body: object) =>
    mapped(definition, KEYS, 'page-followers', body, { slice: { partition: PAGE }, facts: { date } });
  const body = { id: PAGE, followers_count: 18_342 };
  expect(followers('Sun, 22 Nov 2026 05:00:00 GMT', body).of('social_audience')).toEqual([
    {
      ...{ network: 'facebook', account_id: PAGE, counted_on: '2026-11-21' },
      follower_count: 18_342,
    },
  ]);
  expect(followers('Sun, 29 Nov 2026 05:00:00 GMT', body)).toMatchObject({ rows: [], rejected: [] });
  const other = followers('Sun, 22 Nov 2026 05:00:00 GMT', { ...body, id: '1' });
  expect(other.rejected.map(({ field }) => field)).toEqual(['id']);
});

describe('what is asked for', () => {
  const midnight = (day: string) => Date.parse(`${day}T08:00:00Z`) / 1000;
  const metric = (name: string, more: object) => ({ name, period: 'day', ...more });
  const values = (value: number) => ({ values: [{ value, end_time: '2026-11-20T08:00:00+0000' }] });
  const asked = async (data: unknown[], of: typeof pageDays, keys = {}) => {
    const { vendor, requests } = answering((_: VendorRequest) => answerOf(200, { data }));
    const chosen = settings.parse({ ...KEYS, ...keys });
    const id = of === pageDays ? PAGE : ACCOUNT;
    const found = await pagesOf(of(vendor, chosen, sliceOf(id, '2026-11-19', '2026-11-21')));
    return { days: found.map((page) => (page.json() as { days: unknown }).days), requests };
  };

  test('days that are over in California: it is 6:00 UTC of 22 November', async () => {
    const { requests, days } = await asked(
      [metric('page_post_engagements', values(3)), metric('page_media_view', values(100))],
      pageDays,
    );
    expect(requests.map(({ query }) => query)).toEqual([
      {
        ...{ metric: 'page_media_view,page_post_engagements', period: 'day' },
        ...{ since: midnight('2026-11-19'), until: midnight('2026-11-21') },
      },
    ]);
    expect(days).toEqual([[{ end_time: '2026-11-20T08:00:00+0000', shown: 100, engagement: 3 }]]);
  });

  test('an account’s days one by one, under the names that the company gives', async () => {
    const { requests, days } = await asked([metric('displays', { total_value: { value: 9 } })], accountDays, {
      metrics: { instagram_shown: 'displays' },
    });
    expect(requests.map(({ query }) => [query?.['since'], query?.['until'], query?.['metric']])).toEqual([
      [midnight('2026-11-19'), midnight('2026-11-20'), 'displays,total_interactions'],
      [midnight('2026-11-20'), midnight('2026-11-21'), 'displays,total_interactions'],
    ]);
    expect(days[0]).toEqual([
      { day: '2026-11-19', shown: { value: 9 }, engagement: null },
      { day: '2026-11-20', shown: { value: 9 }, engagement: null },
    ]);
  });

  test.each<[string, unknown, string]>([
    ['another metric', metric('page_fans', values(1)), 'data.name'],
    ['weeks', { ...metric('page_media_view', values(1)), period: 'week' }, 'data.period'],
    ['no values', metric('page_media_view', {}), 'values'],
  ])('an answer with %s is not as known', async (_, entry, field) => {
    await expect(asked([entry], pageDays)).rejects.toMatchObject({
      ...{ code: 'VENDOR_SHAPE', where: { field } },
    });
  });

  test('no figures of a page that many follow are a missing permission; of one that few do, the truth', async () => {
    const why = (followers_count: number) =>
      whyEmpty(answering(() => answerOf(200, { followers_count })).vendor, settings.parse(KEYS), PAGE);
    expect(await why(99)).toBeUndefined();
    expect(await why(100)).toMatchObject({ kind: 'no-permission' });
  });
});

test('a metric that ended and a token of another kind are told apart', () => {
  const told = (code: number, message: string) =>
    source.diagnose?.(answerOf(400, { error: { code, message } }));
  expect(told(100, 'The value must be a valid insights metric')).toMatchObject({
    ...{ kind: 'refused', hint: expect.stringContaining('`metrics`') },
  });
  expect(told(190, 'must be called with a Page Access Token')).toMatchObject({
    ...{ kind: 'no-permission', hint: expect.stringContaining('none of the page') },
  });
});

test('its page has every setting', () => {
  expect(undocumented(source, pageOfSource('meta-pages').text)).toEqual([]);
});
