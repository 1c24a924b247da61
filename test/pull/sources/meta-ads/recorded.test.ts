import { describe, expect, test } from 'vitest';
import { source } from '../../../../functions/pull/sources/meta-ads/source.ts';
import { refusals, totalOf } from '../ad-spend/asking.ts';
import { given, hasRecorded, type Row, recordedRows, recordedText } from '../ad-spend/recorded.ts';
import { mapAll, totals } from '../ad-spend/totals.ts';

/** Totals were added up apart from the project, from the files. */
describe.skipIf(!hasRecorded)('recorded from Meta', () => {
  const answer = () =>
    JSON.parse(recordedText('airbyte_meta_ads_insights_action_product_id.json')) as {
      data: Record<string, unknown>[];
    };
  const keys = { conversions: ['post_engagement'] };

  test('insights that were asked for otherwise, without values of actions: rejected, naming them', () => {
    const { rows, rejected } = mapAll(source, keys, '798085168510957', answer());
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
      const { rows, rejected } = mapAll(source, { ...keys, ...windows }, '798085168510957', { data });
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
    const { rows, rejected } = mapAll(source, { clicks: 'inline_link_clicks' }, '1700252260223815', { data });
    expect(rejected).toEqual([]);
    expect(rows).toHaveLength(10);
    expect(totals(rows)).toMatchObject({ impressions: '37275', clicks: '149', cost: '643.63' });
  });

  test.each([
    [['offsite_conversion.fb_pixel_lead'], {}, '19'],
    // Two of the days have `lead`, with 3; of the others the sample has the pixel's leads alone, which are leads too.
    [['lead'], {}, '19'],
    [['offsite_conversion.fb_pixel_lead'], { click_window: '7d_click' }, '17'],
    [['offsite_conversion.fb_pixel_lead'], { view_window: '1d_view' }, '2'],
    [['offsite_conversion.fb_pixel_lead'], { click_window: '7d_click', view_window: '1d_view' }, '19'],
  ])('10 rows of actions: %j within %j are %s', (conversions, windows, total) => {
    // An insight is an ad's day with all its actions, as Meta answers.
    const days = new Map<string, { readonly row: Row; readonly actions: object[] }>();
    for (const row of recordedRows('facebook_ads_basic_ad_actions_data.csv')) {
      const key = `${row['ad_id']} ${row['date']}`;
      const day = days.get(key) ?? { row, actions: [] };
      day.actions.push({
        action_type: row['action_type'],
        value: row['value'],
        ...given('1d_view', row['_1_d_view']),
        ...given('7d_click', row['_7_d_click']),
      });
      days.set(key, day);
    }
    const data = [...days.values()].map(({ row, actions }) => insightOf(row, actions));
    const { rows, rejected } = mapAll(
      source,
      { conversions, clicks: 'inline_link_clicks', ...windows },
      '1',
      {
        data,
      },
    );
    expect(rejected).toEqual([]);
    expect(totalOf(rows, 'conversions')).toBe(total);
  });

  test('both types of these leads at once are refused: they hold the same conversions', () => {
    const conversions = ['lead', 'offsite_conversion.fb_pixel_lead'];
    expect(source.settings.safeParse({ accounts: ['1'], conversions }).success).toBe(false);
  });
});
