import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { source } from '../../../../functions/pull/sources/meta-ads/source.ts';
import { mutated } from '../../../kit/mutated.ts';
import { runs } from '../../../kit/runs.ts';
import { mapPage, pageOf, refusals, sliceOf } from '../ad-spend/asking.ts';

const KEYS = { accounts: ['act_1093348827715'] };
const SLICE = sliceOf('1093348827715', '2026-11-01', '2026-11-30');

const purchases = (value: string, click: string, view: string) =>
  ['offsite_conversion.fb_pixel_purchase', 'omni_purchase', 'purchase'].map((action_type) => ({
    action_type,
    value,
    '1d_click': '1',
    '7d_click': click,
    '1d_view': view,
  }));

const INSIGHT = {
  account_id: '1093348827715',
  account_currency: 'EUR',
  campaign_id: '23860114770930',
  campaign_name: 'Retargeting carts',
  impressions: '10234',
  clicks: '210',
  spend: '151.02',
  actions: [
    { action_type: 'link_click', value: '180' },
    ...purchases('4', '3', '1'),
    { action_type: 'lead', value: '2' },
  ],
  action_values: purchases('1720.5', '1290', '430.5'),
  date_start: '2026-11-20',
  date_stop: '2026-11-20',
};

const map = (data: readonly unknown[], keys: object = {}) =>
  mapPage(source, { ...KEYS, ...keys }, pageOf({ data }), SLICE);

describe('an insight', () => {
  test('becomes a campaign’s day; of actions that overlap one type counts', () => {
    expect(map([INSIGHT]).rows).toEqual([
      {
        platform: 'meta',
        channel: 'Meta Ads',
        account_id: '1093348827715',
        spent_on: '2026-11-20',
        campaign_id: '23860114770930',
        campaign_name: 'Retargeting carts',
        impressions: 10234,
        clicks: 210,
        cost: '151.02',
        conversions: '4',
        conversion_value: '1720.5',
        currency: 'EUR',
      },
    ]);
  });

  test.each([
    [{ click_window: '7d_click', view_window: '1d_view' }, '4', '1720.5'],
    [{ click_window: '7d_click' }, '3', '1290'],
    [{ click_window: '1d_click' }, '1', '1'],
    [{ view_window: '1d_view' }, '1', '430.5'],
    [{ click_window: '28d_click' }, '0', '0'],
    [{ conversions: ['omni_purchase', 'lead'] }, '6', '1720.5'],
  ])('attributed as %j has %s conversions worth %s', (keys, conversions, conversion_value) => {
    expect(map([INSIGHT], keys).rows[0]).toMatchObject({ conversions, conversion_value });
  });

  test('without actions had none; with something unknown in their place it is rejected', () => {
    const { actions, action_values, clicks, ...rest } = INSIGHT;
    expect(map([rest]).rows[0]).toMatchObject({ conversions: '0', conversion_value: '0', clicks: 0 });
    expect(map([{ ...rest, clicks, actions_v2: actions, action_values }]).rejected).toMatchObject([
      { field: 'actions' },
    ]);
    expect(map([{ ...rest, clicks, actions, values: action_values }]).rejected).toMatchObject([
      { field: 'action_values' },
    ]);
  });

  test('without omnichannel figures has the purchases that Meta names otherwise', () => {
    const plain = (list: { action_type: string }[]) =>
      list.filter((action) => action.action_type !== 'omni_purchase');
    const insight = {
      ...INSIGHT,
      actions: plain(INSIGHT.actions),
      action_values: plain(INSIGHT.action_values),
    };
    expect(map([insight]).rows[0]).toMatchObject({ conversions: '4', conversion_value: '1720.5' });
    const onlyPixel = (list: { action_type: string }[]) =>
      plain(list).filter((action) => action.action_type !== 'purchase');
    const older = {
      ...insight,
      actions: onlyPixel(insight.actions),
      action_values: onlyPixel(insight.action_values),
    };
    expect(map([older]).rows[0]).toMatchObject({ conversions: '4', conversion_value: '1720.5' });
  });

  test('has contacts in a list of their own; what stands in both lists counts once', () => {
    const insight = {
      ...INSIGHT,
      actions: [...INSIGHT.actions, { action_type: 'contact_total', value: '3' }],
      conversions: [
        { action_type: 'contact_total', value: '3' },
        { action_type: 'contact_website', value: '2' },
        { action_type: 'schedule_total', value: '5' },
      ],
      conversion_values: [{ action_type: 'schedule_total', value: '50' }],
    };
    const keys = { conversions: ['omni_purchase', 'contact_total', 'schedule_total'] };
    expect(map([insight], keys).rows[0]).toMatchObject({ conversions: '12', conversion_value: '1770.5' });
  });

  test('of a window that was renamed is rejected', () => {
    const action = { action_type: 'omni_purchase', value: '4', '7d_click_new': '3' };
    const { rejected } = map([{ ...INSIGHT, actions: [action] }], { click_window: '7d_click' });
    expect(rejected).toMatchObject([{ field: 'actions[0].7d_click' }]);
  });

  test('can count clicks on links only', () => {
    const { rows } = map([{ ...INSIGHT, inline_link_clicks: '170' }], { clicks: 'inline_link_clicks' });
    expect(rows[0]).toMatchObject({ clicks: 170 });
  });

  test.each([
    ['date_start', { date_start: '2026-10-31', date_stop: '2026-10-31' }],
    ['date_stop', { date_stop: '2026-11-21' }],
    ['account_id', { account_id: '1' }],
    ['spend', { spend: undefined }],
    ['impressions', { impressions: 'many' }],
    ['actions', { actions: 'none' }],
    ['actions[1].value', { actions: [INSIGHT.actions[0], { action_type: 'omni_purchase' }] }],
  ])('is rejected naming %s: %j', (field, more) => {
    const { rows, rejected } = map([{ ...INSIGHT, ...more }]);
    expect(rows).toEqual([]);
    expect(rejected).toMatchObject([{ field }]);
  });

  test.each([[{}], [{ click_window: '7d_click', view_window: '1d_view' }]])(
    'mutated in any way is mapped as the lake takes it, or rejected naming a field (%j)',
    (keys) => {
      fc.assert(
        fc.property(mutated(INSIGHT), (record) => {
          const { rows, rejected } = map([record], keys);
          expect(rows.length + rejected.length).toBe(1);
          expect(rows.flatMap(refusals)).toEqual([]);
          expect(rejected.every(({ field }) => field !== '')).toBe(true);
        }),
        { numRuns: runs(400) },
      );
    },
  );
});

test.each([[{}], [{ data: null }], [[]]])('an answer of an unknown form fails the source: %j', (body) => {
  expect(() => mapPage(source, KEYS, pageOf(body), SLICE)).toThrow(
    expect.objectContaining({ code: 'VENDOR_SHAPE' }),
  );
});
