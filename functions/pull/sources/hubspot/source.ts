import { apiVersion } from '../../api/kit/versions.ts';
import { defineSource, type Entity } from '../../api/source.ts';
import { mapActivity } from '../crm/activity.ts';
import { objectPages, results } from './client.ts';
import { diagnose } from './diagnose.ts';
import { emailPages, emailRecords } from './email-pages.ts';
import { mapContact } from './map-contact.ts';
import { mapArchivedDeal, mapDeal } from './map-deal.ts';
import { emailKnown, mapEmail } from './map-email.ts';
import { mapArchivedContact, mapLifecycle, mapOwner, mapPerson, mapPipeline } from './map-others.ts';
import {
  activityPages,
  contactPages,
  dealPages,
  lifecyclePages,
  ownerPages,
  peoplePages,
  pipelinePages,
} from './pages.ts';
import { probe } from './probe.ts';
import { companyWanted, contactWanted, dealWanted } from './properties.ts';
import { type Settings, settings, VERSIONS } from './settings.ts';

const WHOLE = { by: 'whole' } as const;
const OBJECT = ['createdAt', 'updatedAt', 'archived', 'archivedAt', 'url'];
const versions = (property: string): string[] =>
  ['value', 'timestamp', 'sourceType', 'sourceId', 'sourceLabel', 'updatedByUserId'].map(
    (field) => `propertiesWithHistory.${property}.${field}`,
  );

/** What is asked for, and what HubSpot adds to every record. */
const knownOf = ({ properties, history }: ReturnType<typeof contactWanted>, chosen: Settings): string[] => [
  ...OBJECT,
  ...[...properties, 'hs_object_id', 'hs_lastmodifieddate'].map((name) => `properties.${name}`),
  ...history.flatMap(versions),
  ...[...companyWanted(chosen).properties, 'createdate', 'hs_lastmodifieddate', 'hs_object_id'].map(
    (name) => `company.${name}`,
  ),
];

const contacts = (chosen: Settings): Entity<Settings>[] => [
  {
    ...{ name: 'contacts', tables: ['leads', 'stage_history'], records: results, map: mapContact },
    reading: { by: 'change', overlapMinutes: chosen.overlap_minutes },
    pages: contactPages,
    known: knownOf(contactWanted(chosen), chosen),
  },
  {
    ...{
      name: 'archived-contacts',
      tables: ['leads'],
      reading: WHOLE,
      records: results,
      map: mapArchivedContact,
    },
    pages: (vendor, given) => objectPages(vendor, given, 'contacts', ['createdate'], true),
  },
  {
    ...{ name: 'lifecycle', tables: ['stages'], reading: WHOLE, pages: lifecyclePages, map: mapLifecycle },
    records: (page) => [page.json()],
  },
];

const deals = (chosen: Settings): Entity<Settings>[] => [
  {
    name: 'deals',
    tables: [
      'deals',
      'stage_history',
      'deal_amounts',
      ...(chosen.deal.competitor === undefined ? [] : ['deal_competitors']),
    ],
    reading: { by: 'change', overlapMinutes: chosen.overlap_minutes },
    ...{ pages: dealPages, records: results, map: mapDeal },
    known: knownOf(dealWanted(chosen), chosen),
  },
  {
    ...{ name: 'archived-deals', tables: ['deals'], reading: WHOLE, records: results, map: mapArchivedDeal },
    pages: (vendor, given) => objectPages(vendor, given, 'deals', ['createdate', 'deal_currency_code'], true),
  },
  {
    name: 'pipelines',
    tables: ['stages'],
    reading: WHOLE,
    pages: pipelinePages,
    records: results,
    map: mapPipeline,
  },
];

const owners: Entity<Settings> = {
  ...{
    name: 'owners',
    tables: ['crm_users'],
    reading: WHOLE,
    pages: ownerPages,
    records: results,
    map: mapOwner,
  },
  personal: ['firstName', 'lastName'],
};

/** Everybody who is there, by number: who is missing was erased. */
const people: Entity<Settings> = {
  ...{ name: 'people', tables: ['crm_people'], reading: WHOLE, records: results, map: mapPerson },
  pages: peoplePages,
  people: { id: 'id', recordsOf: ['contacts', 'archived-contacts'] },
};

const activity = (chosen: Settings): Entity<Settings> => ({
  ...{ name: 'activity', tables: ['crm_activity'], pages: activityPages, map: mapActivity },
  reading: { by: 'day', lookBackDays: chosen.look_back_days, daysAtOnce: 31 },
  records: (page) => [page.json()],
});

const marketingEmails = (chosen: Settings): Entity<Settings> => ({
  ...{ name: 'marketing-emails', tables: ['email_sends'], pages: emailPages, map: mapEmail },
  reading: { by: 'day', lookBackDays: chosen.email_look_back_days, daysAtOnce: 31 },
  ...{ records: emailRecords, known: emailKnown },
});

/** HubSpot: contacts as leads, deals, their stages, amounts and owners; what became of marketing e-mails. */
export const source = defineSource<Settings>({
  kind: 'hubspot',
  title: 'HubSpot',
  settings,
  settingsWithoutRows: [
    ...(['version', 'read', 'overlap_minutes', 'requests_per_second'] as const),
    ...(['look_back_days', 'email_look_back_days'] as const),
  ],
  api: (chosen) => ({
    ...apiVersion(VERSIONS, chosen),
    baseUrl: chosen.base_url,
    // By default a hundred in ten seconds, as on the smallest plan; five searches a second: one is followed by two reads at least.
    limits: { concurrency: 3, perSecond: chosen.requests_per_second },
  }),
  authorize: ({ secret }) => ({ kind: 'token', secret }),
  entities: (chosen) =>
    chosen.read.flatMap(
      (name) =>
        ({
          contacts: contacts(chosen),
          deals: deals(chosen),
          owners: [owners],
          people: [people],
          activity: [activity(chosen)],
          marketing_emails: [marketingEmails(chosen)],
        })[name],
    ),
  diagnose,
  probe,
});
