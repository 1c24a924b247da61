import { describe, expect, test } from 'vitest';
import { diagnosisByStatus, waitOf } from '../../../../functions/pull/api/diagnosis.ts';
import { FIELDS, pages } from '../../../../functions/pull/sources/mailchimp/client.ts';
import { settings } from '../../../../functions/pull/sources/mailchimp/settings.ts';
import { source } from '../../../../functions/pull/sources/mailchimp/source.ts';
import { answering, answerOf, pagesOf, sliceOf } from '../ad-spend/asking.ts';
import { mapped, refusals } from '../mapped.ts';
import { pageOfSource, undocumented } from '../page.ts';

const OPENS = { unique_opens: 60, proxy_excluded_unique_opens: 40 };
const report = (changes: object = {}) => ({
  ...{ id: '42694e9e57', campaign_title: 'Autumn', type: 'regular', emails_sent: 100, unsubscribed: 1 },
  ...{ send_time: '2026-11-20T08:00:00+00:00', bounces: { hard_bounces: 3, soft_bounces: 2 } },
  ...{ opens: OPENS, clicks: { unique_subscriber_clicks: 7 } },
  ...changes,
});

/** `mapped` gives keys that most sources have: `read` is none of Mailchimp’s. */
const read = (keys: object, ...reports: unknown[]) => {
  const window = { slice: { from: '2026-11-01', to: '2026-11-21' } };
  const definition = { ...source, settings: settings.omit({ base_url: true }).loose() as never };
  return mapped(definition, { data_center: 'us6', ...keys }, 'campaigns', { reports }, window);
};

describe('a campaign', () => {
  test('counts recipients: who opened it without Apple’s proxy, who clicked, what was delivered', () => {
    const [row, ...others] = read({}, report()).of('email_sends');
    expect(others).toEqual([]);
    expect(row).toEqual({
      ...{ campaign_id: '42694e9e57', sent_on: '2026-11-20', campaign_name: 'Autumn' },
      ...{ sent_count: 100, bounce_count: 5, delivered_count: 95, unique_open_count: 40 },
      ...{ proxy_open_count: 20, unique_click_count: 7, unsubscribe_count: 1 },
    });
    expect(refusals('email_sends', row ?? {})).toEqual([]);
  });

  test('counts all opens where Mailchimp does not tell them apart and the company says so', () => {
    const untold = report({ opens: { unique_opens: 60 } });
    const { rejected } = read({}, untold);
    expect(rejected).toMatchObject([
      { field: 'opens.proxy_excluded_unique_opens', reason: expect.stringContaining('`opens: all`') },
    ]);
    const [row] = read({ opens: 'all' }, untold).of('email_sends');
    expect(row).toMatchObject({ unique_open_count: 60 });
    expect(row).not.toHaveProperty('proxy_open_count');
  });

  test('without a name keeps its number alone', () => {
    expect(read({}, report({ campaign_title: '' })).of('email_sends')).toMatchObject([
      { campaign_id: '42694e9e57', campaign_name: null },
    ]);
  });

  test('of another day of the company is another reading’s', () => {
    // Midnight in Paris is 23:00 UTC.
    const before = report({ send_time: '2026-10-31T22:59:59+00:00' });
    const first = report({ send_time: '2026-10-31T23:00:00+00:00' });
    const after = report({ send_time: '2026-11-21T23:00:00+00:00' });
    const { skipped, ...found } = read({}, before, first, after);
    expect(found.of('email_sends').map((row) => row['sent_on'])).toEqual(['2026-11-01']);
    expect(skipped).toHaveLength(2);
  });

  test.each(['rss', 'automation', 'automation-email', 'auto'])('of type %s has no one day', (type) => {
    expect(read({}, report({ type }))).toMatchObject({
      rows: [],
      rejected: [],
      skipped: [expect.any(String)],
    });
  });

  test.each(['plaintext', 'plain-text', 'absplit', 'ab_split', 'variate'])(
    'of type %s is sent once',
    (type) => {
      expect(read({}, report({ type })).of('email_sends')).toHaveLength(1);
    },
  );

  test('of which nothing was sent yet has no row', () => {
    expect(read({}, report({ emails_sent: 0 }))).toMatchObject({
      ...{ rows: [], rejected: [], skipped: ['no mail was sent, or none yet'] },
    });
  });

  test.each<[string, unknown, string]>([
    ['without a figure', report({ clicks: {} }), 'clicks.unique_subscriber_clicks'],
    ['with a figure below zero', report({ unsubscribed: -1 }), 'unsubscribed'],
    [
      'with fewer opens than people',
      report({ opens: { ...OPENS, unique_opens: 39 } }),
      'opens.proxy_excluded_unique_opens',
    ],
    [
      'with more bounces than mails',
      report({ bounces: { hard_bounces: 90, soft_bounces: 11 } }),
      'emails_sent',
    ],
    ['without the field of its name', report({ campaign_title: undefined }), 'campaign_title'],
    ['without its day', report({ send_time: '' }), 'send_time'],
    ['of a type nobody knows', report({ type: 'hologram' }), 'type'],
  ])('%s is rejected', (_, record, field) => {
    const { rows, rejected } = read({}, record);
    expect(rows).toEqual([]);
    expect(rejected.map((error) => error.field)).toEqual([field]);
  });
});

describe('what is asked for', () => {
  const asked = async (...bodies: object[]) => {
    const { vendor, requests } = answering((_, index) => answerOf(200, bodies[index]));
    const chosen = settings.parse({ data_center: 'us6', page_size: 1 });
    const found = await pagesOf(pages(vendor, chosen, sliceOf('', '2026-11-01', '2026-11-21')));
    return { found, queries: requests.map(({ query }) => query) };
  };

  test('figures alone, of a day more at both ends', async () => {
    const { queries } = await asked({ reports: [], total_items: 0 });
    expect(queries).toEqual([
      {
        ...{ since_send_time: '2026-10-31T00:00:00+00:00', before_send_time: '2026-11-23T00:00:00+00:00' },
        ...{ fields: FIELDS, count: 1, offset: 0 },
      },
    ]);
    expect(FIELDS).not.toMatch(/subject|share|list/);
  });

  test('page after page; what was not asked for is left behind', async () => {
    const more = { subject_line: 'A subject', share_report: { share_password: 'hush' } };
    const body = (id: string) => ({ total_items: 2, reports: [report({ id, ...more })] });
    const { found, queries } = await asked(body('a1'), body('b2'));
    expect(queries.map((query) => query?.['offset'])).toEqual([0, 1]);
    expect(found.map(({ text }) => text).join()).not.toMatch(/subject|hush/i);
    expect(found.map((page) => page.json())).toEqual([
      { reports: [report({ id: 'a1' })] },
      { reports: [report({ id: 'b2' })] },
    ]);
  });

  test('a list that ends before its count is not taken', async () => {
    await expect(
      asked({ reports: [report()], total_items: 3 }, { reports: [], total_items: 3 }),
    ).rejects.toMatchObject({ code: 'VENDOR_INCOMPLETE' });
  });
});

test('it is asked at its data centre', () => {
  const chosen = settings.parse({ data_center: 'us21' });
  expect(source.api(chosen).baseUrl).toBe('https://us21.api.mailchimp.com');
  expect(settings.safeParse({ data_center: 'us6.evil.example/' }).success).toBe(false);
});

describe('an error', () => {
  const problem = (status: number, title: string) =>
    answerOf(status, { type: 'https://mailchimp.com/developer/', title, status, detail: 'Some detail.' });

  test('of the key names the data centre, too', () => {
    expect(source.diagnose?.(problem(401, 'API Key Invalid'))).toEqual({
      ...{ kind: 'no-permission', reason: 'API Key Invalid: Some detail.' },
      hint: expect.stringContaining('data_center'),
    });
  });

  test('of too many connections waits, though Mailchimp does not say how long', () => {
    const answer = problem(429, 'Too Many Requests');
    const found = source.diagnose?.(answer) ?? diagnosisByStatus(answer);
    if (found === undefined) throw new Error('it was taken for good');
    expect(found.kind).toBe('retry');
    expect(waitOf(found, answer, new Date('2026-11-22T06:00:00.000Z'))).toBe(30);
  });
});

test('its page has every setting', () => {
  expect(undocumented(source, pageOfSource('mailchimp').text)).toEqual([]);
});
