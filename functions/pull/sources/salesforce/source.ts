import { clientCredentials } from '../../api/kit/oauth.ts';
import { apiVersion } from '../../api/kit/versions.ts';
import { defineSource, type Entity } from '../../api/source.ts';
import type { Authorization } from '../../api/vendor.ts';
import { mapActivity } from '../crm/activity.ts';
import { records } from './client.ts';
import { diagnose } from './diagnose.ts';
import { fieldsWanted } from './fields.ts';
import { mapLead } from './map-lead.ts';
import { mapOpportunity } from './map-opportunity.ts';
import { mapMember, mapPerson, mapStage, mapStatus, mapUser } from './map-others.ts';
import {
  activityPages,
  leadPages,
  memberPages,
  opportunityPages,
  peoplePages,
  stagePages,
  statusPages,
  userPages,
} from './pages.ts';
import { probe } from './probe.ts';
import { type Settings, settings, VERSIONS } from './settings.ts';

const WHOLE = { by: 'whole' } as const;
const byChange = ({ overlap_minutes: overlapMinutes }: Settings) =>
  ({ by: 'change', overlapMinutes }) as const;

/** What Salesforce adds to each record: its kind and its address. */
const about = (...holders: readonly string[]): string[] =>
  ['', ...holders.map((holder) => `${holder}.`)].flatMap((holder) => [
    `${holder}attributes.type`,
    `${holder}attributes.url`,
  ]);

const leads = (chosen: Settings): Entity<Settings>[] => [
  {
    ...{ name: 'leads', tables: ['leads', 'stage_history'], reading: byChange(chosen) },
    ...{ pages: leadPages, records, map: mapLead },
    known: [...about('ConvertedOpportunity', 'Histories'), ...fieldsWanted('Lead', chosen)],
  },
  {
    name: 'lead-statuses',
    tables: ['stages'],
    reading: WHOLE,
    pages: statusPages,
    records,
    map: mapStatus,
    known: [...about(), 'Id'],
  },
];

const opportunities = (chosen: Settings): Entity<Settings>[] => [
  {
    name: 'opportunities',
    tables: [
      'deals',
      'stage_history',
      'deal_amounts',
      ...(chosen.deal.competitor === undefined ? [] : ['deal_competitors']),
    ],
    ...{ reading: byChange(chosen), pages: opportunityPages, records, map: mapOpportunity },
    known: [
      ...about('Account', 'OpportunityHistories', 'OpportunityCompetitors'),
      ...fieldsWanted('Opportunity', chosen),
    ],
  },
  {
    name: 'stages',
    tables: ['stages'],
    reading: WHOLE,
    pages: stagePages,
    records,
    map: mapStage,
    known: [...about(), 'Id'],
  },
];

const others = (chosen: Settings) =>
  ({
    users: {
      name: 'users',
      tables: ['crm_users'],
      reading: WHOLE,
      pages: userPages,
      records,
      map: mapUser,
      known: about('UserRole'),
    },
    people: {
      ...{
        name: 'people',
        tables: ['crm_people'],
        reading: WHOLE,
        pages: peoplePages,
        records,
        map: mapPerson,
        known: about(),
      },
      people: { id: 'Id', recordsOf: ['leads'] },
    },
    campaigns: {
      ...{ name: 'campaign-members', tables: ['touchpoints'], reading: byChange(chosen) },
      ...{ pages: memberPages, records, map: mapMember, known: about('Campaign') },
    },
    activity: {
      ...{ name: 'activity', tables: ['crm_activity'], pages: activityPages, map: mapActivity },
      reading: { by: 'day', lookBackDays: chosen.look_back_days, daysAtOnce: 31 },
      records: (page) => [page.json()],
    },
  }) satisfies Record<string, Entity<Settings>>;

/** The token says where the org answers: its own address, or another one of Salesforce's. */
function authorize(chosen: Settings): Authorization {
  const { auth, secret, base_url: base, audience } = chosen;
  const tokenUrl = chosen.token_url ?? `${base}/services/oauth2/token`;
  const baseUrlFrom = { field: 'instance_url', hosts: ['.my.salesforce.com', new URL(base).host] };
  if (auth === 'client_credentials') {
    const byClient = clientCredentials(secret, tokenUrl, { client_auth: 'body' });
    return { ...byClient, baseUrlFrom } as Authorization;
  }
  return {
    ...{ kind: 'oauth2', grant: 'jwt_bearer', secret, tokenUrl, clientAuth: 'body', baseUrlFrom },
    // Salesforce takes a few minutes: https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_jwt_flow.htm
    claims: { issuer: 'client_id', subject: 'user', audience, lifeSeconds: 180 },
  };
}

/** Salesforce: leads, opportunities, their stages and amounts, users. */
export const source = defineSource<Settings>({
  kind: 'salesforce',
  title: 'Salesforce',
  settings,
  settingsWithoutRows: ['version', 'read', 'auth', 'audience', 'overlap_minutes', 'look_back_days'],
  api: (chosen) => ({
    ...apiVersion(VERSIONS, chosen),
    baseUrl: chosen.base_url,
    // Salesforce counts requests of 24 hours, and 25 long ones at once for the whole org.
    limits: { concurrency: 3, perSecond: null },
  }),
  authorize,
  entities(chosen) {
    const more = others(chosen);
    return chosen.read.flatMap((name): Entity<Settings>[] =>
      name === 'leads' ? leads(chosen) : name === 'opportunities' ? opportunities(chosen) : [more[name]],
    );
  },
  diagnose,
  probe,
});
