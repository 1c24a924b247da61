import { probeEach, type Seen } from '../../api/kit/probes.ts';
import { defineSource, type Entity, type ProbeResult } from '../../api/source.ts';
import type { Vendor } from '../../api/vendor.ts';
import { entriesOf, pages, records, TITLE } from './client.ts';
import { diagnose } from './diagnose.ts';
import { known, map } from './map.ts';
import { feedOf, isWanted, type Settings, settings } from './settings.ts';

const entries: Entity<Settings> = {
  name: 'entries',
  tables: ['competitor_events'],
  // A feed cannot be asked for what is new: it is short, and gives what it has.
  reading: { by: 'change', overlapMinutes: 0 },
  partitions: ({ feeds }) => feeds.map(({ name }) => name),
  ...{ pages, records, map, known },
};

/** How many entries each feed has, and how many of them are wanted. */
const probe = (vendor: Vendor, chosen: Settings): Promise<ProbeResult> =>
  probeEach(
    chosen.feeds.map(({ name }) => name),
    async (name): Promise<Seen> => {
      const feed = feedOf(chosen, name);
      const found = (await entriesOf(vendor, feed)).entries;
      const wanted = found.filter(({ title }) => title !== null && isWanted(feed, title));
      if (wanted.length > 0)
        return `${name}: ${wanted.length} of ${found.length} entries are of ${feed.competitor}`;
      return {
        status: 'warning',
        finding: `${name}: none of ${found.length} entries is wanted`,
        remedy: 'See whether the feed is the right one, and whether `only` fits its titles.',
      };
    },
  );

/** Feeds of news: what competitors did. */
export const source = defineSource<Settings>({
  kind: 'rss',
  title: TITLE,
  settings,
  api: ({ feeds }) => ({
    version: null,
    sunset: null,
    // Each feed has an address of its own, which is asked without credentials: there are none.
    baseUrl: new URL(feeds[0]?.url ?? 'https://feeds.invalid').origin,
    limits: { concurrency: 2, perSecond: 2, maxAnswerBytes: 16 * 1024 * 1024 },
  }),
  authorize: () => ({ kind: 'none' }),
  entities: () => [entries],
  diagnose,
  probe,
});
