import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { source } from '../../../../functions/pull/sources/microsoft-ads/source.ts';
import { mutated } from '../../../kit/mutated.ts';
import { runs } from '../../../kit/runs.ts';
import { mapPage, pageOf, refusals, sliceOf } from '../ad-spend/asking.ts';

const KEYS = { accounts: ['188204517'], customer: '21006913' };
const SLICE = sliceOf('188204517', '2026-11-01', '2026-11-30');

const COLUMNS = [
  ...['TimePeriod', 'AccountId', 'CurrencyCode', 'CampaignId', 'CampaignName', 'Impressions', 'Clicks'],
  ...['Spend', 'Conversions', 'ConversionsQualified', 'Revenue'],
];
const CELLS = {
  TimePeriod: '2026-11-20',
  AccountId: '188204517',
  CurrencyCode: 'EUR',
  CampaignId: '419200316',
  CampaignName: 'Search "tyres", all',
  Impressions: '12,345',
  Clicks: '88',
  Spend: '1,234.56',
  Conversions: '2',
  ConversionsQualified: '1.60',
  Revenue: '1,104.00',
};

const line = (cells: readonly unknown[]) =>
  cells.map((cell) => `"${String(cell ?? '').replaceAll('"', '""')}"`).join(',');
const csv = (...records: object[]) =>
  `${line(COLUMNS)}\r\n${records.map((record) => `${line(COLUMNS.map((name) => (record as Record<string, unknown>)[name]))}\r\n`).join('')}`;
const map = (text: string, keys: object = {}) => mapPage(source, { ...KEYS, ...keys }, pageOf(text), SLICE);

/** A row without any cell filled is a blank line. */
const isRow = (value: unknown): boolean => typeof value === 'object' && Object.keys(value ?? {}).length > 5;

describe('a row', () => {
  test('becomes a campaign’s day: groups of thousands, quotes, decimals of conversions', () => {
    expect(map(csv(CELLS)).rows).toEqual([
      {
        platform: 'microsoft',
        channel: 'Microsoft Ads',
        account_id: '188204517',
        spent_on: '2026-11-20',
        campaign_id: '419200316',
        campaign_name: 'Search "tyres", all',
        impressions: 12345,
        clicks: 88,
        cost: '1234.56',
        conversions: '1.60',
        conversion_value: '1104.00',
        currency: 'EUR',
      },
    ]);
  });

  test('without qualified conversions has those that were counted', () => {
    expect(map(csv({ ...CELLS, ConversionsQualified: '' })).rows[0]).toMatchObject({ conversions: '2' });
  });

  test('of a deleted campaign without a number keeps its spend under its name', () => {
    const { rows } = map(csv({ ...CELLS, CampaignId: '' }));
    expect(rows[0]).toMatchObject({ campaign_id: 'deleted: Search "tyres", all', cost: '1234.56' });
    expect(map(csv({ ...CELLS, CampaignId: '', CampaignName: '' })).rejected[0]).toMatchObject({
      field: 'CampaignId',
    });
  });

  test.each([
    ['TimePeriod', '2026-11-20|09', /not a day/],
    ['TimePeriod', '11/20/2026', /not a day/],
    ['TimePeriod', '2026-10-31', /days asked for/],
    ['AccountId', '2', /account asked for/],
    ['Spend', '12,34', /decimal/],
    ['Spend', '', /required/],
    ['Impressions', '1.5', /whole number/],
    ['Clicks', '100.00%', /decimal/],
    ['CurrencyCode', 'Euro', /ISO 4217/],
  ])('with %s %j is rejected naming it', (field, cell, reason) => {
    const { rows, rejected } = map(csv({ ...CELLS, [field]: cell }));
    expect(rows).toEqual([]);
    expect(rejected).toMatchObject([{ field, reason: expect.stringMatching(reason) }]);
  });

  test('mutated in any way is mapped as the lake takes it, or rejected naming a field', () => {
    fc.assert(
      fc.property(mutated(CELLS).filter(isRow), (record) => {
        const { rows, rejected } = map(csv(record as object));
        expect(rows.length + rejected.length).toBe(1);
        expect(rows.flatMap(refusals)).toEqual([]);
        expect(rejected.every(({ field }) => field !== '')).toBe(true);
      }),
      { numRuns: runs(300) },
    );
  });

  test('whose column of conversions was renamed is rejected, not read as the rounded ones', () => {
    const renamed = csv(CELLS).replace('ConversionsQualified', 'ConversionsQualifiedNew');
    expect(map(renamed).rejected).toMatchObject([{ field: 'ConversionsQualified' }]);
  });
});

describe('a file', () => {
  test('may have titles above, a footer below, a byte order mark and blank lines, in spite of the flags', () => {
    const titles = '\uFEFF"Report Name: x"\r\n"Report Time: 11/1/2026"\r\n"Rows: 1"\r\n\r\n';
    for (const footer of [
      '"©2026 Microsoft Corporation. All rights reserved. "\r\n',
      '(c) 2026 Microsoft Corporation.\n',
    ])
      expect(map(`${titles}${csv(CELLS)}\r\n${footer}`)).toMatchObject({
        rows: [{ cost: '1234.56' }],
        rejected: [],
      });
  });

  test('of a header only is nothing', () => {
    expect(map(csv())).toEqual({ rows: [], rejected: [] });
  });

  test.each([
    ['cut in the middle of a row', csv(CELLS, CELLS).slice(0, -60)],
    ['that is a page of a proxy', '<html>Sign in</html>'],
    ['of nothing', ''],
  ])('%s fails the source', (_, text) => {
    expect(() => map(text)).toThrow(expect.objectContaining({ code: 'VENDOR_SHAPE' }));
  });
});
