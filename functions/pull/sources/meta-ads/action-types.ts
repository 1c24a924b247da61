/**
 * Meta reports the same conversion under several action types: where it happened, and sums over places. Each list
 * begins with the widest sum and names what it holds; adding two of a list counts conversions twice.
 * https://developers.facebook.com/docs/marketing-api/reference/ads-action-stats
 */
const FAMILIES: readonly (readonly string[])[] = [
  [
    'omni_purchase',
    'purchase',
    'offsite_conversion.fb_pixel_purchase',
    'onsite_conversion.purchase',
    'onsite_web_purchase',
    'onsite_web_app_purchase',
    'web_in_store_purchase',
    'web_app_in_store_purchase',
    'app_custom_event.fb_mobile_purchase',
    'offline_conversion.purchase',
  ],
  ['lead', 'offsite_conversion.fb_pixel_lead', 'onsite_conversion.lead_grouped', 'onsite_web_lead'],
  [
    'omni_complete_registration',
    'complete_registration',
    'offsite_conversion.fb_pixel_complete_registration',
    'app_custom_event.fb_mobile_complete_registration',
  ],
  [
    'omni_add_to_cart',
    'add_to_cart',
    'offsite_conversion.fb_pixel_add_to_cart',
    'app_custom_event.fb_mobile_add_to_cart',
  ],
];

/** Types that are sums of others of their list. */
const SUMS = new Set([
  'omni_purchase',
  'purchase',
  'lead',
  'omni_complete_registration',
  'complete_registration',
  'omni_add_to_cart',
  'add_to_cart',
]);

/** Why these types cannot be added up; undefined where they can. Parts of one sum may be added, a sum and its part may not. */
export function countedTwice(types: readonly string[]): string | undefined {
  for (const family of FAMILIES) {
    const chosen = family.filter((type) => types.includes(type));
    const [sum] = chosen;
    if (sum !== undefined && SUMS.has(sum) && chosen.length > 1)
      return `${sum} holds the conversions of ${chosen.slice(1).join(', ')} already`;
  }
  return undefined;
}
