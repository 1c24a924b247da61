import { describe, expect, test } from 'vitest';
import type { VendorRequest } from '../../../../functions/pull/api/vendor.ts';
import { sessionPages } from '../../../../functions/pull/sources/ga4/client.ts';
import { diagnose } from '../../../../functions/pull/sources/ga4/diagnose.ts';
import { source } from '../../../../functions/pull/sources/ga4/source.ts';
import { answering, answerOf, chosen, mapped, pagesOf, report, slice } from './asking.ts';

const DAY = '2026-11-20';
const line = (page: string, sessions = '2') =>
  ['20261120', 'desktop', 'Direct', page, sessions, '1', '0'] as const;
const bodyOf = (request: VendorRequest | undefined) => request?.body as Record<string, unknown>;

describe('paging', () => {
  test('goes on by offset until the announced rows are there', async () => {
    const pages = [
      report([line('/a'), line('/b')], { rowCount: 5 }),
      report([line('/c'), line('/d')], { rowCount: 5 }),
      report([line('/e')], { rowCount: 5 }),
    ];
    const { vendor, requests } = answering(pages);
    const read = await pagesOf(sessionPages(vendor, chosen({ page_rows: 2 }), slice(DAY)));
    expect(read.flatMap((page) => mapped(page).rows)).toHaveLength(5);
    expect(requests.map((request) => bodyOf(request)['offset'])).toEqual(['0', '2', '4']);
    expect(bodyOf(requests[0])).toMatchObject({
      dateRanges: [{ startDate: DAY, endDate: DAY }],
      limit: '2',
      returnPropertyQuota: true,
      orderBys: [{ dimension: { dimensionName: 'date' } }, {}, {}, {}],
    });
  });

  test('a day of nothing has neither rows nor rowCount, and is read as nothing', async () => {
    const { vendor, notes } = answering([report([], { metadata: { emptyReason: 'NO_DATA' } })]);
    const [page] = await pagesOf(sessionPages(vendor, chosen(), slice(DAY)));
    expect(page && mapped(page).rows).toEqual([]);
    expect(notes).toEqual([`GA4 ${DAY}: no rows, Google says NO_DATA`]);
  });

  test.each([
    ['repeats the page before', [line('/a'), line('/b')], 3],
    ['ends before the announced rows', [], 3],
    ['announces another number', [line('/c')], 4],
  ])('a next page that %s fails the slice', async (_, rows, rowCount) => {
    const { vendor } = answering([
      report([line('/a'), line('/b')], { rowCount: 3 }),
      report(rows, { rowCount }),
    ]);
    const reading = pagesOf(sessionPages(vendor, chosen({ page_rows: 2 }), slice(DAY)));
    await expect(reading).rejects.toMatchObject({ code: 'VENDOR_INCOMPLETE', retryable: true });
  });

  test('days that Google answers from a sample are asked for one by one', async () => {
    const sampled = {
      metadata: { samplingMetadatas: [{ samplesReadCount: '50', samplingSpaceSize: '200' }] },
    };
    const { vendor, requests, notes } = answering((request) => {
      const [range] = bodyOf(request)['dateRanges'] as { startDate: string; endDate: string }[];
      return range?.startDate === range?.endDate
        ? report([line(`/${range?.startDate}`)])
        : report([line('/')], sampled);
    });
    const pages = await pagesOf(sessionPages(vendor, chosen({ days_at_once: 3 }), slice('2026-11-18', DAY)));
    expect(requests).toHaveLength(4);
    expect(pages.flatMap((page) => mapped(page).rows.map((row) => row['session_id']))).toEqual([
      'shop.example|2026-11-20|desktop|Direct|/2026-11-18',
      'shop.example|2026-11-20|desktop|Direct|/2026-11-19',
      'shop.example|2026-11-20|desktop|Direct|/2026-11-20',
    ]);
    expect(notes[0]).toContain('sampled 2026-11-18 to 2026-11-20');
  });
});

describe('what people must know of an answer', () => {
  test.each([
    [{ metadata: { dataLossFromOtherRow: true } }, 'folded into "(other)"'],
    [
      { metadata: { samplingMetadatas: [{ samplesReadCount: '50', samplingSpaceSize: '200' }] } },
      'a sample of 25.0 % of the events',
    ],
    [{ metadata: { subjectToThresholding: true } }, 'withheld'],
    [
      { propertyQuota: { tokensPerHour: { consumed: 39_000, remaining: 1000 } } },
      '1000 tokensPerHour left of 40000',
    ],
  ])('%j is told', async (more, told) => {
    const { vendor, notes } = answering([report([line('/')], more)]);
    await pagesOf(sessionPages(vendor, chosen(), slice(DAY)));
    expect(notes).toEqual([expect.stringContaining(told)]);
  });

  test('a row of (other) is told, and counted', async () => {
    const { vendor, notes } = answering([report([line('(other)', '7')])]);
    const [page] = await pagesOf(sessionPages(vendor, chosen(), slice(DAY)));
    expect(page && mapped(page).rows.map((row) => row['session_count'])).toEqual([7]);
    expect(notes).toEqual([expect.stringContaining('(1 rows on this page)')]);
  });
});

test('an e-mail address encoded in a page’s path is hashed before anybody keeps the answer', async () => {
  const { vendor } = answering([report([line('/unsubscribe/Anna.Weber%40garage.example'), line('/x')])]);
  const [page] = await pagesOf(sessionPages(vendor, chosen(), slice(DAY)));
  expect(page?.text).not.toMatch(/Weber|%40/);
  expect(JSON.stringify(page && mapped(page).rows)).toMatch(/unsubscribe\/[0-9a-f]{64}/);
});

describe('an answer of another form', () => {
  test.each([
    ['no headers', { rows: [] }, 'dimensionHeaders'],
    ['a column less', { ...report([line('/')]), metricHeaders: [{ name: 'sessions' }] }, 'metricValues'],
    ['another column', { ...report([]), dimensionHeaders: [{ name: 'date' }] }, 'dimensionHeaders'],
    ['a value less', report([['20261120', 'desktop', 'Direct', '/', '1']]), 'metricValues'],
    ['rows that are no list', { ...report([]), rows: { a: 1 } }, 'rows'],
    ['a count that is none', { ...report([]), rowCount: '5' }, 'rowCount'],
    ['a number for a text', { ...report([]), rows: [{ dimensionValues: [1, 2, 3, 4] }] }, 'dimensionValues'],
  ])('%s fails, naming the field', async (_, body, field) => {
    const reading = pagesOf(sessionPages(answering([body]).vendor, chosen(), slice(DAY)));
    await expect(reading).rejects.toMatchObject({
      code: 'VENDOR_SHAPE',
      message: expect.stringContaining(field),
    });
  });
});

describe('refusals', () => {
  const google = (code: number, status: string, message: string) =>
    diagnose(answerOf(code, { error: { code, message, status } }));
  test('are told apart, though many share a status', () => {
    expect(google(401, 'UNAUTHENTICATED', 'Request had invalid credentials')?.kind).toBe('token-expired');
    expect(google(403, 'PERMISSION_DENIED', 'User does not have sufficient permissions')).toMatchObject({
      kind: 'no-permission',
      hint: expect.stringContaining('Viewer'),
    });
    expect(google(429, 'RESOURCE_EXHAUSTED', 'Exhausted concurrent requests quota.')?.kind).toBe('retry');
    expect(google(429, 'RESOURCE_EXHAUSTED', 'Exhausted property tokens per day. These …')).toMatchObject({
      kind: 'refused',
      hint: expect.stringContaining('days_at_once'),
    });
    expect(google(503, 'UNAVAILABLE', 'The service is currently unavailable.')?.kind).toBe('retry');
    expect(google(400, 'INVALID_ARGUMENT', 'Field x is not a valid metric.')?.kind).toBe('refused');
  });

  test('in nobody’s form are left to their status', () => {
    expect(diagnose(answerOf(502, '<html>Bad Gateway</html>'))).toBeUndefined();
    expect(diagnose(answerOf(200, report([])))).toBeUndefined();
  });
});

describe('probe', () => {
  const fields = (names: readonly string[]) => ({
    dimensions: ['date', 'deviceCategory', 'sessionDefaultChannelGroup', 'landingPage'].map((apiName) => ({
      apiName,
    })),
    metrics: names.map((apiName) => ({ apiName })),
  });
  test('names a key event that is none', async () => {
    const { vendor } = answering([fields(['sessions', 'engagedSessions'])]);
    expect(await source.probe(vendor, chosen())).toMatchObject({
      status: 'failed',
      remedy: expect.stringContaining('purchase as key event'),
    });
  });
  test('is content when every field is there', async () => {
    const { vendor } = answering([fields(['sessions', 'engagedSessions', 'sessionKeyEventRate:purchase'])]);
    expect((await source.probe(vendor, chosen())).status).toBe('ok');
  });
});

test('a slice replaces each of its days, whether or not a session came', () => {
  const [entity] = source.entities(chosen());
  expect(entity?.scopes?.(chosen(), slice('2026-11-19', DAY))).toEqual([
    { table: 'sessions', scope: { started_on: '2026-11-19', property: 'shop.example' } },
    { table: 'sessions', scope: { started_on: '2026-11-20', property: 'shop.example' } },
  ]);
});
