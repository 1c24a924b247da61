import { z } from 'zod';
import { sunsetKeys } from '../../api/kit/versions.ts';
import { numberAsName, tokenUrl } from '../../api/settings-fields.ts';
import { accountsKey, adKeys, conversionsKey } from '../ad-spend/settings.ts';

/** The one version there is. Its SOAP form ends on 2027-01-31; for REST, which is used here, no end is announced. */
export const VERSION = 'v13';

export const settings = z.strictObject({
  ...adKeys({
    secret: 'microsoft-ads',
    channel: 'Microsoft Ads',
    baseUrl: 'https://reporting.api.bingads.microsoft.com',
    lookBackDays: 30,
  }),
  ...sunsetKeys,
  token_url: tokenUrl('https://login.microsoftonline.com/common/oauth2/v2.0/token'),
  accounts: accountsKey((written) => written.trim(), '188204517'),
  customer: numberAsName('is not a customer’s number').describe(
    'Number of the customer (manager account) that the accounts belong to: `cid` in the address.',
  ),
  conversions: conversionsKey(
    '`conversions`: those of the goals that count; `all_conversions`: of every goal.',
  ),
  report_time_zone: z
    .string()
    .regex(/^[A-Z][A-Za-z]+$/, 'is not a name of Microsoft’s list, such as BrusselsCopenhagenMadridParis')
    .optional()
    .describe(
      'Zone in which Microsoft decides which days are over, by its own name. It does not move figures: days are the account’s.',
    ),
  poll_first_seconds: z
    .number()
    .positive()
    .max(60)
    .default(5)
    .describe('Wait before the first look at whether a report is ready.'),
});
export type Settings = z.output<typeof settings>;
