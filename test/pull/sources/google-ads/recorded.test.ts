import { describe, expect, test } from 'vitest';
import { source } from '../../../../functions/pull/sources/google-ads/source.ts';
import { refusals } from '../ad-spend/asking.ts';
import { hasRecorded, recordedRows } from '../ad-spend/recorded.ts';
import { mapAll, totals } from '../ad-spend/totals.ts';

/** Totals were added up apart from the project, from the files. */
describe.skipIf(!hasRecorded)('recorded from Google', () => {
  test('16 days of a campaign: 280 clicks of 1,854 impressions for 231.33 dollars', () => {
    const [account] = recordedRows('google_ads_account_history_data.csv');
    const [campaign] = recordedRows('google_ads_campaign_history_data.csv');
    const results = recordedRows('google_ads_campaign_stats_data.csv').map((row) => ({
      customer: { id: row['customer_id'], currencyCode: account?.['currency_code'] },
      campaign: { id: row['id'], name: campaign?.['name'] },
      segments: { date: row['date'], device: row['device'] },
      metrics: {
        impressions: row['impressions'],
        clicks: row['clicks'],
        costMicros: row['cost_micros'],
        conversions: Number(row['conversions']),
        conversionsValue: Number(row['conversions_value']),
      },
    }));
    const { rows, rejected } = mapAll(source, {}, '2121450128', [{ results, fieldMask: 'x' }]);
    expect(rejected).toEqual([]);
    expect(rows.flatMap(refusals)).toEqual([]);
    expect(rows).toHaveLength(16);
    expect(totals(rows)).toEqual({
      impressions: '1854',
      clicks: '280',
      cost: '231.33',
      conversions: '0',
      conversion_value: '0',
    });
    expect(rows[0]).toMatchObject({
      spent_on: '2021-02-01',
      cost: '36.15',
      currency: 'USD',
      campaign_name: 'Zj9yTjsXtiWREoWWkz3kww==',
    });
  });
});
