interface Platform {
  readonly name: string;
  readonly comment: string;
  readonly file: string;
  readonly format: readonly string[];
  readonly columns: readonly string[];
}

const PLATFORMS: readonly Platform[] = [
  {
    name: 'google-ads',
    comment:
      'Each file holds three days: Google attributes late, and what a newer file says of a day replaces the older.',
    file: 'campaigns',
    format: ["delimiter: ','"],
    columns: [
      'platform: { constant: google }',
      'account_id: customer.id',
      'spent_on: segments.date',
      'campaign_id: campaign.id',
      'campaign_name: campaign.name',
      'channel: { constant: Google Ads }',
      'impressions: metrics.impressions',
      'clicks: metrics.clicks',
      '# Google counts money in millionths.',
      "cost: { from: metrics.cost_micros, times: '0.000001' }",
      'conversions: metrics.conversions',
      'conversion_value: metrics.conversions_value',
      'currency: customer.currency_code',
    ],
  },
  {
    name: 'microsoft-ads',
    comment: 'Three lines of titles above the header; dates with the month first.',
    file: 'CampaignPerformanceReport',
    format: ["delimiter: ','", 'skip_lines: 3', 'dates: MM/DD/YYYY'],
    columns: [
      'platform: { constant: microsoft }',
      'account_id: AccountId',
      'spent_on: TimePeriod',
      'campaign_id: CampaignId',
      'campaign_name: CampaignName',
      'channel: { constant: Microsoft Ads }',
      'impressions: Impressions',
      'clicks: Clicks',
      'cost: Spend',
      'conversions: Conversions',
      'conversion_value: Revenue',
      'currency: CurrencyCode',
    ],
  },
  {
    name: 'linkedin-ads',
    comment:
      'Saved from the Campaign Manager: UTF-16 with tabs. What LinkedIn calls a campaign group is a campaign here.',
    file: 'campaign_group_performance',
    format: ['encoding: utf-16le', 'delimiter: "\\t"', 'dates: MM/DD/YYYY'],
    columns: [
      'platform: { constant: linkedin }',
      'account_id: Account ID',
      'spent_on: Start Date (in UTC)',
      'campaign_id: Campaign Group ID',
      'campaign_name: Campaign Group Name',
      'channel: { constant: LinkedIn Ads }',
      'impressions: Impressions',
      'clicks: Clicks',
      'cost: Total Spent',
      'conversions: Conversions',
      'conversion_value: Total Conversion Value',
      'currency: Currency',
    ],
  },
  {
    name: 'meta-ads',
    comment: 'The insights of the Ads Manager.',
    file: 'insights',
    format: ["delimiter: ','"],
    columns: [
      'platform: { constant: meta }',
      'account_id: account_id',
      'spent_on: date_start',
      'campaign_id: campaign_id',
      'campaign_name: campaign_name',
      'channel: { constant: Meta Ads }',
      'impressions: impressions',
      'clicks: clicks',
      'cost: spend',
      'conversions: purchases',
      'conversion_value: purchase_value',
      'currency: account_currency',
    ],
  },
];

/** The four ad platforms. */
export const adSources = (has: (prefix: string) => boolean): string =>
  `  # Ad platforms, each in its own words; \`channel\` ties their cost to the customers they brought.\n${PLATFORMS.map((platform) => sourceOf(platform, has)).join('')}`;

function sourceOf(platform: Platform, has: (prefix: string) => boolean): string {
  const anchor = platform.name.replace('-', '_');
  const indented = (lines: readonly string[], by: number) =>
    lines.map((line) => `${' '.repeat(by)}${line}\n`).join('');
  const feed = (path: string, age: string) =>
    `      - table: ad_spend\n        path: exports/${platform.name}/${path}.csv\n${indented(platform.format, 8)}        max_age_days: ${age}\n`;
  const daily = `${feed(`${platform.file}_{date}`, '1')}        columns: &${anchor}\n${indented(platform.columns, 10)}`;
  const history = has(`exports/${platform.name}/history/`)
    ? `${feed(`history/${platform.file}_{month}`, 'null')}        columns: *${anchor}\n`
    : '';
  return `  # ${platform.comment}\n  - kind: files\n    name: ${platform.name}\n    feeds:\n${daily}${history}`;
}
