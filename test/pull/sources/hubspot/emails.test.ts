import { describe, expect, test } from 'vitest';
import type { VendorRequest } from '../../../../functions/pull/api/vendor.ts';
import { emailPages } from '../../../../functions/pull/sources/hubspot/email-pages.ts';
import { settings } from '../../../../functions/pull/sources/hubspot/settings.ts';
import { source } from '../../../../functions/pull/sources/hubspot/source.ts';
import { answering, answerOf, pagesOf, sliceOf } from '../ad-spend/asking.ts';
import { mapped, refusals } from '../mapped.ts';
import { pageOfSource, undocumented } from '../page.ts';

const counters = { sent: 100, delivered: 96, bounce: 4, open: 50, click: 9, unsubscribed: 1 };
const figures = (changes: object = {}) => ({
  counters: { ...counters, ...changes },
  deviceBreakdown: { open_device_type: { computer: 30, mobile: 12, unknown: 8 } },
});
const interval = (start: string, changes: object = {}) => ({
  interval: { start },
  aggregations: figures(changes),
});

describe('a marketing e-mail', () => {
  const read = (intervals: unknown[], zone = 'Europe/Paris') => {
    const emails = [{ id: '8101', name: 'Newsletter', intervals }];
    const slice = { from: '2026-11-01', to: '2026-11-21' };
    const keys = { read: ['marketing_emails'] };
    return mapped(source, keys, 'marketing-emails', { emails }, { slice, facts: { time_zone: zone } });
  };
  test('has a row for each day on which mails were sent; browsers are among the computers', () => {
    const { of } = read([
      interval('2026-11-02T23:00:00Z'),
      interval('2026-11-03T23:00:00Z', { sent: 0, open: 0 }),
    ]);
    expect(of('email_sends')).toEqual([
      {
        ...{ campaign_id: '8101', campaign_name: 'Newsletter', sent_on: '2026-11-03' },
        ...{ sent_count: 100, delivered_count: 96, bounce_count: 4, unique_open_count: 50 },
        ...{ unique_click_count: 9, unsubscribe_count: 1, mobile_open_count: 12, desktop_open_count: 30 },
      },
    ]);
    expect(refusals('email_sends', of('email_sends')[0] ?? {})).toEqual([]);
  });

  test('is cut into days of the account’s zone, or of UTC, and of nothing else', () => {
    const days = (start: string, zone: string) => {
      const { rows, rejected } = read([interval(start)], zone);
      return [...rows.map(({ row }) => row['sent_on']), ...rejected.map(({ field }) => field)];
    };
    expect(days('2026-11-03T05:00:00Z', 'America/New_York')).toEqual(['2026-11-03']);
    expect(days('2026-11-03T00:00:00Z', 'America/New_York')).toEqual(['2026-11-03']);
    expect(days('2026-11-02T23:00:00Z', 'America/New_York')).toEqual(['intervals[0].interval.start']);
  });

  test.each(['sent', 'delivered', 'bounce', 'open', 'click', 'unsubscribed'])(
    'without %s it is rejected',
    (name) => {
      const { rows, rejected } = read([interval('2026-11-02T23:00:00Z', { [name]: undefined })]);
      expect(rows).toEqual([]);
      expect(rejected.map(({ field }) => field)).toEqual([`intervals[0].aggregations.counters.${name}`]);
    },
  );
});

describe('what is asked for', () => {
  /** It is 6:00 UTC of 22 November. */
  const asked = async (answers: Record<string, object>) => {
    const { vendor, requests } = answering(({ url }: VendorRequest) =>
      answerOf(200, answers[url.split('/').at(-1) ?? ''] ?? {}),
    );
    const slice = sliceOf('', '2026-11-01', '2026-11-21');
    return { found: await pagesOf(emailPages(vendor, settings.parse({}), slice)), requests };
  };
  const SPAN = { startTimestamp: '2026-10-31T00:00:00Z', endTimestamp: '2026-11-22T06:00:00Z' };
  const ACCOUNT = { portalId: 1, companyCurrency: 'EUR', timeZone: 'Europe/Paris' };
  const sent = (emails: number[], count: number) => ({ emails, aggregate: figures({ sent: count }) });
  const NAMES = { total: 1, results: [{ id: '8101', name: 'Newsletter' }] };
  const whole = {
    ...{ details: ACCOUNT, list: sent([8101], 100), '2026-09': NAMES },
    histogram: { total: 1, results: [{ ...interval('2026-11-02T23:00:00Z'), ratios: {} }] },
  };

  test('a day more at both ends, and never the future', async () => {
    const { found, requests } = await asked(whole);
    expect(requests.map(({ url, query }) => [url, query])).toEqual([
      ['/account-info/2026-09/details', undefined],
      ['/marketing/emails/2026-09/statistics/list', SPAN],
      ['/marketing/emails/2026-09', { limit: 100, includedProperties: 'name' }],
      ['/marketing/emails/2026-09/statistics/histogram', { ...SPAN, interval: 'DAY', emailIds: '8101' }],
    ]);
    expect(found.map(({ facts }) => facts)).toEqual([{ time_zone: 'Europe/Paris' }]);
  });
  test('nothing more where no mail was sent', async () => {
    const { found, requests } = await asked({ ...whole, list: { emails: [], aggregate: {} } });
    expect(requests).toHaveLength(2);
    expect(found.map(({ text }) => text)).toEqual(['{"emails":[]}']);
  });

  test.each<[string, object, string]>([
    ['mails that are counted twice', { list: sent([8101], 50) }, 'VENDOR_INCOMPLETE'],
    ['fewer names than there are', { '2026-09': { ...NAMES, total: 2 } }, 'VENDOR_INCOMPLETE'],
    ['a name that is none', { '2026-09': { total: 1, results: [{ id: 1, name: {} }] } }, 'VENDOR_SHAPE'],
    ['fewer days than are counted', { histogram: { ...whole.histogram, total: 2 } }, 'VENDOR_SHAPE'],
    ['no list of e-mails', { list: { aggregate: figures() } }, 'VENDOR_SHAPE'],
  ])('%s: nothing is taken', async (_, wrong, code) => {
    await expect(asked({ ...whole, ...wrong })).rejects.toMatchObject({ code });
  });
});

test('its page has every setting', () => {
  const { text } = pageOfSource('hubspot');
  expect(undocumented(source, `## Settings\n${text}`)).toEqual([]);
});
