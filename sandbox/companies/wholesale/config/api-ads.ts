import { MANAGER } from '../../../vendors/google-ads/rows.ts';
import { CUSTOMER } from '../../../vendors/microsoft-ads/access.ts';
import { ACCOUNTS, type Platform } from '../business/campaigns.ts';
import type { Origins } from './origins.ts';

interface AdApi {
  readonly kind: string;
  readonly platform: Platform;
  readonly comment: string;
  /** Path of the token address on the vendor's origin; undefined where tokens are made to last. */
  readonly tokenPath?: string;
  readonly keys?: readonly string[];
}

const APIS: readonly AdApi[] = [
  {
    kind: 'google-ads',
    platform: 'google',
    comment: 'Google attributes late: the last 30 days are read anew each time, and the newest word counts.',
    tokenPath: '/token',
    keys: [`manager: '${MANAGER}'`],
  },
  {
    kind: 'microsoft-ads',
    platform: 'microsoft',
    comment: 'Reports are ordered, and fetched when they are ready.',
    tokenPath: '/common/oauth2/v2.0/token',
    keys: [`customer: '${CUSTOMER}'`, '# The simulated vendor is quick.', 'poll_first_seconds: 0.01'],
  },
  {
    kind: 'linkedin-ads',
    platform: 'linkedin',
    comment: 'What LinkedIn calls a campaign group is a campaign here.',
    tokenPath: '/oauth/v2/accessToken',
  },
  {
    kind: 'meta-ads',
    platform: 'meta',
    comment: 'Insights are ordered, too.',
    keys: ['poll_first_seconds: 0.01'],
  },
];

/** The four ad platforms. */
export const adsApis = (origins: Origins, startsOn: string): string =>
  `  # Ad platforms; \`channel\` (by default the platform's name) ties their cost to the customers they brought.\n${APIS.map((api) => sourceOf(api, origins, startsOn)).join('')}`;

function sourceOf(
  { kind, platform, comment, tokenPath, keys = [] }: AdApi,
  origins: Origins,
  startsOn: string,
): string {
  const lines = [
    `# ${comment}`,
    `- kind: ${kind}`,
    `  name: ${kind}`,
    `  starts_on: ${startsOn}`,
    `  accounts: ['${ACCOUNTS[platform]}']`,
    ...keys.map((key) => `  ${key}`),
    '  max_age_days: 1',
    `  secret: \${secret:${kind}}`,
    `  base_url: ${origins(kind)}`,
    ...(tokenPath === undefined ? [] : [`  token_url: ${origins(kind)}${tokenPath}`]),
  ];
  return lines.map((line) => `  ${line}\n`).join('');
}
