import { describe, expect, test } from 'vitest';
import type { VendorRequest } from '../../../../functions/pull/api/vendor.ts';
import { pages } from '../../../../functions/pull/sources/mautic/client.ts';
import { settings } from '../../../../functions/pull/sources/mautic/settings.ts';
import { source } from '../../../../functions/pull/sources/mautic/source.ts';
import { answering, answerOf, pagesOf, sliceOf } from '../ad-spend/asking.ts';
import { mapped, refusals } from '../mapped.ts';
import { pageOfSource, undocumented } from '../page.ts';

type Row = Readonly<Record<string, unknown>>;

const mail = (id: number, lead: number | null, sent: string, changes: Row = {}): Row => ({
  ...{ id: String(id), email_id: '7', lead_id: lead === null ? null : String(lead), date_sent: sent },
  ...{ is_read: '0', is_failed: '0', email_address: `someone-${lead}@customer.example`, ...changes },
});
const click = (id: number, lead: number, at: string, changes: Row = {}): Row => ({
  ...{ id, email_id: 7, lead_id: lead, redirect_id: 3, date_hit: at, ...changes },
});
const silenced = (id: number, lead: number, reason: string, at: string, changes: Row = {}): Row => ({
  ...{ id: String(id), lead_id: String(lead), reason, channel: 'email', channel_id: '7', date_added: at },
  ...changes,
});

interface Tables {
  readonly email_stats?: readonly Row[];
  readonly page_hits?: readonly Row[];
  readonly lead_donotcontact?: readonly Row[];
}

/** Answers as Mautic does: rows above a number, so many, and how many are left. */
function tableOf(rows: readonly Row[], { query = {} }: VendorRequest): object {
  const left = rows.filter(({ id }) => Number(id) > Number(query['where[0][val]']));
  return { total: String(left.length), stats: left.slice(0, Number(query['limit'])) };
}

const EMAILS = { total: 1, emails: { 7: { id: 7, name: 'Autumn', subject: 'A subject' } } };

async function read(tables: Tables, emails: object = EMAILS, pageSize = 2) {
  const asked = answering((request) => {
    const name = request.url.split('/').at(-1) as keyof Tables | 'emails';
    return answerOf(200, name === 'emails' ? emails : tableOf(tables[name] ?? [], request));
  });
  const chosen = settings.parse({ base_url: 'https://mautic.example', page_size: pageSize });
  const found = await pagesOf(pages(asked.vendor, chosen, sliceOf('', '2026-11-01', '2026-11-21')));
  return { ...asked, page: found[0], pages: found };
}

/** What becomes of tables, from the door to the lake. `mapped` gives keys that most sources have: `read` is none of Mautic’s. */
async function rowsOf(tables: Tables, emails?: object) {
  const { page } = await read(tables, emails);
  const definition = { ...source, settings: settings.loose() as never };
  const window = { slice: { from: '2026-11-01', to: '2026-11-21' } };
  return mapped(definition, { base_url: 'https://mautic.example' }, 'emails', page?.json(), window);
}

describe('the mails of an e-mail', () => {
  test('are counted by day, with what became of each', async () => {
    const { of } = await rowsOf({
      email_stats: [
        mail(1, 11, '2026-11-20 08:00:00', { is_read: '1' }),
        mail(2, 12, '2026-11-20 08:20:00', { is_failed: 1 }),
        mail(3, 13, '2026-11-20 09:00:00', { is_read: true }),
        mail(4, 14, '2026-11-21 08:00:00'),
      ],
      page_hits: [click(5, 11, '2026-11-20 08:05:00'), click(6, 11, '2026-11-20 08:06:00')],
      lead_donotcontact: [
        silenced(7, 12, '2', '2026-11-20 08:21:00'),
        silenced(8, 13, '1', '2026-11-20 10:00:00'),
        silenced(9, 14, '2', '2026-11-21 08:01:00'),
      ],
    });
    const [first, second, ...others] = of('email_sends');
    expect(others).toEqual([]);
    expect(first).toEqual({
      ...{ campaign_id: '7', campaign_name: 'Autumn', sent_on: '2026-11-20' },
      ...{ sent_count: 3, bounce_count: 1, delivered_count: 2, unique_open_count: 2 },
      ...{ unique_click_count: 1, unsubscribe_count: 1 },
    });
    expect(second).toMatchObject({
      sent_on: '2026-11-21',
      sent_count: 1,
      bounce_count: 1,
      delivered_count: 0,
    });
    expect(refusals('email_sends', first ?? {})).toEqual([]);
  });

  test('stand on the day of the company', async () => {
    // Midnight in Paris is 23:00 UTC.
    const { of } = await rowsOf({
      email_stats: [
        mail(1, 11, '2026-10-31 22:59:59'),
        mail(2, 12, '2026-10-31 23:00:00'),
        mail(3, 13, '2026-11-21 22:59:59'),
        mail(4, 14, '2026-11-21 23:00:00'),
      ],
    });
    expect(of('email_sends').map((row) => [row['sent_on'], row['sent_count']])).toEqual([
      ['2026-11-01', 1],
      ['2026-11-21', 1],
    ]);
  });

  test('were not clicked by what came before them, was no link, or is of another e-mail or contact', async () => {
    const { of } = await rowsOf({
      email_stats: [mail(1, 11, '2026-11-20 08:00:00')],
      page_hits: [
        click(5, 11, '2026-11-20 07:59:59'),
        click(6, 11, '2026-11-20 09:00:00', { redirect_id: null }),
        click(7, 11, '2026-11-20 09:00:00', { email_id: 8 }),
        click(8, 12, '2026-11-20 09:00:00'),
        click(9, 11, '2026-11-20 09:00:00', { lead_id: null }),
      ],
    });
    expect(of('email_sends')).toMatchObject([{ sent_count: 1, unique_click_count: 0 }]);
  });

  test('of contacts that were deleted are mails all the same; those of no e-mail are not', async () => {
    const { of } = await rowsOf({
      email_stats: [
        mail(1, null, '2026-11-20 08:00:00', { is_read: '1' }),
        mail(2, 11, '2026-11-20 08:00:00', { email_id: null }),
      ],
    });
    expect(of('email_sends')).toMatchObject([{ sent_count: 1, unique_open_count: 1 }]);
  });

  test('of an e-mail that is not on the list are called by its number', async () => {
    const { of } = await rowsOf(
      { email_stats: [mail(1, 11, '2026-11-20 08:00:00')] },
      { total: 0, emails: [] },
    );
    expect(of('email_sends')).toMatchObject([{ campaign_id: '7', campaign_name: null }]);
  });
});

describe('what is kept of the tables', () => {
  test('are counts: nobody’s number, address or page', async () => {
    const { page } = await read({
      email_stats: [mail(1, 4711, '2026-11-20 08:07:00')],
      page_hits: [click(5, 4711, '2026-11-20 08:09:00', { url: 'https://shop.example/autumn' })],
    });
    expect(page?.json()).toEqual({
      emails: [
        {
          ...{ id: '7', name: 'Autumn' },
          quarters: [
            {
              ...{ at: '2026-11-20T08:00:00.000Z', sent: 1, undelivered: 0, opened: 0 },
              ...{ clicked: 1, unsubscribed: 0 },
            },
          ],
        },
      ],
    });
    expect(page?.text).not.toMatch(/4711|customer|shop|subject/);
  });

  test('nothing was sent: names are not asked for', async () => {
    const { page, requests } = await read({});
    expect(page?.json()).toEqual({ emails: [] });
    expect(requests.map(({ url }) => url)).not.toContain('/api/emails');
  });
});

describe('a table', () => {
  test('is read from number to number, whatever is added meanwhile', async () => {
    const { requests } = await read({
      email_stats: [1, 2, 3, 4, 5].map((id) => mail(id, id, '2026-11-20 08:00:00')),
    });
    const mails = requests.filter(({ url }) => url.endsWith('email_stats')).map(({ query }) => query);
    expect(mails.map((query) => query?.['where[0][val]'])).toEqual(['0', '2', '4']);
    expect(mails[0]).toMatchObject({
      ...{ 'where[1][col]': 'date_sent', 'where[1][expr]': 'gte', 'where[1][val]': '2026-10-31 00:00:00' },
      ...{ 'where[2][col]': 'date_sent', 'where[2][expr]': 'lt', 'where[2][val]': '2026-11-23 00:00:00' },
      ...{ 'order[0][col]': 'id', 'order[0][dir]': 'ASC', start: 0, limit: 2 },
    });
    const clicks = requests.find(({ url }) => url.endsWith('page_hits'))?.query;
    expect(clicks).toMatchObject({ 'where[3][val]': '2026-12-23 00:00:00' });
  });

  const spoilt = (body: object) => {
    const { vendor } = answering(() => answerOf(200, body));
    const chosen = settings.parse({ base_url: 'https://mautic.example', page_size: 2 });
    return pagesOf(pages(vendor, chosen, sliceOf('', '2026-11-01', '2026-11-21')));
  };

  test.each<[string, object]>([
    [
      'that holds fewer rows than it counts',
      { total: 2, stats: [silenced(1, 11, '2', '2026-11-20 08:00:00')] },
    ],
    ['that goes back', { total: 2, stats: [2, 1].map((id) => silenced(id, 11, '2', '2026-11-20 08:00:00')) }],
    [
      'whose next page is the same',
      { total: 3, stats: [1, 2].map((id) => silenced(id, 11, '2', '2026-11-20 08:00:00')) },
    ],
  ])('%s is read again', async (_, body) => {
    await expect(spoilt(body)).rejects.toMatchObject({ code: 'VENDOR_INCOMPLETE', retryable: true });
  });

  test.each<[string, object, string]>([
    [
      'without a column',
      { total: 1, stats: [{ ...silenced(1, 11, '2', 'x'), lead_id: undefined }] },
      'lead_id',
    ],
    [
      'with a reason that was not asked for',
      { total: 1, stats: [silenced(1, 11, '9', '2026-11-20 08:00:00')] },
      'reason',
    ],
    ['with an instant that is none', { total: 1, stats: [silenced(1, 11, '2', 'yesterday')] }, 'date_added'],
    ['that is another one', { availableTables: ['email_stats'], total: 1 }, 'stats'],
    ['that does not say how many', { stats: [] }, 'total'],
  ])('%s is the vendor’s new form: nothing is counted', async (_, body, field) => {
    await expect(spoilt(body)).rejects.toMatchObject({
      ...{ code: 'VENDOR_SHAPE', where: { field: expect.stringContaining(field) } },
    });
  });

  test('whose flags are empty is not guessed at', async () => {
    const tables = { email_stats: [mail(1, 11, '2026-11-20 08:00:00', { is_failed: null })] };
    await expect(read(tables)).rejects.toMatchObject({ code: 'VENDOR_SHAPE' });
  });

  test('names come as a list, too', async () => {
    const tables = { email_stats: [mail(1, 11, '2026-11-20 08:00:00')] };
    const { of } = await rowsOf(tables, { total: '1', emails: [{ id: 7, name: 'Listed' }] });
    expect(of('email_sends')).toMatchObject([{ campaign_name: 'Listed' }]);
  });
});

describe('an error', () => {
  const told = (status: number, body: object) => source.diagnose?.(answerOf(status, body));

  test('is found behind status 200', () => {
    expect(told(200, { errors: [{ message: 'You do not have the view permission', code: 403 }] })).toEqual({
      ...{ kind: 'no-permission', reason: 'You do not have the view permission' },
      hint: expect.stringContaining('full system access'),
    });
    expect(told(200, { errors: [{ message: 'An exception occurred', code: 0 }] })).toMatchObject({
      kind: 'refused',
    });
    expect(told(200, { total: 0, stats: [] })).toBeUndefined();
  });

  test('of the password names the switch, too', () => {
    expect(told(401, { errors: [{ message: 'API authorization denied.', code: 401 }] })).toMatchObject({
      ...{ kind: 'token-expired', hint: expect.stringContaining('API settings') },
    });
  });
});

test('an address at which somebody else answers is told as such', () => {
  expect(source.diagnose?.(answerOf(404, '<html>Not found</html>'))).toMatchObject({
    ...{ kind: 'refused', hint: expect.stringContaining('base_url') },
  });
  expect(source.diagnose?.(answerOf(502, '<html>Bad gateway</html>'))).toBeUndefined();
});

test('a credential asks at the address of the site', () => {
  const chosen = settings.parse({ base_url: 'https://mautic.example/m/', auth: 'client_credentials' });
  expect(source.authorize(chosen)).toMatchObject({
    ...{ grant: 'client_credentials', tokenUrl: 'https://mautic.example/m/oauth/v2/token' },
  });
});

test('its page has every setting', () => {
  expect(undocumented(source, pageOfSource('mautic').text)).toEqual([]);
});
