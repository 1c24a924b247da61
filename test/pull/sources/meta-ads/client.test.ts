import { describe, expect, test } from 'vitest';
import { source } from '../../../../functions/pull/sources/meta-ads/source.ts';
import { answering, answerOf, campaignsOf, pagesOf, sliceOf } from '../ad-spend/asking.ts';

const TOKEN = 'EAAGsecret';
const job = (async_status: string, async_percent_completion: number, more: object = {}) =>
  answerOf(200, { id: '62', async_status, async_percent_completion, ...more });
const DONE = job('Job Completed', 100);

interface Meta {
  readonly looks?: readonly ReturnType<typeof job>[];
  readonly pages?: readonly object[];
  readonly keys?: object;
}

function read({ looks = [DONE], pages = [{ data: [] }], keys = {} }: Meta) {
  let look = 0;
  let page = 0;
  const asked = answering(({ url, method }) => {
    if (method === 'POST') return answerOf(200, { report_run_id: '62' });
    return url.endsWith('/62') ? (looks[look++] ?? DONE) : answerOf(200, pages[page++]);
  });
  const { entity, settings } = campaignsOf(source, { accounts: ['1093348827715'], ...keys });
  const slice = sliceOf('1093348827715', '2026-11-01', '2026-11-30');
  return { ...asked, pages: pagesOf(entity.pages(asked.vendor, settings, slice)) };
}

const formOf = (body: unknown) => Object.fromEntries(body as URLSearchParams);

describe('a job', () => {
  test('is ordered for the days, waited for until it is whole, and read to its last page', async () => {
    const next = `https://graph.facebook.com/v26.0/62/insights?access_token=${TOKEN}&after=B`;
    const { pages, requests } = read({
      looks: [job('Job Not Started', 0), job('Job Running', 40), job('Job Completed', 98), DONE],
      pages: [
        { data: [], paging: { cursors: { before: 'A', after: 'B' }, next } },
        { data: [], paging: { cursors: { before: 'B', after: 'C' } } },
      ],
    });
    expect(await pages).toHaveLength(2);
    expect(formOf(requests[0]?.body)).toMatchObject({
      level: 'campaign',
      time_increment: '1',
      time_range: '{"since":"2026-11-01","until":"2026-11-30"}',
    });
    expect(Object.keys(formOf(requests[0]?.body))).not.toContain('use_unified_attribution_setting');
    expect(requests.slice(1).map(({ url }) => url)).toEqual([
      ...Array.from({ length: 4 }, () => '/v26.0/62'),
      ...Array.from({ length: 2 }, () => '/v26.0/62/insights'),
    ]);
    expect(requests.at(-1)?.query).toEqual({ limit: 500, after: 'B' });
  });

  test('keeps the token, which Meta writes into addresses, out of what is archived', async () => {
    const paging = {
      cursors: { after: 'B' },
      next: `https://graph.facebook.com/v26.0/62/insights?access_token=${TOKEN}&limit=5`,
    };
    const [page] = await read({ pages: [{ data: [], paging }, { data: [] }] }).pages;
    expect(page?.text).not.toContain(TOKEN);
    expect(page?.json()).toMatchObject({ data: [], paging: { cursors: { after: 'B' } } });
  });

  test('asks for the windows of the settings', async () => {
    const { pages, requests } = read({ keys: { click_window: '7d_click', view_window: '1d_view' } });
    await pages;
    expect(formOf(requests[0]?.body)).toMatchObject({ action_attribution_windows: '["7d_click","1d_view"]' });
  });

  test.each(['Job Failed', 'Job Skipped'])(
    'that ends as %s is ordered again by the next run',
    async (state) => {
      const { pages } = read({ looks: [job('Job Running', 10), job(state, 10)] });
      await expect(pages).rejects.toMatchObject({ code: 'VENDOR_UNAVAILABLE', retryable: true });
    },
  );

  test.each([
    [{ error_code: 1, error_message: 'An unknown error occurred' }, 'VENDOR_UNAVAILABLE'],
    [{ error_code: 2446289, error_message: 'The table was too busy' }, 'VENDOR_UNAVAILABLE'],
    [{ error_code: 200, error_message: 'Ad account owner has NOT granted' }, 'VENDOR_NO_PERMISSION'],
    [{ error_code: 190, error_message: 'The session has expired' }, 'VENDOR_NO_PERMISSION'],
    [
      { error_code: 100, error_subcode: 1_487_534, error_message: 'Please reduce the amount of data' },
      'PAGE_TOO_LARGE',
    ],
  ])('that failed says why, in Meta’s own words: %j', async (reason, code) => {
    const { pages, requests } = read({ looks: [job('Job Failed', 0, reason)] });
    const error = await pages.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code, message: expect.stringContaining(reason.error_message) });
    expect(error).toMatchObject({ message: expect.stringContaining('1093348827715') });
    expect(requests[1]?.query?.['fields']).toContain('error_message');
  });

  test('of a version before v25.0 is not asked why it failed: it would refuse', async () => {
    const { pages, requests } = read({ keys: { version: 'v24.0' } });
    await pages;
    expect(requests[1]?.query?.['fields']).toBe('async_status,async_percent_completion');
  });

  test('whose page leads to itself fails the slice', async () => {
    const page = { data: [], paging: { cursors: { after: 'B' }, next: 'https://x' } };
    await expect(read({ pages: [page, page] }).pages).rejects.toMatchObject({ code: 'VENDOR_INCOMPLETE' });
  });
});

describe('an error', () => {
  const error = (code: number, more: object = {}) => ({
    error: { message: 'what Meta says', code, ...more },
  });

  test.each([
    ...[1, 2, 4, 17, 32, 613, 80_000, 80_004].map((code) => [400, error(code), 'retry'] as const),
    [400, error(100, { error_subcode: 33 }), 'no-permission'],
    [400, error(100, { error_subcode: 99 }), 'retry'],
    [400, error(100, { is_transient: true }), 'retry'],
    [500, error(100), 'retry'],
    [400, error(100, { error_subcode: 1_487_534 }), 'too-large'],
    [400, error(190, { error_subcode: 463 }), 'no-permission'],
    [403, error(200), 'no-permission'],
    [403, error(10), 'no-permission'],
    [400, error(2635), 'version-ended'],
    [400, error(100), 'refused'],
  ] as const)('%i %j means %s', (status, body, kind) => {
    expect(source.diagnose?.(answerOf(status, body))).toMatchObject({
      kind,
      reason: expect.stringContaining('what Meta says'),
    });
  });

  test.each([
    ['GET /v26.0/62?fields=async_status', 'retry'],
    ['GET /v26.0/62/insights?limit=500', 'retry'],
    ['POST /v26.0/act_109/insights', 'no-permission'],
    ['GET /v26.0/act_109?fields=name', 'no-permission'],
  ])('33 to %s means %s: only a report just ordered may not be there yet', (request, kind) => {
    const answer = { ...answerOf(400, error(100, { error_subcode: 33 })), request };
    expect(source.diagnose?.(answer)).toMatchObject({ kind });
  });
});

test.each([[{ conversions: ['lead', 'lead'] }], [{ view_window: '7d_view' }], [{ version: 'v26' }]])(
  'settings that count twice or ask for what has ended are refused: %j',
  (keys) => {
    expect(source.settings.safeParse({ accounts: ['1'], ...keys }).success).toBe(false);
  },
);
