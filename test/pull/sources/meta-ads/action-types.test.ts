import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  countedBy,
  countedTwice,
  isInConversions,
  standInsFor,
} from '../../../../functions/pull/sources/meta-ads/action-types.ts';
import { source } from '../../../../functions/pull/sources/meta-ads/source.ts';

describe('types that hold the same conversions are not added up', () => {
  test.each([
    ['omni_purchase', 'purchase'],
    ['purchase', 'offsite_conversion.fb_pixel_purchase'],
    ['onsite_web_purchase', 'onsite_conversion.purchase'],
    ['onsite_web_app_purchase', 'app_custom_event.fb_mobile_purchase'],
    ['web_in_store_purchase', 'web_app_in_store_purchase'],
    ['web_in_store_purchase', 'onsite_web_purchase'],
    ['lead', 'offsite_conversion.fb_pixel_lead'],
    ['lead', 'leadgen_grouped'],
    ['onsite_conversion.lead_grouped', 'leadgen_grouped'],
    ['onsite_web_lead', 'onsite_conversion.lead_grouped'],
    ['offsite_complete_registration_add_meta_leads', 'leadgen_grouped'],
    ['offsite_complete_registration_add_meta_leads', 'complete_registration'],
    ['omni_initiated_checkout', 'initiate_checkout'],
    ['omni_initiated_checkout', 'app_custom_event.fb_mobile_initiated_checkout'],
    ['initiate_checkout', 'onsite_web_initiate_checkout'],
    ['contact_total', 'contact_website'],
    ['submit_application_total', 'submit_application_on_facebook'],
    ['start_trial_total', 'offline_conversion.fb_offline_trial_started'],
    ['schedule_total', 'schedule_offline'],
    ['omni_view_content', 'offsite_conversion.fb_pixel_view_content'],
    ['view_content', 'app_custom_event.fb_mobile_content_view'],
    ['omni_complete_registration', 'app_custom_event.fb_mobile_complete_registration'],
    ['omni_app_install', 'mobile_app_install'],
    ['page_engagement', 'post_engagement'],
    ['post_engagement', 'link_click'],
    ['add_payment_info', 'offsite_conversion.fb_pixel_add_payment_info'],
    ['subscribe_total', 'subscribe_mobile_app'],
    ['offsite_conversion', 'offsite_conversion.fb_pixel_lead'],
  ])('%s and %s', (one, other) => {
    for (const types of [
      [one, other],
      [other, 'link_click_else', one],
    ]) {
      expect(countedTwice(types)).toMatch(/hold the same conversions/);
      expect(source.settings.safeParse({ accounts: ['1'], conversions: types }).success).toBe(false);
    }
  });

  test.each([
    [['offsite_conversion.fb_pixel_lead', 'onsite_conversion.lead_grouped']],
    [
      [
        'offsite_conversion.fb_pixel_purchase',
        'app_custom_event.fb_mobile_purchase',
        'offline_conversion.purchase',
      ],
    ],
    [['omni_purchase', 'lead', 'contact_total', 'submit_application_total']],
    [['onsite_web_purchase', 'app_custom_event.fb_mobile_purchase']],
    [['contact_website', 'contact_mobile_app', 'contact_offline']],
    [['omni_add_to_cart', 'omni_initiated_checkout']],
    [['offsite_conversion.custom.1', 'offsite_conversion.custom.2']],
  ])('while these may be: %j', (types) => {
    expect(countedTwice(types)).toBeUndefined();
    expect(source.settings.safeParse({ accounts: ['1'], conversions: types }).success).toBe(true);
  });
});

describe('what stands in for a sum that a record lacks', () => {
  test.each([
    ['omni_purchase', ['omni_purchase', 'purchase'], ['omni_purchase']],
    ['omni_purchase', ['purchase', 'offsite_conversion.fb_pixel_purchase'], ['purchase']],
    [
      'omni_purchase',
      ['offsite_conversion.fb_pixel_purchase', 'app_custom_event.fb_mobile_purchase', 'lead'],
      ['app_custom_event.fb_mobile_purchase', 'offsite_conversion.fb_pixel_purchase'],
    ],
    [
      'purchase',
      ['onsite_web_purchase', 'offsite_conversion.fb_pixel_purchase', 'offline_conversion.purchase'],
      ['onsite_web_purchase', 'offline_conversion.purchase'],
    ],
    ['lead', ['leadgen_grouped', 'onsite_conversion.lead_grouped'], ['leadgen_grouped']],
    ['contact_total', ['contact_website', 'contact_offline'], ['contact_offline', 'contact_website']],
    ['omni_purchase', ['link_click', 'lead'], []],
    // A part was asked for: the others are not meant.
    ['offsite_conversion.fb_pixel_purchase', ['purchase'], []],
    ['omni_initiated_checkout', ['initiate_checkout'], ['initiate_checkout']],
  ])('for %s of %j: %j', (wanted, present, used) => {
    expect(standInsFor(wanted, present)).toEqual(used);
  });

  test('never holds a conversion twice, whatever there is', () => {
    const type = fc.constantFrom(
      ...[
        'omni_purchase',
        'purchase',
        'onsite_web_purchase',
        'onsite_web_app_purchase',
        'web_in_store_purchase',
      ],
      ...[
        'offsite_conversion.fb_pixel_purchase',
        'onsite_conversion.purchase',
        'offline_conversion.purchase',
      ],
      ...['app_custom_event.fb_mobile_purchase', 'lead', 'link_click'],
    );
    fc.assert(
      fc.property(fc.uniqueArray(type), (present) => {
        const used = standInsFor('omni_purchase', present);
        expect(countedTwice(used)).toBeUndefined();
        const places = (types: readonly string[]) =>
          new Set(
            types.filter((each) => each.includes('purchase')).flatMap((each) => countedBy(each)[0]?.places),
          );
        // A place that only a sum tells is counted, unless the sum overlaps with a wider one.
        if (used.length === 0) expect(places(present).size).toBe(0);
      }),
    );
  });
});

test('contacts, applications and custom events stand in a list of their own', () => {
  expect(
    ['contact_total', 'schedule_website', 'offsite_conversion.fb_pixel_custom.demo'].every(isInConversions),
  ).toBe(true);
  expect(['omni_purchase', 'lead', 'offsite_conversion.fb_pixel_custom'].some(isInConversions)).toBe(false);
});

test.each(['constructor', 'toString', '__proto__'])(
  'a type that objects know by themselves is one like others: %s',
  (type) => {
    expect(countedBy(type).every(({ event }) => event.includes(type))).toBe(true);
    expect(standInsFor('omni_purchase', [type])).toEqual([]);
  },
);
