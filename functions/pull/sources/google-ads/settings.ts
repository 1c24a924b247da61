import { z } from 'zod';
import { accountsKey, adKeys, reachKey, tokenUrlKey } from '../ad-spend/ad-settings.ts';

/** `482-193-7605`, as the Google Ads interface shows it, is `4821937605`. */
const withoutDashes = (written: string): string => written.replaceAll('-', '').trim();

export const settings = z.strictObject({
  ...adKeys({
    secret: 'google-ads',
    channel: 'Google Ads',
    baseUrl: 'https://googleads.googleapis.com',
    lookBackDays: 30,
  }),
  ...tokenUrlKey('https://oauth2.googleapis.com/token'),
  auth: z
    .enum(['refresh_token', 'service_account'])
    .default('refresh_token')
    .describe('`service_account`: the secret is Google’s key file. `refresh_token`: a user who agreed.'),
  ...reachKey(37),
  accounts: accountsKey(withoutDashes, '482-193-7605'),
  manager: z
    .string()
    .transform(withoutDashes)
    .refine((id) => /^\d+$/.test(id), 'is not an account’s number such as 102-334-5567')
    .optional()
    .describe('Manager account through which the accounts are reached; left out where access is direct.'),
  version: z
    .string()
    .regex(/^v\d+$/, 'is written like v26')
    .default('v26')
    .describe('Version of the API.'),
  method: z
    .enum(['search_stream', 'search'])
    .default('search_stream')
    .describe('`search` reads pages of 10,000 rows, for networks that cut long answers.'),
  conversions: z
    .enum(['conversions', 'all_conversions'])
    .default('conversions')
    .describe(
      '`conversions`: those of the actions marked as primary, as the column Conversions shows them; `all_conversions`: every action.',
    ),
});
export type GoogleAdsSettings = z.output<typeof settings>;

/**
 * Days on which Google ends a version. Days of v20 to v22 as Google announced them; of later versions it has only
 * announced the month, taken from its first day.
 * https://developers.google.com/google-ads/api/docs/sunset-dates
 */
export const SUNSETS: Readonly<Record<string, string>> = {
  v20: '2026-06-10',
  v21: '2026-08-05',
  v22: '2026-10-07',
  v23: '2027-02-01',
  v24: '2027-05-01',
  v25: '2027-08-01',
  v26: '2027-11-01',
};
