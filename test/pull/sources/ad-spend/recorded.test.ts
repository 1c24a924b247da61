import { describe, expect, test } from 'vitest';
import type { CanonicalRow } from '../../../../functions/lake/landing/landing-writer.ts';
import type { SourceDefinition } from '../../../../functions/pull/api/source.ts';
import { source as google } from '../../../../functions/pull/sources/google-ads/source.ts';
import { source as linkedin } from '../../../../functions/pull/sources/linkedin-ads/source.ts';
import { source as meta } from '../../../../functions/pull/sources/meta-ads/source.ts';
import { source as microsoft } from '../../../../functions/pull/sources/microsoft-ads/source.ts';
import { mapPage, pageOf, refusals, sliceOf, totalOf } from './asking.ts';
import { given, hasRecorded, type Row, recordedRows, recordedText } from './recorded.ts';

/** All days: which were asked for when these answers were recorded is not known. */
const mapAll = (source: SourceDefinition, keys: object, account: string, body: unknown, facts = {}) =>
  mapPage(
    source,
    { accounts: [account], ...keys },
    pageOf(body, facts),
    sliceOf(account, '2015-01-01', '2026-12-31'),
  );

const totals = (rows: readonly CanonicalRow[]) =>
  Object.fromEntries(
    ['impressions', 'clicks', 'cost', 'conversions', 'conversion_value'].map((column) => [
      column,
      totalOf(rows, column),
    ]),
  );

/** Totals in these tests were added up apart from the project, from the files. */
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
    const { rows, rejected } = mapAll(google, {}, '2121450128', [{ results, fieldMask: 'x' }]);
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

describe.skipIf(!hasRecorded)('recorded from Microsoft', () => {
  const name = 'airbyte_bing_campaign_performance_report_hourly.csv';
  const keys = { customer: '1' };

  test('24 hours: each is rejected, since an hour is no day', () => {
    const { rows, rejected } = mapAll(microsoft, keys, '180535609', recordedText(name));
    expect(rows).toEqual([]);
    expect(rejected).toHaveLength(24);
    expect(rejected.every(({ field }) => field === 'TimePeriod')).toBe(true);
  });

  test('the same as days: 24 clicks of 24 impressions for 35.52 dollars', () => {
    const { rows, rejected } = mapAll(
      microsoft,
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
    const { rows, rejected } = mapAll(microsoft, keys, '150175881', [head, ...lines, ''].join('\n'));
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

describe.skipIf(!hasRecorded)('recorded from LinkedIn', () => {
  const answer = () =>
    JSON.parse(recordedText('airbyte_linkedin_ad_campaign_analytics_response_1.json')) as object;

  test('two days of a campaign, in dollars: 508 clicks of 39,300 impressions for 719.429', () => {
    const { rows, rejected } = mapAll(linkedin, { campaigns: 'campaigns', cost: 'usd' }, '1', answer());
    expect(rejected).toEqual([]);
    expect(rows.map((row) => row['spent_on'])).toEqual(['2023-01-02', '2023-01-03']);
    expect(totals(rows)).toMatchObject({ impressions: '39300', clicks: '508', cost: '719.429' });
    expect(rows[0]).toMatchObject({ campaign_id: '1111', currency: 'USD', conversion_value: null });
  });

  test('the same where campaign groups were asked for: rejected, naming the pivot', () => {
    const { rejected } = mapAll(linkedin, {}, '1', answer());
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
    const { rows, rejected } = mapAll(linkedin, { campaigns: 'campaigns' }, '507515057', { elements }, facts);
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

describe.skipIf(!hasRecorded)('recorded from Meta', () => {
  const answer = () =>
    JSON.parse(recordedText('airbyte_meta_ads_insights_action_product_id.json')) as {
      data: Record<string, unknown>[];
    };
  const keys = { conversions: ['post_engagement'] };

  test('insights that were asked for otherwise, without values of actions: rejected, naming them', () => {
    const { rows, rejected } = mapAll(meta, keys, '798085168510957', answer());
    expect(rows).toEqual([]);
    expect(rejected.map(({ field }) => field)).toEqual(['action_values', 'action_values']);
  });

  test.each([[{}], [{ click_window: '7d_click' }], [{ click_window: '1d_click', view_window: '1d_view' }]])(
    'the same in the fields that are asked for: 16 clicks of 356 impressions for 22.88 dollars, 14 engagements (%j)',
    (windows) => {
      const wanted = [
        'account_id',
        'account_currency',
        'campaign_id',
        'campaign_name',
        'impressions',
        'clicks',
        'spend',
        'actions',
        'date_start',
        'date_stop',
      ];
      const data = answer().data.map((insight) =>
        Object.fromEntries(wanted.map((name) => [name, insight[name]])),
      );
      const { rows, rejected } = mapAll(meta, { ...keys, ...windows }, '798085168510957', { data });
      expect(rejected).toEqual([]);
      expect(rows.flatMap(refusals)).toEqual([]);
      expect(totals(rows)).toEqual({
        impressions: '356',
        clicks: '16',
        cost: '22.88',
        conversions: '14',
        conversion_value: '0',
      });
    },
  );

  const insightOf = (row: Row, actions: object[] = []) => ({
    account_id: row['account_id'] ?? '1',
    account_currency: 'USD',
    campaign_id: row['ad_id'],
    campaign_name: 'an ad',
    impressions: row['impressions'] ?? '0',
    inline_link_clicks: row['inline_link_clicks'] ?? '0',
    spend: row['spend'] ?? '0',
    actions,
    date_start: row['date'],
    date_stop: row['date'],
  });

  test('10 days of ads: 149 clicks on links of 37,275 impressions for 643.63', () => {
    const data = recordedRows('facebook_ads_basic_ad_data.csv').map((row) => insightOf(row));
    const { rows, rejected } = mapAll(meta, { clicks: 'inline_link_clicks' }, '1700252260223815', { data });
    expect(rejected).toEqual([]);
    expect(rows).toHaveLength(10);
    expect(totals(rows)).toMatchObject({ impressions: '37275', clicks: '149', cost: '643.63' });
  });

  test.each([
    [['offsite_conversion.fb_pixel_lead'], {}, '19'],
    [['lead'], {}, '3'],
    [['offsite_conversion.fb_pixel_lead'], { click_window: '7d_click' }, '17'],
    [['offsite_conversion.fb_pixel_lead'], { view_window: '1d_view' }, '2'],
    [['offsite_conversion.fb_pixel_lead'], { click_window: '7d_click', view_window: '1d_view' }, '19'],
  ])('10 rows of actions: %j within %j are %s', (conversions, windows, total) => {
    const data = recordedRows('facebook_ads_basic_ad_actions_data.csv').map((row) =>
      insightOf(row, [
        {
          action_type: row['action_type'],
          value: row['value'],
          ...given('1d_view', row['_1_d_view']),
          ...given('7d_click', row['_7_d_click']),
        },
      ]),
    );
    const { rows, rejected } = mapAll(meta, { conversions, clicks: 'inline_link_clicks', ...windows }, '1', {
      data,
    });
    expect(rejected).toEqual([]);
    expect(totalOf(rows, 'conversions')).toBe(total);
  });

  test('both types of these leads at once are refused: they hold the same conversions', () => {
    const conversions = ['lead', 'offsite_conversion.fb_pixel_lead'];
    expect(meta.settings.safeParse({ accounts: ['1'], conversions }).success).toBe(false);
  });
});
