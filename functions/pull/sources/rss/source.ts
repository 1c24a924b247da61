import { VigieError } from '../../../platform/errors.ts';
import { probeEach, type Seen } from '../../api/kit/probes.ts';
import { defineSource, type Entity, type ProbeResult } from '../../api/source.ts';
import type { Vendor } from '../../api/vendor.ts';
import { entriesOf, pages, records, TITLE } from './client.ts';
import { diagnose } from './diagnose.ts';
import type { Entry } from './entry.ts';
import { known, map } from './map.ts';
import { type Feed, feedOf, isWanted, type Settings, settings } from './settings.ts';

const entity: Entity<Settings> = {
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
      try {
        return seen(feed, (await entriesOf(vendor, feed)).entries);
      } catch (error) {
        // Feeds are on many hosts: which one it is has to be said.
        if (!(error instanceof VigieError)) throw error;
        return { status: 'failed', finding: `feed ${name}: ${error.message}`, ...remedyOf(error) };
      }
    },
  );

const remedyOf = ({ hint }: VigieError) => (hint === undefined ? {} : { remedy: hint });

function seen(feed: Feed, entries: readonly Entry[]): Seen {
  const wanted = entries.filter(({ title }) => title !== null && isWanted(feed, title));
  if (wanted.length > 0)
    return `${feed.name}: ${wanted.length} of ${entries.length} entries are of ${feed.competitor}`;
  return {
    status: 'warning',
    finding: `feed ${feed.name}: none of ${entries.length} entries is wanted`,
    remedy: 'See whether the feed is the right one, and whether `only` fits its titles.',
  };
}

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
  entities: () => [entity],
  diagnose,
  probe,
});
