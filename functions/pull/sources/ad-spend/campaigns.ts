import { dayScopes } from '../../api/kit/days.ts';
import type { Entity, RawPage, RowSink } from '../../api/source.ts';
import { keyAt, withoutRepeats } from '../../api/whole-list.ts';

/** What the four ad platforms have in common: one canonical table, one row a campaign and day. */

/** What a platform reports of a campaign on a day, canonical. */
export interface CampaignDay {
  readonly account_id: string;
  /** The account's day. */
  readonly spent_on: string;
  readonly campaign_id: string;
  readonly campaign_name: string | null;
  readonly impressions: number;
  readonly clicks: number;
  /** Decimals in the account's currency. */
  readonly cost: string;
  readonly conversions: string;
  readonly conversion_value: string | null;
  readonly currency: string;
}

export type AdPlatform = 'google' | 'microsoft' | 'linkedin' | 'meta';

/** Hands a campaign's day over. */
export const putCampaignDay = (
  out: RowSink,
  platform: AdPlatform,
  channel: string,
  figures: CampaignDay,
): void => out.row('ad_spend', { platform, channel, ...figures });

/** A month, the most a slice may be: no platform needs less (its page says what one answer holds). */
const DAYS_AT_ONCE = 31;

interface AdSettings {
  readonly accounts: readonly string[];
  readonly look_back_days: number;
  readonly reaches_back_months?: number;
}

type Own<Settings> = Pick<Entity<Settings>, 'pages' | 'records' | 'map' | 'known' | 'whyEmpty'> & {
  /** Paths of what identifies a campaign's day, where a report comes in pages: none may come twice. */
  readonly key?: readonly string[];
};

/** What every ad platform offers: its campaigns by day and account. A day that is read again replaces what was there. */
export const campaignsOf = <Settings extends AdSettings>(
  platform: AdPlatform,
  { look_back_days: lookBackDays, reaches_back_months: reachesBackMonths }: Settings,
  { key, ...own }: Own<Settings>,
): Entity<Settings> => ({
  name: 'campaigns',
  tables: ['ad_spend'],
  reading: {
    ...{ by: 'day', lookBackDays, daysAtOnce: DAYS_AT_ONCE },
    ...(reachesBackMonths === undefined ? {} : { reachesBackMonths }),
  },
  partitions: ({ accounts }) => accounts,
  scopes: (_, slice) =>
    dayScopes('ad_spend', slice, (day) => ({ platform, account_id: slice.partition, spent_on: day })),
  ...own,
  pages: (vendor, settings, slice) => {
    const pages = own.pages(vendor, settings, slice);
    if (key === undefined) return pages;
    const keysOf = (page: RawPage) => own.records(page).flatMap((record) => keyAt(record, key) ?? []);
    return withoutRepeats(pages, `campaigns of account ${slice.partition}`, keysOf);
  },
});
