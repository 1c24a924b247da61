import type { Day } from '../../../kit/calendar.ts';
import { BOM, csv, plain } from '../../../kit/words.ts';
import { ACCOUNTS, type Platform, type Spend } from '../business/campaigns.ts';

/** How each platform's own report looks. */
export interface AdFormat {
  readonly platform: Platform;
  readonly folder: string;
  readonly name: string;
  readonly head: readonly string[];
  row(spend: Spend): string;
}

const google: AdFormat = {
  platform: 'google',
  folder: 'google-ads',
  name: 'campaigns',
  head: [
    'segments.date,customer.id,customer.currency_code,campaign.id,campaign.name,metrics.impressions,metrics.clicks,metrics.cost_micros,metrics.conversions,metrics.conversions_value',
  ],
  row: ({ campaign, day, ...spend }) =>
    csv(
      ',',
      day.date,
      ACCOUNTS.google,
      'EUR',
      campaign.id,
      campaign.name,
      String(spend.impressions),
      String(spend.clicks),
      String(spend.cost * 10_000),
      plain(spend.conversions),
      plain(spend.value),
    ),
};

/** Titles above the header; dates with the month first. */
const microsoft: AdFormat = {
  platform: 'microsoft',
  folder: 'microsoft-ads',
  name: 'CampaignPerformanceReport',
  head: [
    '"Report Name: Campaign performance, Marelune"',
    '"Report Aggregation: Daily"',
    '"Report Filter: "',
    '"TimePeriod","AccountId","CurrencyCode","CampaignId","CampaignName","Impressions","Clicks","Spend","Conversions","Revenue"',
  ],
  row: ({ campaign, day, ...spend }) =>
    [
      usDate(day),
      ACCOUNTS.microsoft,
      'EUR',
      campaign.id,
      campaign.name,
      spend.impressions,
      spend.clicks,
      plain(spend.cost),
      plain(spend.conversions),
      plain(spend.value),
    ]
      .map((each) => `"${each}"`)
      .join(','),
};

/** UTF-16 with tabs, as the Campaign Manager saves it. Campaign groups are what others call campaigns. */
const linkedin: AdFormat = {
  platform: 'linkedin',
  folder: 'linkedin-ads',
  name: 'campaign_group_performance',
  head: [
    `${BOM}Start Date (in UTC)\tAccount ID\tCurrency\tCampaign Group ID\tCampaign Group Name\tTotal Spent\tImpressions\tClicks\tConversions\tTotal Conversion Value`,
  ],
  row: ({ campaign, day, ...spend }) =>
    [
      usDate(day),
      ACCOUNTS.linkedin,
      'EUR',
      campaign.id,
      campaign.name,
      plain(spend.cost),
      spend.impressions,
      spend.clicks,
      plain(spend.conversions),
      plain(spend.value),
    ].join('\t'),
};

const meta: AdFormat = {
  platform: 'meta',
  folder: 'meta-ads',
  name: 'insights',
  head: [
    'date_start,date_stop,account_id,account_currency,campaign_id,campaign_name,impressions,clicks,spend,purchases,purchase_value',
  ],
  row: ({ campaign, day, ...spend }) =>
    csv(
      ',',
      day.date,
      day.date,
      ACCOUNTS.meta,
      'EUR',
      campaign.id,
      campaign.name,
      String(spend.impressions),
      String(spend.clicks),
      plain(spend.cost),
      plain(spend.conversions),
      plain(spend.value),
    ),
};

const usDate = (day: Day): string =>
  `${day.compact.slice(4, 6)}/${day.compact.slice(6)}/${day.compact.slice(0, 4)}`;

export const AD_FORMATS: readonly AdFormat[] = [google, microsoft, linkedin, meta];
