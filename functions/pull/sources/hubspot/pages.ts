import { addDays } from '../../../lake/values/day.ts';
import { VigieError } from '../../../platform/errors.ts';
import { windowOf } from '../../api/kit/days.ts';
import { joinedPage, recordsIn } from '../../api/kit/envelope.ts';
import { idThere, valueThere } from '../../api/kit/there.ts';
import { RecordReader } from '../../api/record-reader.ts';
import type { RawPage, Slice } from '../../api/source.ts';
import type { Vendor } from '../../api/vendor.ts';
import {
  countOf,
  type Filter,
  listPages,
  millis,
  objectPages,
  readAssociated,
  readRecords,
  results,
  searchPages,
  sinceOf,
} from './client.ts';
import { checkProperties, companyWanted, contactWanted, dealWanted } from './properties.ts';
import type { Settings } from './settings.ts';

type Json = Readonly<Record<string, unknown>>;
const TITLE = 'HubSpot';
const idOf = (record: Json): string => idThere(TITLE, record, 'id', /^\d+$/);
const propertiesIn = (record: Json): Json => new RecordReader(valueThere(TITLE, record, 'properties')).raw;

const checkCompanies = async (vendor: Vendor, chosen: Settings): Promise<void> => {
  if (companyWanted(chosen).properties.length > 0) await checkProperties(vendor, chosen, 'companies');
};

/** Contacts that changed, each with the history of its lifecycle and with its company. */
export async function* contactPages(vendor: Vendor, chosen: Settings, slice: Slice): AsyncGenerator<RawPage> {
  await checkProperties(vendor, chosen, 'contacts');
  await checkCompanies(vendor, chosen);
  // Contacts have another name for it than all other objects.
  const changed: Filter = { propertyName: 'lastmodifieddate', operator: 'GTE', value: sinceOf(slice) };
  for await (const found of searchPages(vendor, chosen, 'contacts', [changed])) {
    const ids = found.map(idOf);
    const records = await readRecords(vendor, chosen, 'contacts', ids, contactWanted(chosen));
    const companyOf = (record: Json): string => {
      const properties = propertiesIn(record);
      const none = ['', null].includes(valueThere(TITLE, properties, 'associatedcompanyid') as string | null);
      return none ? '' : idThere(TITLE, properties, 'associatedcompanyid', /^\d+$/);
    };
    const companies = await readCompanies(vendor, chosen, records.map(companyOf));
    const results = records.map((record) => ({
      ...record,
      company: companies.get(companyOf(record)) ?? null,
    }));
    yield joinedPage(`contacts ${ids[0]} to ${ids.at(-1)}`, { results });
  }
}

/** Deals that changed, each with the history of stage and amount, its contacts and its company. */
export async function* dealPages(vendor: Vendor, chosen: Settings, slice: Slice): AsyncGenerator<RawPage> {
  await checkProperties(vendor, chosen, 'deals');
  await checkCompanies(vendor, chosen);
  const changed: Filter = { propertyName: 'hs_lastmodifieddate', operator: 'GTE', value: sinceOf(slice) };
  for await (const found of searchPages(vendor, chosen, 'deals', [changed])) {
    const ids = found.map(idOf);
    const records = await readRecords(vendor, chosen, 'deals', ids, dealWanted(chosen));
    const contacts = await readAssociated(vendor, chosen, ['deals', 'contacts'], ids);
    const owners = await readAssociated(vendor, chosen, ['deals', 'companies'], ids);
    const companyOf = (record: Json): string => owners.get(idOf(record))?.[0] ?? '';
    const companies = await readCompanies(vendor, chosen, records.map(companyOf));
    const results = records.map((record) => ({
      ...record,
      contact_ids: contacts.get(idOf(record)) ?? [],
      company: companies.get(companyOf(record)) ?? null,
    }));
    yield joinedPage(`deals ${ids[0]} to ${ids.at(-1)}`, { results });
  }
}

/** The properties of companies that are wanted, by number. */
async function readCompanies(
  vendor: Vendor,
  chosen: Settings,
  wanted: readonly string[],
): Promise<Map<string, Json>> {
  const ids = [...new Set(wanted.filter((id) => id !== ''))];
  const wantedOf = companyWanted(chosen);
  const found = await readRecords(vendor, chosen, 'companies', ids, wantedOf);
  for (const company of found)
    for (const name of wantedOf.properties) valueThere(TITLE, propertiesIn(company), name);
  return new Map(found.map((company) => [idOf(company), propertiesIn(company)]));
}

/** So far list and search index may differ: the index lags. */
const DIFFERENCE = { few: 5, share: 0.01 } as const;

/**
 * The numbers of all contacts. Who is missing counts as erased, and a list says nothing of its length: it is held against what the index counts.
 * Throws `VENDOR_INCOMPLETE`.
 */
export async function* peoplePages(vendor: Vendor, chosen: Settings): AsyncGenerator<RawPage> {
  let listed = 0;
  for await (const page of objectPages(vendor, chosen, 'contacts', ['hs_object_id'], false)) {
    listed += results(page).length;
    yield page;
  }
  const counted = await countOf(vendor, chosen, 'contacts');
  if (listed >= counted - DIFFERENCE.few - counted * DIFFERENCE.share) return;
  throw new VigieError(`HubSpot lists ${listed} contacts and counts ${counted}`, {
    code: 'VENDOR_INCOMPLETE',
    retryable: true,
    hint: 'Nobody was erased: whoever is missing in a whole list counts as erased. The next run asks again.',
  });
}

/** The options of lifecycle stage and lead status, as one page. */
export async function* lifecyclePages(vendor: Vendor, { version }: Settings): AsyncGenerator<RawPage> {
  const body: Record<string, unknown> = {};
  for (const name of ['lifecyclestage', 'hs_lead_status']) {
    const answer = await vendor.ask({ url: `/crm/properties/${version}/contacts/${name}` });
    body[name] = recordsIn('HubSpot', answer.json(), 'options');
  }
  yield joinedPage('options of lifecyclestage and hs_lead_status', body);
}

export async function* pipelinePages(vendor: Vendor, { version }: Settings): AsyncGenerator<RawPage> {
  yield* listPages(vendor, `/crm/pipelines/${version}/deals`, {});
}

/** Owners that are, then those that were. */
export async function* ownerPages(vendor: Vendor, { version }: Settings): AsyncGenerator<RawPage> {
  for (const archived of ['false', 'true'])
    yield* listPages(vendor, `/crm/owners/${version}`, { limit: 500, archived });
}

/**
 * Who made what in these days: owner and instant, and nothing of what it says. A day of the company begins and ends up to fourteen hours
 * off that of UTC: a day more is asked for at both ends.
 */
export async function* activityPages(
  vendor: Vendor,
  chosen: Settings,
  slice: Slice,
): AsyncGenerator<RawPage> {
  const { from, to } = windowOf(slice);
  const days: Filter[] = [
    { propertyName: 'hs_createdate', operator: 'GTE', value: millis(`${addDays(from, -1)}T00:00:00.000Z`) },
    { propertyName: 'hs_createdate', operator: 'LT', value: millis(`${addDays(to, 2)}T00:00:00.000Z`) },
  ];
  const made: Json[] = [];
  for (const object of chosen.activity)
    for await (const found of searchPages(vendor, chosen, object, days, [
      'hs_createdate',
      'hubspot_owner_id',
    ]))
      for (const record of found) {
        const properties = propertiesIn(record);
        const value = (name: string): unknown => valueThere(TITLE, properties, name);
        made.push({ at: value('hs_createdate'), owner: value('hubspot_owner_id') });
      }
  yield joinedPage(`${chosen.activity.join(', ')} of ${from} to ${to}`, { made });
}
