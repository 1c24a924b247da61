import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { source } from '../../../../functions/pull/sources/google-ads/source.ts';
import { mutated } from '../../../kit/mutated.ts';
import { runs } from '../../../kit/runs.ts';
import { mapPage, pageOf, refusals, sliceOf, totalOf } from '../ad-spend/asking.ts';

const KEYS = { accounts: ['482-193-7605'] };
const SLICE = sliceOf('4821937605', '2026-11-01', '2026-11-30');

const row = (more: object = {}, metrics: object = {}) => ({
  customer: { resourceName: 'customers/4821937605', id: '4821937605', currencyCode: 'EUR' },
  campaign: { resourceName: 'customers/4821937605/campaigns/7', id: '20711530841', name: 'Brand' },
  segments: { date: '2026-11-20' },
  metrics: {
    impressions: '1201',
    clicks: '88',
    costMicros: '51123456',
    conversions: 4.7,
    conversionsValue: 3310.25,
    ...metrics,
  },
  ...more,
});

const map = (...chunks: object[]) => mapPage(source, KEYS, pageOf(chunks), SLICE);

describe('a row', () => {
  test('becomes a campaign’s day: micros exactly, 64-bit numbers from text', () => {
    expect(map({ results: [row()], fieldMask: 'x', requestId: 'r' }).rows).toEqual([
      {
        platform: 'google',
        channel: 'Google Ads',
        account_id: '4821937605',
        spent_on: '2026-11-20',
        campaign_id: '20711530841',
        campaign_name: 'Brand',
        impressions: 1201,
        clicks: 88,
        cost: '51.1235',
        conversions: '4.7',
        conversion_value: '3310.25',
        currency: 'EUR',
      },
    ]);
  });

  test('may count all conversions instead of the primary ones, on a channel of the company’s choice', () => {
    const page = pageOf({ results: [row({}, { allConversions: 9, allConversionsValue: 5000 })] });
    const { rows } = mapPage(
      source,
      { ...KEYS, conversions: 'all_conversions', channel: 'SEA' },
      page,
      SLICE,
    );
    expect(rows[0]).toMatchObject({ conversions: '9', conversion_value: '5000', channel: 'SEA' });
  });

  test.each([
    ['segments.date', { segments: { date: '2026-12-01' } }, /days asked for/],
    ['customer.id', { customer: { id: '1', currencyCode: 'EUR' } }, /account asked for/],
    ['customer.currencyCode', { customer: { id: '4821937605', currencyCode: 'euro' } }, /ISO 4217/],
    ['campaign.name', { campaign: { id: '5' } }, /required/],
    ['metrics.costMicros', { metrics: { impressions: '1', clicks: '0' } }, /required/],
  ])('is rejected naming %s', (field, more, reason) => {
    const { rows, rejected } = map({ results: [row(more)] });
    expect(rows).toEqual([]);
    expect(rejected).toMatchObject([{ field, reason: expect.stringMatching(reason) }]);
  });

  test('mutated in any way is mapped as the lake takes it, or rejected naming a field', () => {
    fc.assert(
      fc.property(mutated(row()), (record) => {
        const { rows, rejected } = map({ results: [record] });
        expect(rows.length + rejected.length).toBe(1);
        expect(rows.flatMap(refusals)).toEqual([]);
        expect(rejected.every(({ field }) => field !== '')).toBe(true);
      }),
      { numRuns: runs(500) },
    );
  });
});

describe('an answer', () => {
  test('of a stream is a list of chunks, of a search one of them', () => {
    const [first, second] = [row(), row({ segments: { date: '2026-11-21' } })];
    const stream = map({ results: [first] }, { results: [second], queryResourceConsumption: '12' });
    const search = mapPage(source, KEYS, pageOf({ results: [first, second], nextPageToken: 'a' }), SLICE);
    expect(stream.rows).toEqual(search.rows);
    expect(totalOf(stream.rows, 'cost')).toBe('102.247');
  });

  test.each([[[]], [[{ fieldMask: 'a', requestId: 'b' }]], [{ fieldMask: 'a' }]])(
    'without rows is nothing: %j',
    (body) => {
      expect(mapPage(source, KEYS, pageOf(body), SLICE).rows).toEqual([]);
    },
  );

  test.each([
    [{ rows: [row()] }],
    [[{ results_v2: [row()], fieldMask: 'a' }]],
    [[{ results: { value: [row()] } }]],
    ['hello'],
    [[null]],
  ])('of an unknown form fails the source: %j', (body) => {
    const page = pageOf(typeof body === 'string' ? JSON.stringify(body) : body);
    expect(() => mapPage(source, KEYS, page, SLICE)).toThrow(
      expect.objectContaining({ code: 'VENDOR_SHAPE' }),
    );
  });
});
