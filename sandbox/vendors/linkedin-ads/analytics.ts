import type { Spend } from '../../companies/wholesale/business/campaigns.ts';

/** A call of the analytics finder, read. */
export interface AnalyticsCall {
  readonly from: string;
  readonly to: string;
  readonly account: string;
  readonly fields: readonly string[];
}

/** "A maximum of 20 metrics"; the answer is cut here without a word. @see https://learn.microsoft.com/linkedin/marketing/integrations/ads-reporting/ads-reporting */
const MOST_FIELDS = 20;
const MOST_ELEMENTS = 15_000;

const DATE = String.raw`\(year:(\d{4}),month:(\d{1,2}),day:(\d{1,2})\)`;
const RANGE = new RegExp(`^\\(start:${DATE},end:${DATE}\\)$`);
const ACCOUNTS_LIST = /^List\(urn%3Ali%3AsponsoredAccount%3A(\d+)\)$/;

/**
 * Reads the query as Rest.li 2.0 does: from the address as it was sent, where `( ) : ,` of the notation stand as they
 * are and those within values are encoded. Text where it is refused.
 */
export function readAnalytics(search: string): AnalyticsCall | string {
  const parameters = new Map(
    search
      .slice(1)
      .split('&')
      .map((part) => {
        const at = part.indexOf('=');
        return [part.slice(0, at), part.slice(at + 1)] as const;
      }),
  );
  if (parameters.get('q') !== 'analytics') return 'Finder is not known';
  if (parameters.get('pivot') !== 'CAMPAIGN_GROUP')
    return `Pivot ${parameters.get('pivot')} is not served here`;
  if (parameters.get('timeGranularity') !== 'DAILY') return 'timeGranularity is not served here';
  const range = RANGE.exec(parameters.get('dateRange') ?? '');
  if (!range) return 'Invalid value for param; wrong type or other syntax error. Param: dateRange';
  const account = ACCOUNTS_LIST.exec(parameters.get('accounts') ?? '')?.[1];
  if (account === undefined)
    return 'Invalid value for param; wrong type or other syntax error. Param: accounts';
  const fields = (parameters.get('fields') ?? '').split(',').filter((field) => field !== '');
  if (fields.length > MOST_FIELDS) return `Number of fields ${fields.length} is larger than ${MOST_FIELDS}`;
  const [unknown] = fields.filter((field) => FIELDS[field] === undefined);
  if (unknown !== undefined) return `Invalid projection: ${unknown} is not a field of the element`;
  const day = (at: number) =>
    [range[at], range[at + 1]?.padStart(2, '0'), range[at + 2]?.padStart(2, '0')].join('-');
  return {
    from: day(1),
    to: day(4),
    account,
    fields: fields.length === 0 ? ['impressions', 'clicks'] : fields,
  };
}

/** A third of the company's conversions on LinkedIn are leads from forms, the rest happen on its site. */
const leads = ({ conversions }: Spend): number => Math.floor(conversions / 3);

const dateOf = ({ day }: Spend) => {
  const [year, month, date] = day.date.split('-').map(Number);
  return { year, month, day: date };
};

/** Money is text, counts are numbers. The company's conversions have hundredths, which LinkedIn's would not. */
const FIELDS: Readonly<Record<string, (spend: Spend) => unknown>> = {
  dateRange: (spend) => ({ start: dateOf(spend), end: dateOf(spend) }),
  pivotValues: ({ campaign }) => [`urn:li:sponsoredCampaignGroup:${campaign.id}`],
  impressions: ({ impressions }) => impressions,
  clicks: ({ clicks }) => clicks,
  costInLocalCurrency: ({ cost }) => (cost / 100).toFixed(2),
  costInUsd: ({ cost }) => ((cost * 1.08) / 100).toFixed(4),
  externalWebsiteConversions: (spend) => (spend.conversions - leads(spend)) / 100,
  externalWebsitePostClickConversions: (spend) => (spend.conversions - leads(spend)) / 100,
  externalWebsitePostViewConversions: () => 0,
  oneClickLeads: (spend) => leads(spend) / 100,
  conversionValueInLocalCurrency: ({ value }) => (value / 100).toFixed(2),
};

/** The elements of an answer. */
export const elementsOf = (spends: readonly Spend[], fields: readonly string[]): unknown[] =>
  spends
    .slice(0, MOST_ELEMENTS)
    .map((spend) => Object.fromEntries(fields.map((field) => [field, FIELDS[field]?.(spend)])));
