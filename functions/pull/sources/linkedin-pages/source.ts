import { readEnvelope } from '../../api/kit/envelope.ts';
import { LINKEDIN_VERSIONS, linkedInErrors, linkedInToday, signInEnds } from '../../api/kit/linkedin.ts';
import { signedIn } from '../../api/kit/oauth.ts';
import { probeEach } from '../../api/kit/probes.ts';
import { apiVersion } from '../../api/kit/versions.ts';
import { defineSource, type Entity, type ProbeResult } from '../../api/source.ts';
import type { Vendor } from '../../api/vendor.ts';
import {
  activityPages,
  activityRecords,
  askFollowers,
  followerPages,
  followerRecords,
  TITLE,
} from './client.ts';
import { activityKnown, followersKnown, mapActivity, mapFollowers } from './map.ts';
import { type Settings, settings } from './settings.ts';

const partitions = ({ organizations }: Settings): readonly string[] => organizations;

const followers: Entity<Settings> = {
  ...{ name: 'followers', tables: ['social_audience'], reading: { by: 'whole' }, partitions },
  ...{ pages: followerPages, records: followerRecords, map: mapFollowers, known: followersKnown },
};

const activity = (chosen: Settings): Entity<Settings> => ({
  ...{ name: 'activity', tables: ['social_activity'], partitions },
  // A rolling window of twelve months.
  reading: { by: 'day', lookBackDays: chosen.look_back_days, daysAtOnce: 31, reachesBackMonths: 12 },
  ...{ pages: activityPages, records: activityRecords, map: mapActivity, known: activityKnown },
});

/** How many follow each page; then how long the sign-in still holds. */
async function probe(vendor: Vendor, chosen: Settings): Promise<ProbeResult> {
  let today: string | null = null;
  const found = await probeEach(chosen.organizations, async (organization) => {
    const answer = await askFollowers(vendor, chosen, organization);
    today = linkedInToday(answer);
    const count = readEnvelope(TITLE, answer, (body) => body.integer('firstDegreeSize'));
    return `page ${organization}: ${count} followers`;
  });
  return today === null ? found : signInEnds(chosen, today, found.finding);
}

/** Pages of companies on LinkedIn: who follows them, and what came of their posts. */
export const source = defineSource<Settings>({
  kind: 'linkedin-pages',
  title: TITLE,
  settings,
  settingsWithoutRows: ['organizations', 'look_back_days', 'version', 'authorized_on'],
  api: (chosen) => ({
    ...apiVersion(LINKEDIN_VERSIONS, chosen),
    baseUrl: chosen.base_url,
    // LinkedIn limits calls a day; few at once stay far below.
    limits: { concurrency: 2, perSecond: null },
  }),
  authorize: (chosen) => signedIn(chosen),
  entities: (chosen) => [followers, activity(chosen)],
  diagnose: linkedInErrors(
    'The app needs the product Community Management API and the scope rw_organization_admin, and the user the role Super admin (ADMINISTRATOR) of the page.',
  ),
  probe,
});
