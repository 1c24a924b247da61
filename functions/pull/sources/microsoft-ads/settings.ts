import { z } from 'zod';
import { accountsKey, adKeys, tokenUrlKey } from '../ad-spend/ad-settings.ts';

export const settings = z.strictObject({
  ...adKeys({
    secret: 'microsoft-ads',
    channel: 'Microsoft Ads',
    baseUrl: 'https://reporting.api.bingads.microsoft.com',
    lookBackDays: 30,
  }),
  ...tokenUrlKey('https://login.microsoftonline.com/common/oauth2/v2.0/token'),
  accounts: accountsKey((written) => written.trim(), '188204517'),
  customer: z
    .union([z.string(), z.int().positive().transform(String)])
    .refine((id) => /^\d+$/.test(id), 'is not a customer’s number')
    .describe('Number of the customer (manager account) that the accounts belong to: `cid` in the address.'),
  conversions: z
    .enum(['conversions', 'all_conversions'])
    .default('conversions')
    .describe('`conversions`: those of the goals that count; `all_conversions`: of every goal.'),
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
export type MicrosoftAdsSettings = z.output<typeof settings>;

/** The one version there is. Its SOAP form ends on 2027-01-31; for REST, which is used here, no end is announced. */
export const VERSION = 'v13';
