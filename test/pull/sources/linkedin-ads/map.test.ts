import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { source } from '../../../../functions/pull/sources/linkedin-ads/source.ts';
import { mutated } from '../../../kit/mutated.ts';
import { runs } from '../../../kit/runs.ts';
import { mapPage, pageOf, refusals, sliceOf } from '../ad-spend/asking.ts';

const KEYS = { accounts: ['507719264'] };
const SLICE = sliceOf('507719264', '2026-11-01', '2026-11-30');
const FACTS = { currency: 'EUR', 'name:628311904': 'Fleet managers DACH' };
const DATE = { year: 2026, month: 11, day: 2 };

const ELEMENT = {
  dateRange: { start: DATE, end: DATE },
  pivotValues: ['urn:li:sponsoredCampaignGroup:628311904'],
  impressions: 4120,
  clicks: 31,
  costInLocalCurrency: '161.2750000001',
  conversionValueInLocalCurrency: '1092.0',
  externalWebsiteConversions: 2,
  oneClickLeads: 3,
};

const map = (elements: readonly unknown[], keys: object = {}, facts: Record<string, string> = FACTS) =>
  mapPage(source, { ...KEYS, ...keys }, pageOf({ elements }, facts), SLICE);

describe('an element', () => {
  test('becomes a campaign group’s day: website conversions and leads added, name and currency from the account', () => {
    expect(map([ELEMENT]).rows).toEqual([
      {
        platform: 'linkedin',
        channel: 'LinkedIn Ads',
        account_id: '507719264',
        spent_on: '2026-11-02',
        campaign_id: '628311904',
        campaign_name: 'Fleet managers DACH',
        impressions: 4120,
        clicks: 31,
        cost: '161.275',
        conversions: '5',
        conversion_value: '1092.0',
        currency: 'EUR',
      },
    ]);
  });

  test('of a campaign that is listed no more keeps its figures, without a name', () => {
    expect(map([ELEMENT], {}, { currency: 'EUR' }).rows[0]).toMatchObject({
      campaign_name: null,
      cost: '161.275',
    });
  });

  test('counts what LinkedIn left out as nothing, unless something unknown came in its place', () => {
    const { oneClickLeads, ...rest } = ELEMENT;
    expect(map([rest]).rows[0]).toMatchObject({ conversions: '2' });
    expect(map([{ ...rest, oneClickLeadsNew: oneClickLeads }]).rejected).toMatchObject([
      { field: 'oneClickLeads' },
    ]);
  });

  test('may be in dollars, then without value, which LinkedIn has in local currency only', () => {
    const { rows } = map([{ ...ELEMENT, costInUsd: '175.11' }], { cost: 'usd' });
    expect(rows[0]).toMatchObject({ cost: '175.11', currency: 'USD', conversion_value: null });
  });

  test.each([
    ['pivotValues', { pivotValues: ['urn:li:sponsoredCampaign:1'] }],
    ['pivotValues', { pivotValues: [] }],
    ['dateRange', { dateRange: { start: DATE, end: { ...DATE, day: 3 } } }],
    ['dateRange.start', { dateRange: { start: { ...DATE, month: 10 }, end: { ...DATE, month: 10 } } }],
    ['dateRange.start', { dateRange: { start: { ...DATE, day: 31 }, end: { ...DATE, day: 31 } } }],
    ['dateRange.start.day', { dateRange: { start: { year: 2026, month: 11 }, end: DATE } }],
    ['costInLocalCurrency', { costInLocalCurrency: undefined }],
    ['impressions', { impressions: 1.5 }],
  ])('is rejected naming %s: %j', (field, more) => {
    const { rows, rejected } = map([{ ...ELEMENT, ...more }]);
    expect(rows).toEqual([]);
    expect(rejected).toMatchObject([{ field }]);
  });

  test('mutated in any way is mapped as the lake takes it, or rejected naming a field', () => {
    fc.assert(
      fc.property(mutated(ELEMENT), (record) => {
        const { rows, rejected } = map([record]);
        expect(rows.length + rejected.length).toBe(1);
        expect(rows.flatMap(refusals)).toEqual([]);
        expect(rejected.every(({ field }) => field !== '')).toBe(true);
      }),
      { numRuns: runs(500) },
    );
  });
});

test.each([[{}], [{ elements: {} }], [[]], [null]])(
  'an answer of an unknown form fails the source: %j',
  (body) => {
    expect(() => mapPage(source, KEYS, pageOf(body), SLICE)).toThrow(
      expect.objectContaining({ code: 'VENDOR_SHAPE' }),
    );
  },
);
