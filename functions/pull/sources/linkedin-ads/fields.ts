import type { DayWindow } from '../../api/kit/days.ts';
import type { Settings } from './settings.ts';

type Chosen = Pick<Settings, 'conversions' | 'cost'>;

export const COST = { account: 'costInLocalCurrency', usd: 'costInUsd' } as const;

/** Pivot of the report, kind of URN it answers with, and the path that has the names. */
export const CAMPAIGNS = {
  groups: { pivot: 'CAMPAIGN_GROUP', urn: 'sponsoredCampaignGroup', path: 'adCampaignGroups' },
  campaigns: { pivot: 'CAMPAIGN', urn: 'sponsoredCampaign', path: 'adCampaigns' },
} as const;

/** What is asked for: at most 9 of the 20 fields a call may have. */
export const fieldsOf = ({ conversions, cost }: Chosen): readonly string[] => [
  ...['dateRange', 'pivotValues', 'impressions', 'clicks', COST[cost]],
  ...(cost === 'account' ? ['conversionValueInLocalCurrency'] : []),
  ...conversions,
];

const dateOf = (day: string): string =>
  `(year:${Number(day.slice(0, 4))},month:${Number(day.slice(5, 7))},day:${Number(day.slice(8, 10))})`;

/**
 * The address of a report. Rest.li 2.0 wants `( ) : ,` of its own notation as they are, and those inside values
 * encoded, so it is written out here and must not be encoded again.
 * https://learn.microsoft.com/linkedin/shared/api-guide/concepts/protocol-version
 */
export function analyticsUrl(settings: Settings, account: string, { from, to }: DayWindow): string {
  const parts = [
    'q=analytics',
    `pivot=${CAMPAIGNS[settings.campaigns].pivot}`,
    'timeGranularity=DAILY',
    `dateRange=(start:${dateOf(from)},end:${dateOf(to)})`,
    `accounts=List(urn%3Ali%3AsponsoredAccount%3A${account})`,
    `fields=${fieldsOf(settings).join(',')}`,
  ];
  return `/rest/adAnalytics?${parts.join('&')}`;
}
