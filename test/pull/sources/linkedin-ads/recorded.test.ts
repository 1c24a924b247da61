import { describe, expect, test } from 'vitest';
import { source } from '../../../../functions/pull/sources/linkedin-ads/source.ts';
import { refusals } from '../ad-spend/asking.ts';
import { given, hasRecorded, recordedRows, recordedText } from '../ad-spend/recorded.ts';
import { mapAll, totals } from '../ad-spend/totals.ts';

/** Totals were added up apart from the project, from the files. */
describe.skipIf(!hasRecorded)('recorded from LinkedIn', () => {
  const answer = () =>
    JSON.parse(recordedText('airbyte_linkedin_ad_campaign_analytics_response_1.json')) as object;

  test('two days of a campaign, in dollars: 508 clicks of 39,300 impressions for 719.429', () => {
    const { rows, rejected } = mapAll(source, { campaigns: 'campaigns', cost: 'usd' }, '1', answer());
    expect(rejected).toEqual([]);
    expect(rows.map((row) => row['spent_on'])).toEqual(['2023-01-02', '2023-01-03']);
    expect(totals(rows)).toMatchObject({ impressions: '39300', clicks: '508', cost: '719.429' });
    expect(rows[0]).toMatchObject({ campaign_id: '1111', currency: 'USD', conversion_value: null });
  });

  test('the same where campaign groups were asked for: rejected, naming the pivot', () => {
    const { rejected } = mapAll(source, {}, '1', answer());
    expect(rejected.map(({ field }) => field)).toEqual(['pivotValues', 'pivotValues']);
  });

  test('20 days of four campaigns: 919 clicks of 1,359 impressions for 530.62', () => {
    const names = recordedRows('linkedin_ad_campaign_history_data.csv').map((row) => [
      `name:${row['id']}`,
      row['name'] ?? '',
    ]);
    const elements = recordedRows('linkedin_ad_analytics_by_campaign_data.csv').map((row) => {
      const [year, month, day] = (row['day'] ?? '').slice(0, 10).split('-').map(Number);
      return {
        dateRange: { start: { year, month, day }, end: { year, month, day } },
        pivotValues: [`urn:li:sponsoredCampaign:${row['campaign_id']}`],
        ...given('impressions', row['impressions']),
        ...given('clicks', row['clicks']),
        ...given('costInLocalCurrency', row['cost_in_local_currency']),
        ...given('conversionValueInLocalCurrency', row['conversion_value_in_local_currency']),
        ...given('externalWebsiteConversions', row['external_website_conversions']),
        ...given('oneClickLeads', row['one_click_leads']),
      };
    });
    const facts = { currency: 'USD', ...Object.fromEntries(names) };
    const { rows, rejected } = mapAll(source, { campaigns: 'campaigns' }, '507515057', { elements }, facts);
    expect(rejected).toEqual([]);
    expect(rows).toHaveLength(20);
    expect(rows.flatMap(refusals)).toEqual([]);
    expect(totals(rows)).toEqual({
      impressions: '1359',
      clicks: '919',
      cost: '530.62',
      conversions: '0',
      conversion_value: '0',
    });
    expect(rows.every((row) => row['campaign_name'] !== null)).toBe(true);
  });
});
