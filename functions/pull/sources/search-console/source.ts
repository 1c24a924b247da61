import { dayScopes } from '../../api/kit/days.ts';
import { readEnvelope } from '../../api/kit/envelope.ts';
import { googleTokens } from '../../api/kit/google.ts';
import { probeEach, type Seen } from '../../api/kit/probes.ts';
import { defineSource, type Entity } from '../../api/source.ts';
import type { Vendor } from '../../api/vendor.ts';
import { askSite, pages, records, TITLE } from './client.ts';
import { diagnose } from './diagnose.ts';
import { known, map } from './map.ts';
import { type Settings, settings } from './settings.ts';

const SCOPE = 'https://www.googleapis.com/auth/webmasters.readonly';

const clicks = (chosen: Settings): Entity<Settings> => ({
  ...{ name: 'clicks', tables: ['search_clicks'], partitions: ({ sites }) => sites },
  // Sixteen months are kept.
  reading: { by: 'day', lookBackDays: chosen.look_back_days, daysAtOnce: 31, reachesBackMonths: 16 },
  ...{ pages, records, map, known },
  scopes: (_, slice) =>
    dayScopes('search_clicks', slice, (day) => ({ searched_on: day, site: slice.partition })),
});

/** What may be done with a property: somebody who was added, and did not prove it to be theirs, sees nothing. */
async function lookAt(vendor: Vendor, site: string): Promise<Seen> {
  const level = readEnvelope(TITLE, await askSite(vendor, site), (body) => body.text('permissionLevel'));
  if (level !== 'siteUnverifiedUser') return `${site}: ${level}`;
  return {
    status: 'failed',
    finding: `${site}: it is not verified for this user (${level})`,
    remedy:
      'In Search Console, verify the property (Settings › Ownership verification), or add the service account as a user of it.',
  };
}

/** Google Search Console: clicks from Google to the company's own sites, counted. */
export const source = defineSource<Settings>({
  kind: 'search-console',
  title: TITLE,
  settings,
  settingsWithoutRows: ['sites', 'look_back_days', 'page_rows', 'auth'],
  api: ({ base_url }) => ({
    version: 'v3',
    sunset: null,
    baseUrl: base_url,
    // 1,200 a minute, of a site and of a user: https://developers.google.com/webmaster-tools/limits
    limits: { concurrency: 2, perSecond: 10 },
  }),
  authorize: (chosen) => googleTokens(chosen, SCOPE),
  entities: (chosen) => [clicks(chosen)],
  diagnose,
  probe: (vendor, { sites }) => probeEach(sites, (site) => lookAt(vendor, site)),
});
