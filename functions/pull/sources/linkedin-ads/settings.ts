import { z } from 'zod';
import { linkedInKeys } from '../../api/kit/linkedin.ts';
import { areDistinct } from '../../api/settings-fields.ts';
import { accountsKey, adKeys } from '../ad-spend/settings.ts';

/** `urn:li:sponsoredAccount:507719264` is `507719264`. */
const withoutUrn = (written: string): string => written.trim().replace(/^urn:li:sponsoredAccount:/, '');

export const settings = z.strictObject({
  ...adKeys({
    secret: 'linkedin-ads',
    channel: 'LinkedIn Ads',
    baseUrl: 'https://api.linkedin.com',
    lookBackDays: 7,
  }),
  ...linkedInKeys,
  accounts: accountsKey(withoutUrn, '507719264'),
  campaigns: z
    .enum(['groups', 'campaigns'])
    .default('groups')
    .describe(
      'What a campaign is: LinkedIn’s campaign groups are what other platforms call campaigns; its campaigns are their ad groups.',
    ),
  conversions: z
    .array(
      z.enum([
        'externalWebsiteConversions',
        'externalWebsitePostClickConversions',
        'externalWebsitePostViewConversions',
        'oneClickLeads',
        'qualifiedLeads',
      ]),
    )
    .min(1)
    .refine(areDistinct, 'names a field twice')
    .refine(
      (fields) =>
        !(fields.includes('externalWebsiteConversions') && fields.some((each) => each.includes('Post'))),
      'counts twice: externalWebsiteConversions is the sum of the post-click and the post-view conversions',
    )
    .refine(
      (fields) => !(fields.includes('oneClickLeads') && fields.includes('qualifiedLeads')),
      'counts twice: qualifiedLeads are some of the oneClickLeads',
    )
    .default(['externalWebsiteConversions', 'oneClickLeads'])
    .describe('Fields that are added up to the conversions.'),
  cost: z
    .enum(['account', 'usd'])
    .default('account')
    .describe(
      '`account`: in the account’s currency; `usd`: converted by LinkedIn, without value of conversions.',
    ),
});
export type Settings = z.output<typeof settings>;
