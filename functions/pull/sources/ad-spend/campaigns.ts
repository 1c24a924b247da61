import type { Entity, RawPage, Reading } from '../../api/source.ts';
import { keyAt, withoutRepeats } from '../../api/whole-list.ts';
import { type AdPlatform, dayScopes } from './ad-spend.ts';

/** A month, the most a slice may be: no platform needs less (its page says what one answer holds). */
const DAYS_AT_ONCE = 31;

type Own<Settings> = Pick<Entity<Settings>, 'pages' | 'records' | 'map' | 'known' | 'whyEmpty'> & {
  /** Paths of what identifies a campaign's day, where a report comes in pages: none may come twice. */
  readonly key?: readonly string[];
};

/** What every ad platform offers: its campaigns by day and account. A day that is read again replaces what was there. */
export const campaignsOf = <Settings extends { readonly accounts: readonly string[] }>(
  platform: AdPlatform,
  reach: Omit<Extract<Reading, { by: 'day' }>, 'by' | 'daysAtOnce'>,
  { key, ...own }: Own<Settings>,
): Entity<Settings> => ({
  name: 'campaigns',
  tables: ['ad_spend'],
  reading: { by: 'day', ...reach, daysAtOnce: DAYS_AT_ONCE },
  partitions: ({ accounts }) => accounts,
  scopes: (_, slice) => dayScopes(platform, slice),
  ...own,
  pages: (vendor, settings, slice) => {
    const pages = own.pages(vendor, settings, slice);
    if (key === undefined) return pages;
    const keysOf = (page: RawPage) => own.records(page).flatMap((record) => keyAt(record, key) ?? []);
    return withoutRepeats(pages, `campaigns of account ${slice.partition}`, keysOf);
  },
});
