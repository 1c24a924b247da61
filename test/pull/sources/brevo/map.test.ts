import { describe, expect, test } from 'vitest';
import { diagnosisByStatus, waitOf } from '../../../../functions/pull/api/diagnosis.ts';
import { pages } from '../../../../functions/pull/sources/brevo/client.ts';
import { settings } from '../../../../functions/pull/sources/brevo/settings.ts';
import { source } from '../../../../functions/pull/sources/brevo/source.ts';
import { answering, pagesOf, sliceOf } from '../ad-spend/asking.ts';
import { answerOf } from '../ga4/asking.ts';
import { mapped, refusals } from '../mapped.ts';
import { pageOfSource, undocumented } from '../page.ts';

const FIGURES = {
  ...{ sent: 100, hardBounces: 3, softBounces: 2, delivered: 95 },
  ...{ uniqueViews: 60, trackableViews: 40, appleMppOpens: 20, uniqueClicks: 7, unsubscriptions: 1 },
};
const campaign = (figures: object = {}, changes: object = {}) => ({
  ...{ id: 12, name: 'Autumn', subject: 'A subject', status: 'sent', sentDate: '2026-11-20T08:00:00.000Z' },
  statistics: { globalStats: { ...FIGURES, ...figures }, campaignStats: [{ listId: 1, sent: 100 }] },
  ...changes,
});

/** `mapped` gives keys that most sources have: `read` is none of Brevo’s. */
const read = (...campaigns: unknown[]) => {
  const window = { slice: { from: '2026-11-01', to: '2026-11-21' } };
  const definition = { ...source, settings: settings.omit({ base_url: true }).loose() as never };
  return mapped(definition, {}, 'campaigns', { campaigns }, window);
};

describe('a campaign', () => {
  test('counts opens without Apple’s proxy, bounces for good or for a while, and no devices', () => {
    const [row, ...others] = read(campaign()).of('email_sends');
    expect(others).toEqual([]);
    expect(row).toEqual({
      ...{ campaign_id: '12', sent_on: '2026-11-20', campaign_name: 'Autumn' },
      ...{ sent_count: 100, bounce_count: 5, delivered_count: 95, unique_open_count: 40 },
      ...{ proxy_open_count: 20, unique_click_count: 7, unsubscribe_count: 1 },
    });
    expect(refusals('email_sends', row ?? {})).toEqual([]);
  });

  test('of another day of the company is another reading’s', () => {
    // Midnight in Paris is 23:00 UTC.
    const before = campaign({}, { sentDate: '2026-10-31T22:59:59.000Z' });
    const first = campaign({}, { sentDate: '2026-10-31T23:00:00.000Z' });
    const after = campaign({}, { sentDate: '2026-11-21T23:00:00.000Z' });
    const { skipped, ...found } = read(before, first, after);
    expect(found.of('email_sends').map((row) => row['sent_on'])).toEqual(['2026-11-01']);
    expect(skipped).toHaveLength(2);
  });

  test('whose zeros are contradicted by the lists, or by nobody, is rejected', () => {
    const zeros = Object.fromEntries(Object.keys(FIGURES).map((field) => [field, 0]));
    const alone = campaign({}, { statistics: { globalStats: zeros, campaignStats: [] } });
    const { rows, rejected } = read(campaign(zeros), alone);
    expect(rows).toEqual([]);
    expect(rejected.map(({ field }) => field)).toEqual([
      'statistics.globalStats.sent',
      'statistics.globalStats.sent',
    ]);
  });

  test('that nobody was sent, as the lists say too, has no row', () => {
    const nobody = { globalStats: { ...FIGURES, sent: 0 }, campaignStats: [{ listId: 1, sent: 0 }] };
    expect(read(campaign({}, { statistics: nobody }))).toMatchObject({
      ...{ rows: [], rejected: [], skipped: ['no mail was sent'] },
    });
  });

  test.each<[string, unknown, string]>([
    ['without a figure', campaign({ trackableViews: undefined }), 'statistics.globalStats.trackableViews'],
    ['with a figure below zero', campaign({ uniqueClicks: -1 }), 'statistics.globalStats.uniqueClicks'],
    ['without statistics', campaign({}, { statistics: {} }), 'statistics.globalStats.sent'],
    ['without its day', campaign({}, { sentDate: null }), 'sentDate'],
    ['that was not sent', campaign({}, { status: 'draft' }), 'status'],
  ])('%s is rejected', (_, record, field) => {
    const { rows, rejected } = read(record);
    expect(rows).toEqual([]);
    expect(rejected.map((error) => error.field)).toEqual([field]);
  });
});

describe('what is asked for', () => {
  const asked = async (from: string, to: string, ...bodies: object[]) => {
    const { vendor, requests } = answering((_, index) => answerOf(200, bodies[index]));
    const slice = sliceOf('', from, to);
    const found = await pagesOf(pages(vendor, settings.parse({ page_size: 1 }), slice));
    return { found, queries: requests.map(({ query }) => query) };
  };

  test('figures, of a day more at both ends', async () => {
    const { queries } = await asked('2026-10-01', '2026-10-31', { count: 0 });
    expect(queries).toMatchObject([
      {
        ...{ status: 'sent', statistics: 'globalStats', limit: 1, offset: 0 },
        ...{ startDate: '2026-09-30T00:00:00.000Z', endDate: '2026-11-02T00:00:00.000Z' },
      },
    ]);
  });

  test('never the future: it is 6:00, and a clock may be fast', async () => {
    const { queries } = await asked('2026-11-01', '2026-11-21', { count: 0, campaigns: [] });
    expect(queries).toMatchObject([{ endDate: '2026-11-22T05:00:00.000Z' }]);
  });

  test('page after page; subjects are left behind', async () => {
    const body = (id: number) => ({ count: 2, campaigns: [campaign({}, { id })] });
    const { found, queries } = await asked('2026-11-01', '2026-11-21', body(1), body(2));
    expect(queries.map((query) => query?.['offset'])).toEqual([0, 1]);
    expect(found.map(({ text }) => text).join()).not.toMatch(/subject/i);
    expect(source.entities(settings.parse({}))[0]?.records(found[1] as never)).toMatchObject([{ id: 2 }]);
  });

  test('a list that ends before its count is not taken', async () => {
    const body = { count: 3, campaigns: [campaign()] };
    await expect(asked('2026-11-01', '2026-11-21', body, { count: 3, campaigns: [] })).rejects.toMatchObject({
      code: 'VENDOR_INCOMPLETE',
    });
  });

  test('a list without campaigns, though there are some, is another form', async () => {
    await expect(asked('2026-11-01', '2026-11-21', { count: 3 })).rejects.toMatchObject({
      code: 'VENDOR_SHAPE',
    });
  });
});

describe('an error', () => {
  const told = (status: number, body: object) => source.diagnose?.(answerOf(status, body));

  test('of the key and one of the machine’s address are told apart', () => {
    expect(told(401, { code: 'unauthorized', message: 'Key not found' })).toMatchObject({
      ...{ kind: 'no-permission', hint: expect.stringContaining('API key is wrong') },
    });
    const address = 'We have detected you are using an unrecognised IP address 192.0.2.7.';
    const found = told(401, { code: 'unauthorized', message: address });
    expect(found).toMatchObject({ kind: 'no-permission', hint: expect.stringContaining('Authorized IPs') });
    expect(JSON.stringify(found)).not.toContain('192.0.2.7');
  });

  test('of too many requests waits as Brevo says, without Retry-After', () => {
    const answer = {
      ...answerOf(429, { code: 'too_many_requests', message: 'Too many requests' }),
      headers: new Headers({ 'x-sib-ratelimit-remaining': '0', 'x-sib-ratelimit-reset': '480' }),
    };
    const found = source.diagnose?.(answer) ?? diagnosisByStatus(answer);
    if (found === undefined) throw new Error('it was taken for good');
    expect(found.kind).toBe('retry');
    expect(waitOf(found, answer, new Date('2026-11-22T06:00:00.000Z'))).toBe(480);
  });
});

test('its page has every setting', () => {
  expect(undocumented(source, pageOfSource('brevo').text)).toEqual([]);
});
