import { z } from 'zod';
import { type Versions, versionKeys } from '../../api/kit/versions.ts';
import { areDistinct } from '../../api/settings-fields.ts';
import { accountsKey, adKeys, reachKey } from '../ad-spend/settings.ts';
import { countedTwice } from './action-types.ts';

/** `act_1093348827715` is `1093348827715`. */
const withoutPrefix = (written: string): string => written.trim().replace(/^act_/, '');

/** The windows that are left; 7d_view and 28d_view ended in January 2026. */
const CLICK_WINDOWS = ['1d_click', '7d_click', '28d_click'] as const;
const VIEW_WINDOWS = ['1d_view'] as const;

/**
 * Of v26.0 and v27.0 no end is announced.
 * https://developers.facebook.com/documentation/ads-commerce/marketing-api/marketing-api-changelog/versions
 */
export const VERSIONS: Versions = {
  default: 'v26.0',
  form: /^v\d+\.0$/,
  example: 'v26.0',
  describe: 'Version of the Marketing API.',
  ends: { 'v22.0': '2026-02-19', 'v23.0': '2026-06-09', 'v24.0': '2026-11-10', 'v25.0': '2027-02-23' },
};

export const settings = z.strictObject({
  ...adKeys({
    secret: 'meta-ads',
    channel: 'Meta Ads',
    baseUrl: 'https://graph.facebook.com',
    lookBackDays: 28,
  }),
  ...reachKey(37),
  accounts: accountsKey(withoutPrefix, 'act_1093348827715'),
  ...versionKeys(VERSIONS),
  conversions: z
    .array(z.string().regex(/^[a-z][\w.]*$/i, 'is not an action type such as omni_purchase'))
    .min(1)
    .refine(areDistinct, 'names an action type twice')
    .refine((types) => countedTwice(types) === undefined, {
      error: ({ input }) => `counts twice: ${countedTwice(input as string[])}`,
    })
    .default(['omni_purchase'])
    .describe('Types of actions that are added up to the conversions, and their values to the value.'),
  click_window: z
    .enum(CLICK_WINDOWS)
    .optional()
    .describe(
      'Conversions within so many days of a click. Without either window: as the ad sets are set up.',
    ),
  view_window: z
    .enum(VIEW_WINDOWS)
    .optional()
    .describe('Conversions within a day of seeing an ad without a click, added to those of `click_window`.'),
  clicks: z
    .enum(['clicks', 'inline_link_clicks'])
    .default('clicks')
    .describe(
      '`clicks`: all clicks on the ad, likes and the like included; `inline_link_clicks`: on its links.',
    ),
  poll_first_seconds: z
    .number()
    .positive()
    .max(60)
    .default(10)
    .describe('Wait before the first look at whether a report is ready; grows to five minutes.'),
});
export type Settings = z.output<typeof settings>;

/** The windows asked for; none: Meta's own setting of each ad set. */
export const windowsOf = ({
  click_window,
  view_window,
}: Pick<Settings, 'click_window' | 'view_window'>): readonly string[] =>
  [click_window, view_window].filter((each) => each !== undefined);
