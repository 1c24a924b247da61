import { z } from 'zod';
import { withoutDashes } from '../../../lake/company/field-forms.ts';
import { googleKeys } from '../../api/kit/google.ts';
import { type Versions, versionKeys } from '../../api/kit/versions.ts';
import { numberAsName } from '../../api/settings-fields.ts';
import { accountsKey, adKeys, conversionsKey, reachKey } from '../ad-spend/settings.ts';

/**
 * Days of v20 to v22 as Google announced them; of later versions it has only announced the month, taken from its first
 * day. https://developers.google.com/google-ads/api/docs/sunset-dates
 */
export const VERSIONS: Versions = {
  default: 'v26',
  form: /^v\d+$/,
  example: 'v26',
  describe: 'Version of the API.',
  ends: {
    ...{ v20: '2026-06-10', v21: '2026-08-05', v22: '2026-10-07' },
    ...{ v23: '2027-02-01', v24: '2027-05-01', v25: '2027-08-01', v26: '2027-11-01' },
  },
};

export const settings = z.strictObject({
  ...adKeys({
    secret: 'google-ads',
    channel: 'Google Ads',
    baseUrl: 'https://googleads.googleapis.com',
    lookBackDays: 30,
  }),
  ...googleKeys('refresh_token'),
  ...reachKey(37),
  ...versionKeys(VERSIONS),
  accounts: accountsKey(withoutDashes, '482-193-7605'),
  manager: numberAsName('is not an account’s number such as 102-334-5567', withoutDashes)
    .optional()
    .describe('Manager account through which the accounts are reached; left out where access is direct.'),
  method: z
    .enum(['search_stream', 'search'])
    .default('search_stream')
    .describe('`search` reads pages of 10,000 rows, for networks that cut long answers.'),
  conversions: conversionsKey(
    '`conversions`: those of the actions marked as primary, as the column Conversions shows them; `all_conversions`: every action.',
  ),
});
export type Settings = z.output<typeof settings>;
