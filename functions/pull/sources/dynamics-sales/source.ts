import { clientCredentials } from '../../api/kit/oauth.ts';
import { apiVersion } from '../../api/kit/versions.ts';
import { defineSource, type Entity } from '../../api/source.ts';
import { records } from './client.ts';
import { FORMATTED } from './columns.ts';
import { diagnose } from './diagnose.ts';
import { mapLead } from './map-lead.ts';
import { mapOpportunity } from './map-opportunity.ts';
import { mapDeleted, mapPerson, mapProcess, mapStage, mapUser } from './map-others.ts';
import {
  COLUMNS,
  deletedPages,
  leadPages,
  leadSelect,
  opportunityPages,
  opportunitySelect,
  peoplePages,
  processPages,
  stagePages,
  userPages,
} from './pages.ts';
import { offers, probe } from './probe.ts';
import { type Settings, settings, VERSIONS } from './settings.ts';

const WHOLE = { by: 'whole' } as const;
const byChange = ({ overlap_minutes: overlapMinutes }: Settings) =>
  ({ by: 'change', overlapMinutes }) as const;

/** Columns, and what Dataverse says beside them. */
const known = (columns: readonly string[]): string[] => [
  '@odata.etag',
  ...columns.flatMap((name) => [name, `${name}@${FORMATTED}`]),
];

const leads = (chosen: Settings): Entity<Settings> => ({
  ...{ name: 'leads', tables: ['leads'], reading: byChange(chosen), pages: leadPages, records },
  ...{ map: mapLead, known: known(leadSelect(chosen)) },
});

const opportunities = (chosen: Settings): Entity<Settings>[] => {
  const deals: Entity<Settings> = {
    ...{ name: 'opportunities', reading: byChange(chosen), pages: opportunityPages, records },
    tables: ['deals', 'deal_amounts', 'stages', 'stage_history', 'deal_competitors'],
    ...{ map: mapOpportunity, known: known(opportunitySelect(chosen)) },
  };
  if (chosen.process === null) return [deals];
  return [
    deals,
    {
      ...{
        name: 'stages',
        tables: ['stages'],
        reading: WHOLE,
        pages: stagePages,
        records,
        map: mapStage,
        known: known(COLUMNS.stages),
      },
    },
    {
      ...{ name: 'processes', tables: ['stage_history'], reading: byChange(chosen) },
      ...{
        pages: processPages,
        records,
        map: mapProcess,
        known: known([...COLUMNS.processes, 'businessprocessflowinstanceid']),
      },
    },
  ];
};

const users: Entity<Settings> = {
  ...{
    name: 'users',
    tables: ['crm_users'],
    reading: WHOLE,
    pages: userPages,
    records,
    map: mapUser,
    known: known([...COLUMNS.users, 'ownerid']),
  },
};

/** Everybody who is there, by number: who is missing was erased. */
const people: Entity<Settings> = {
  ...{ name: 'people', tables: ['crm_people'], reading: WHOLE, pages: peoplePages, records, map: mapPerson },
  people: { id: 'leadid', recordsOf: ['leads'] },
};

const deleted = (chosen: Settings): Entity<Settings> => ({
  ...{ name: 'deleted', tables: ['deals'], reading: byChange(chosen), pages: deletedPages, records },
  map: mapDeleted,
});

/** Dynamics 365 Sales over the Dataverse Web API: leads, opportunities with stages and competitors, users. */
export const source = defineSource<Settings>({
  kind: 'dynamics-sales',
  title: 'Dynamics 365 Sales',
  // 2: leads are lost with their opportunities, and merged.
  mappingVersion: 2,
  settings,
  settingsWithoutRows: ['version', 'read', 'page_size', 'overlap_minutes', 'tenant', 'login_url'],
  api: (chosen) => ({
    ...apiVersion(VERSIONS, chosen),
    baseUrl: chosen.base_url,
    // 6,000 requests in five minutes, and 52 at once, for each user and web server.
    limits: { concurrency: 4, perSecond: 15 },
  }),
  authorize: ({ base_url, tenant, login_url, secret }) =>
    clientCredentials(secret, `${login_url}/${tenant}/oauth2/v2.0/token`, {
      ...{ scope: `${base_url}/.default`, client_auth: 'body' },
    }),
  entities: (chosen) =>
    chosen.read.flatMap(
      (name) =>
        ({
          leads: [leads(chosen)],
          opportunities: opportunities(chosen),
          users: [users],
          people: [people],
          deleted: [deleted(chosen)],
        })[name],
    ),
  diagnose,
  probe,
  offers,
});
