import { own } from '../../api/own.ts';

/**
 * Meta reports one conversion under several action types: by the place where it happened, and as sums over places. A
 * type's name says both, so that every event has its family without a list of hundreds of types. Two types of an event
 * that have a place in common hold the same conversions.
 * https://developers.facebook.com/docs/marketing-api/reference/ads-action-stats
 */
const PLACES = ['web', 'meta', 'app', 'offline'] as const;
type Place = (typeof PLACES)[number];

/** What an action type counts: an event (or several), at some places. */
interface Counted {
  readonly event: string;
  readonly places: readonly Place[];
}

/** How names are made: `%` stands for the event. The first that fits says the places. */
const FORMS: readonly (readonly [pattern: RegExp, places: readonly Place[]])[] = [
  [/^omni_(.+)$/, PLACES],
  [/^offsite_conversion\.fb_pixel_(.+)$/, ['web']],
  [/^offsite_conversion\.(.+)$/, ['web']],
  [/^app_custom_event\.(?:fb_mobile_)?(.+)$/, ['app']],
  [/^onsite_conversion\.(.+)$/, ['meta']],
  [/^offline_conversion\.(?:fb_offline_)?(.+)$/, ['offline']],
  [/^onsite_web_app_(.+)$/, ['meta', 'web', 'app']],
  [/^onsite_web_(.+)$/, ['meta', 'web']],
  [/^onsite_app_(.+)$/, ['meta', 'app']],
  [/^web_app_in_store_(.+)$/, ['web', 'app', 'offline']],
  [/^web_in_store_(.+)$/, ['web', 'offline']],
  [/^(.+)_total$/, PLACES],
  [/^(.+)_website$/, ['web']],
  [/^(.+)_on_facebook$/, ['meta']],
  [/^(.+)_mobile_app$/, ['app']],
  [/^(.+)_offline$/, ['offline']],
];

/** An event has another name here and there. */
const SAME_EVENT: Readonly<Record<string, string>> = {
  initiated_checkout: 'initiate_checkout',
  content_view: 'view_content',
  tutorial_completed: 'tutorial_completion',
  spent_credits: 'spend_credits',
  trial_started: 'start_trial',
  fb_mobile_purchase: 'purchase',
  lead_grouped: 'lead',
  install: 'app_install',
};

/** Types that are not named by these rules, and sums over several events. */
const EXCEPTIONS: Readonly<Record<string, readonly Counted[]>> = {
  leadgen_grouped: [{ event: 'lead', places: ['meta'] }],
  'leadgen.other': [{ event: 'lead', places: ['meta'] }],
  leadgen_other: [{ event: 'lead', places: ['meta'] }],
  mobile_app_install: [{ event: 'app_install', places: ['app'] }],
  app_custom_event: [{ event: '*app', places: ['app'] }],
  offsite_conversion: [{ event: '*web', places: ['web'] }],
};

/** What page engagement holds, which holds what post engagement holds. */
const POST_ENGAGEMENT = ['link_click', 'comment', 'post', 'post_reaction', 'photo_view', 'video_view'];
const ENGAGEMENT: Readonly<Record<string, readonly string[]>> = {
  post_engagement: POST_ENGAGEMENT,
  page_engagement: [...POST_ENGAGEMENT, 'like', 'checkin', 'post_engagement'],
};

/** What a type counts. */
export function countedBy(type: string): readonly Counted[] {
  const known = own(EXCEPTIONS, type);
  if (known) return known;
  const engaged = own(ENGAGEMENT, type);
  if (engaged) return engaged.map((event) => ({ event, places: PLACES }));
  // Sums over a pixel's event and what happened on Meta instead.
  const joined = /^offsite_(.+?)_add_(meta_leads|(?:(?!_add_).)*calls)$/.exec(type);
  if (joined) {
    const more = joined[2] === 'meta_leads' ? [{ event: 'lead', places: ['meta'] as const }] : [];
    return [{ event: eventOf(joined[1] as string), places: ['web'] }, ...more];
  }
  for (const [pattern, places] of FORMS) {
    const found = pattern.exec(type)?.[1];
    if (found !== undefined) return [{ event: eventOf(found), places }];
  }
  return [{ event: eventOf(type), places: PLACES }];
}

const eventOf = (name: string): string => own(SAME_EVENT, name) ?? name;

/** Why these types cannot be added up; undefined where they can: no two of them hold the same conversions. */
export function countedTwice(types: readonly string[]): string | undefined {
  for (const [index, type] of types.entries()) {
    const other = types.slice(index + 1).find((each) => overlap(type, each));
    if (other !== undefined) {
      const [wide, narrow] = [type, other].toSorted((a, b) => width(b) - width(a));
      return `${wide} and ${narrow} hold the same conversions`;
    }
  }
  return undefined;
}

const overlap = (one: string, other: string): boolean =>
  countedBy(one).some((a) =>
    countedBy(other).some(
      (b) => sameEvent(a.event, b.event) && a.places.some((place) => b.places.includes(place)),
    ),
  );

/** `offsite_conversion` alone is the sum over all events of the web. */
const sameEvent = (one: string, other: string): boolean =>
  one === other || one.startsWith('*') || other.startsWith('*');

const width = (type: string): number =>
  countedBy(type).reduce((sum, { places }) => sum + places.length, countedBy(type).length);

/**
 * The types to add up for a wanted one, of those a record has. Accounts and days without omnichannel figures have
 * `purchase` and no `omni_purchase`, or its parts only: a sum over all places is then made of what is there, widest
 * first, nothing twice.
 */
export function standInsFor(wanted: string, present: readonly string[]): readonly string[] {
  if (present.includes(wanted)) return [wanted];
  const [first, ...more] = countedBy(wanted);
  if (!first || more.length > 0 || first.places.length < PLACES.length) return [];
  const family = present
    .filter((type) => countedBy(type).every(({ event }) => event === first.event))
    .toSorted((a, b) => width(b) - width(a) || (a < b ? -1 : 1));
  const chosen: string[] = [];
  for (const type of family) if (!chosen.some((each) => overlap(each, type))) chosen.push(type);
  return chosen;
}

/** Standard events that Meta reports under `conversions`, not under `actions`. */
const IN_CONVERSIONS =
  /^(contact|customize_product|donate|find_location|schedule|start_trial|submit_application|subscribe|recurring_subscription_payment|cancel_subscription|ad_click|ad_impression)_|^offsite_conversion\.fb_pixel_custom\./;

/** Whether a type stands in the list `conversions`. */
export const isInConversions = (type: string): boolean => IN_CONVERSIONS.test(type);
