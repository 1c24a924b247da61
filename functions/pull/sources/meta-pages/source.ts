import { readEnvelope } from '../../api/kit/envelope.ts';
import { metaErrors } from '../../api/kit/meta.ts';
import { probeEach } from '../../api/kit/probes.ts';
import { apiVersion } from '../../api/kit/versions.ts';
import { defineSource, type Entity, type ProbeResult } from '../../api/source.ts';
import type { Vendor } from '../../api/vendor.ts';
import {
  accountDays,
  askFollowers,
  dayRecords,
  followerPages,
  followerRecords,
  pageDays,
  TITLE,
  whyEmpty,
} from './client.ts';
import { accountKnown, followersKnown, mapAccountDay, mapFollowers, mapPageDay, pageKnown } from './map.ts';
import { type Settings, settings, VERSIONS } from './settings.ts';

const pageOf = ({ page }: Settings): readonly string[] => [page];
const accountOf = ({ instagram }: Settings): readonly string[] =>
  instagram === undefined ? [] : [instagram];

const followers: Omit<Entity<Settings>, 'name' | 'map'> = {
  ...{ tables: ['social_audience'], reading: { by: 'whole' }, pages: followerPages },
  ...{ records: followerRecords, known: followersKnown },
};

const activity = { tables: ['social_activity'], records: dayRecords, whyEmpty };

const facebook = (chosen: Settings): Entity<Settings>[] => [
  { ...followers, name: 'page-followers', partitions: pageOf, map: mapFollowers('facebook') },
  {
    ...{ ...activity, name: 'page-activity', partitions: pageOf },
    // Two years are kept, and no more than 90 days given at once.
    reading: { by: 'day', lookBackDays: chosen.look_back_days, daysAtOnce: 31, reachesBackMonths: 23 },
    ...{ pages: pageDays, map: mapPageDay, known: pageKnown },
  },
];

const instagram = (chosen: Settings): Entity<Settings>[] => [
  { ...followers, name: 'account-followers', partitions: accountOf, map: mapFollowers('instagram') },
  {
    ...{ ...activity, name: 'account-activity', partitions: accountOf },
    // 90 days are kept of an account.
    reading: { by: 'day', lookBackDays: chosen.look_back_days, daysAtOnce: 31, reachesBackMonths: 2 },
    ...{ pages: accountDays, map: mapAccountDay, known: accountKnown },
  },
];

/** What each is called, and how many follow it. */
const probe = (vendor: Vendor, chosen: Settings): Promise<ProbeResult> =>
  probeEach([...pageOf(chosen), ...accountOf(chosen)], async (id) => {
    const what = id === chosen.page ? 'page' : 'Instagram account';
    const answer = await askFollowers(vendor, chosen, id, 'name,followers_count');
    return readEnvelope(
      TITLE,
      answer,
      (body) => `${what} ${body.textOrNull('name') ?? id}: ${body.integer('followers_count')} followers`,
    );
  });

/** A page on Facebook, and the Instagram account that is linked to it: who follows them, and what came of their posts. */
export const source = defineSource<Settings>({
  kind: 'meta-pages',
  title: TITLE,
  settings,
  settingsWithoutRows: ['look_back_days', 'version'],
  api: (chosen) => ({
    ...apiVersion(VERSIONS, chosen),
    baseUrl: chosen.base_url,
    // Meta counts by app and page; a few a second stay far below.
    limits: { concurrency: 2, perSecond: 4 },
  }),
  authorize: ({ secret }) => ({ kind: 'token', secret }),
  entities: (chosen) => [...facebook(chosen), ...(chosen.instagram === undefined ? [] : instagram(chosen))],
  diagnose: metaErrors({
    token:
      'The token has ended, was withdrawn, or is none of the page: make one as the source’s page says and store it as `{"token": …}`.',
    unseen:
      'The number is wrong, or the system user does not have the page or the account (Business settings › Accounts).',
    permission:
      'The token lacks a permission: see “Permissions to ask for” on the source’s page, and make it anew with all of them.',
    parameter:
      'Where Meta speaks of a metric, it has taken one away: put the one that stands for it under `metrics`; see the source’s page.',
  }),
  probe,
});
