import { describe, expect, test } from 'vitest';
import { source } from '../../../../functions/pull/sources/microsoft-ads/source.ts';
import { refusals } from '../ad-spend/asking.ts';
import { hasRecorded, recordedRows, recordedText } from '../ad-spend/recorded.ts';
import { mapAll, totals } from '../ad-spend/totals.ts';

/** Totals were added up apart from the project, from the files. */
describe.skipIf(!hasRecorded)('recorded from Microsoft', () => {
  const name = 'airbyte_bing_campaign_performance_report_hourly.csv';
  const keys = { customer: '1' };

  test('24 hours: each is rejected, since an hour is no day', () => {
    const { rows, rejected } = mapAll(source, keys, '180535609', recordedText(name));
    expect(rows).toEqual([]);
    expect(rejected).toHaveLength(24);
    expect(rejected.every(({ field }) => field === 'TimePeriod')).toBe(true);
  });

  test('the same as days: 24 clicks of 24 impressions for 35.52 dollars', () => {
    const { rows, rejected } = mapAll(
      source,
      keys,
      '180535609',
      recordedText(name).replaceAll(/\|\d\d/g, ''),
    );
    expect(rejected).toEqual([]);
    expect(totals(rows)).toEqual({
      impressions: '24',
      clicks: '24',
      cost: '35.52',
      conversions: '0',
      conversion_value: '0',
    });
    expect(rows[0]).toMatchObject({
      campaign_id: '531016227',
      campaign_name: 'Airbyte test',
      currency: 'USD',
    });
  });

  test('2,630 rows of a year: 592 clicks of 7,569 impressions for 946.34 dollars', () => {
    const names = new Map(
      recordedRows('microsoft_ads_campaign_history_data.csv').map((row) => [row['id'], row['name']]),
    );
    const [head, ...lines] = recordedRows('microsoft_ads_campaign_performance_daily_report_data.csv').map(
      (row, index) => {
        const cells = {
          TimePeriod: row['date'],
          AccountId: row['account_id'],
          CurrencyCode: row['currency_code'],
          CampaignId: row['campaign_id'],
          CampaignName: names.get(row['campaign_id'] ?? '') ?? '',
          Impressions: row['impressions'],
          Clicks: row['clicks'],
          Spend: row['spend'],
          Conversions: row['conversions'],
          ConversionsQualified: row['conversions_qualified'],
          Revenue: row['revenue'],
        };
        return index === 0
          ? `${Object.keys(cells).join(',')}\n${Object.values(cells).join(',')}`
          : Object.values(cells).join(',');
      },
    );
    const { rows, rejected } = mapAll(source, keys, '150175881', [head, ...lines, ''].join('\n'));
    // One row was stored before the columns of conversions existed; it cost nothing.
    expect(rejected).toMatchObject([{ field: 'Conversions' }]);
    expect(rows).toHaveLength(2_629);
    expect(rows.flatMap(refusals)).toEqual([]);
    expect(totals(rows)).toEqual({
      impressions: '7569',
      clicks: '592',
      cost: '946.34',
      conversions: '1',
      conversion_value: '0.01',
    });
  });
});
