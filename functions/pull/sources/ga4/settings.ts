import { z } from 'zod';
import { googleKeys } from '../../api/kit/google.ts';
import { apiUrl, lookBackDays, secretReference } from '../../api/settings-fields.ts';

const landingGroup = z.strictObject({
  group: z.string().min(1).describe('Name of the group, as `landing_group` of the table.'),
  matches: z
    .string()
    .refine(isPattern, 'not a regular expression')
    .describe('Regular expression that the path of the landing page must fulfil: `^/p/`.'),
});

/** The keys of a source of kind `ga4` in vigie.yaml. */
export const settings = z.strictObject({
  property: z
    .string()
    .regex(/^\d+$/, 'the property’s number, such as 213025502 (not the measurement id G-…)')
    .describe('Number of the property: Admin › Property › Property details.'),
  site: z
    .string()
    .min(1)
    .optional()
    .describe('How the property is called in the table, such as `shop.example.com`. Default: its number.'),
  secret: secretReference()
    .default('${secret:ga4}')
    .describe(
      'Google’s key file as it was downloaded; for `refresh_token`: `{"client_id": …, "client_secret": …, "refresh_token": …}`.',
    ),
  ...googleKeys('service_account'),
  ordering_event: z
    .string()
    .regex(/^[A-Za-z]\w{0,39}$/, 'an event’s name')
    .default('purchase')
    .describe('Sessions with this event count as ordering. It must be marked as a key event in GA4.'),
  channel_dimension: z
    .string()
    .regex(
      /^session(DefaultChannelGroup|PrimaryChannelGroup|CustomChannelGroup:\d+)$/,
      'sessionDefaultChannelGroup, sessionPrimaryChannelGroup or sessionCustomChannelGroup:<its number>',
    )
    .default('sessionDefaultChannelGroup')
    .describe('The channel group to read. One of your own ties sessions to `ad_spend.channel`.'),
  channels: z
    .record(z.string(), z.string())
    .default({})
    .describe('Other words for channels: `Paid Search: Google Ads`. Those not listed stay as they are.'),
  landing_groups: z
    .array(landingGroup)
    .default([])
    .describe('Groups of landing pages; the first that fits holds. Pages that fit none have no group.'),
  look_back_days: lookBackDays(
    5,
    30,
    'Days read anew each time: GA4 works on the last 2 to 3 days until they are complete.',
  ),
  days_at_once: z
    .int()
    .min(1)
    .max(31)
    .default(1)
    .describe('Days a request. 1 keeps clear of sampling; a small property may take a month at once.'),
  page_rows: z.int().min(1).max(250_000).default(100_000).describe('Rows a page (`limit`).'),
  base_url: apiUrl('https://analyticsdata.googleapis.com'),
});
export type Settings = z.infer<typeof settings>;

/** How the property is called in the table. */
export const siteOf = (settings: Settings): string => settings.site ?? settings.property;

function isPattern(text: string): boolean {
  try {
    new RegExp(text, 'u');
    return true;
  } catch {
    return false;
  }
}
