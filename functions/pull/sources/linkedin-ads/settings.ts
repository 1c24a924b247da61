import { z } from 'zod';
import { type Versions, versionKeys } from '../../api/kit/versions.ts';
import { areDistinct, tokenUrl } from '../../api/settings-fields.ts';
import { accountsKey, adKeys } from '../ad-spend/settings.ts';

/** `urn:li:sponsoredAccount:507719264` is `507719264`. */
const withoutUrn = (written: string): string => written.trim().replace(/^urn:li:sponsoredAccount:/, '');

/**
 * Days as LinkedIn has announced them; of versions not announced yet, the 15th a year later: about there all have ended so
 * far. https://learn.microsoft.com/linkedin/marketing/integrations/migrations
 */
export const VERSIONS: Versions = {
  default: '202607',
  form: /^20\d\d(0[1-9]|1[0-2])$/,
  example: '202607',
  describe: 'Version of the API (`Linkedin-Version`).',
  ends: {
    ...{ '202510': '2026-10-15', '202511': '2026-11-16' },
    ...{ '202601': '2027-01-15', '202602': '2027-02-15', '202603': '2027-03-16' },
  },
  endOf: (version) => `${Number(version.slice(0, 4)) + 1}-${version.slice(4)}-15`,
};

export const settings = z.strictObject({
  ...adKeys({
    secret: 'linkedin-ads',
    channel: 'LinkedIn Ads',
    baseUrl: 'https://api.linkedin.com',
    lookBackDays: 7,
  }),
  token_url: tokenUrl('https://www.linkedin.com/oauth/v2/accessToken'),
  ...versionKeys(VERSIONS),
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
  authorized_on: z.iso
    .date()
    .optional()
    .describe(
      'Day on which somebody last signed in for the refresh token: it ends after 365 days, and `doctor` warns 30 days ahead.',
    ),
});
export type Settings = z.output<typeof settings>;
