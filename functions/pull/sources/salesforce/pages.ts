import { addDays } from '../../../lake/values/day.ts';
import { windowOf } from '../../api/kit/days.ts';
import { joinedPage } from '../../api/kit/envelope.ts';
import { idThere, valueThere } from '../../api/kit/there.ts';
import type { RawPage, Slice } from '../../api/source.ts';
import type { Vendor } from '../../api/vendor.ts';
import { queryAnswers, queryPages, sinceOf, wholeChildren } from './client.ts';
import { COMPETITORS, checkFields, fieldsWanted } from './fields.ts';
import { salesforceId } from './history.ts';
import { CONVERTED } from './map-lead.ts';
import type { Settings } from './settings.ts';

const TITLE = 'Salesforce';
type Json = Readonly<Record<string, unknown>>;

/** Numbers in one query: an address may have 16,384 bytes. */
const IDS = 300;

/** Of a record in the recycle bin nothing is kept but that it is there. */
const bared = ({ Id, IsDeleted, CreatedDate, MasterRecordId }: Json): Json => ({
  Id,
  IsDeleted,
  CreatedDate,
  MasterRecordId,
});

/**
 * Leads that changed, or whose opportunity did: a converted lead cannot be changed any more, and becomes a customer all the same. With the history of
 * their status.
 */
export async function* leadPages(vendor: Vendor, chosen: Settings, slice: Slice): AsyncGenerator<RawPage> {
  await checkFields(vendor, chosen, 'Lead');
  const since = sinceOf(slice);
  const tracked = chosen.lead_history === 'tracked';
  const history = tracked
    ? [
        `(SELECT CreatedDate, OldValue, NewValue FROM Histories WHERE Field = 'Status' ORDER BY CreatedDate, Id)`,
      ]
    : [];
  const columns = [...fieldsWanted('Lead', chosen), ...CONVERTED, ...history].join(', ');
  const text = `SELECT ${columns} FROM Lead WHERE SystemModstamp >= ${since} OR ConvertedOpportunity.SystemModstamp >= ${since} ORDER BY Id`;
  for await (const found of queryAnswers(vendor, chosen, { text, all: true })) {
    const records: Json[] = [];
    for (const record of found) {
      if (record['IsDeleted'] === true) records.push(bared(record));
      else
        records.push({
          ...record,
          Histories: tracked ? await wholeChildren(vendor, record, 'Histories') : [],
        });
    }
    yield joinedPage('leads that changed', { records });
  }
}

/** Opportunities that changed, with their history and the lead each came from. */
export async function* opportunityPages(
  vendor: Vendor,
  chosen: Settings,
  slice: Slice,
): AsyncGenerator<RawPage> {
  const { hasCurrency } = await checkFields(vendor, chosen, 'Opportunity');
  if (fieldsWanted('Account', chosen).length > 0) await checkFields(vendor, chosen, 'Account');
  const children: Readonly<Record<string, string>> = {
    OpportunityHistories:
      '(SELECT CreatedDate, StageName, Amount FROM OpportunityHistories ORDER BY CreatedDate, Id)',
    ...(chosen.deal.competitor === COMPETITORS
      ? { [COMPETITORS]: `(SELECT CompetitorName FROM ${COMPETITORS})` }
      : {}),
  };
  const columns = [
    ...fieldsWanted('Opportunity', chosen),
    ...(hasCurrency ? ['CurrencyIsoCode'] : []),
    ...fieldsWanted('Account', chosen).map((name) => `Account.${name}`),
    ...Object.values(children),
  ].join(', ');
  const text = `SELECT ${columns} FROM Opportunity WHERE SystemModstamp >= ${sinceOf(slice)} ORDER BY Id`;
  for await (const found of queryAnswers(vendor, chosen, { text, all: true })) {
    if (hasCurrency) for (const record of found) valueThere(TITLE, record, 'CurrencyIsoCode');
    const leads = await leadsOf(
      vendor,
      chosen,
      found.map((record) => idThere(TITLE, record, 'Id', salesforceId)),
    );
    const records: Json[] = [];
    for (const record of found) {
      const whole: Record<string, unknown> = { ...record, LeadId: leads.get(String(record['Id'])) ?? null };
      for (const name of Object.keys(children)) whole[name] = await wholeChildren(vendor, record, name);
      records.push(whole);
    }
    yield joinedPage('opportunities that changed', { records });
  }
}

/** The lead that was converted into each opportunity: of several the one that was made first. Only the lead says so. */
async function leadsOf(
  vendor: Vendor,
  chosen: Settings,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const leads = new Map<string, string>();
  for (let at = 0; at < ids.length; at += IDS) {
    const some = ids.slice(at, at + IDS).map((id) => `'${id.replaceAll(/\W/g, '')}'`);
    const text = `SELECT Id, ConvertedOpportunityId FROM Lead WHERE ConvertedOpportunityId IN (${some.join(',')}) ORDER BY CreatedDate, Id`;
    for await (const found of queryAnswers(vendor, chosen, { text }))
      for (const lead of found) {
        const [opportunity, id] = (['ConvertedOpportunityId', 'Id'] as const).map((name) =>
          idThere(TITLE, lead, name, salesforceId),
        ) as [string, string];
        if (!leads.has(opportunity)) leads.set(opportunity, id);
      }
  }
  return leads;
}

const whole =
  (text: string) =>
  (vendor: Vendor, chosen: Settings): AsyncGenerator<RawPage> =>
    queryPages(vendor, chosen, { text });

export const statusPages = whole('SELECT Id, ApiName, MasterLabel, SortOrder, IsConverted FROM LeadStatus');
export const stagePages = whole(
  'SELECT Id, ApiName, MasterLabel, SortOrder, IsClosed, IsWon, DefaultProbability FROM OpportunityStage',
);
/** Users of a licence; portals and robots have other types. */
export const userPages = whole(
  "SELECT Id, IsActive, CreatedDate, LastModifiedDate, UserRole.Name FROM User WHERE UserType = 'Standard' ORDER BY Id",
);
/** Without what lies in the recycle bin. */
export const peoplePages = whole('SELECT Id FROM Lead ORDER BY Id');

/** Who answered a campaign. */
export const memberPages = (vendor: Vendor, chosen: Settings, slice: Slice): AsyncGenerator<RawPage> =>
  queryPages(vendor, chosen, {
    text: `SELECT Id, IsDeleted, LeadId, HasResponded, FirstRespondedDate, Campaign.Name, Campaign.Type FROM CampaignMember WHERE LeadId != null AND SystemModstamp >= ${sinceOf(slice)} ORDER BY Id`,
    all: true,
  });

/** Who made tasks and events in these days, and when: nothing of what they say. */
export async function* activityPages(
  vendor: Vendor,
  chosen: Settings,
  slice: Slice,
): AsyncGenerator<RawPage> {
  const { from, to } = windowOf(slice);
  const days = `CreatedDate >= ${addDays(from, -1)}T00:00:00Z AND CreatedDate < ${addDays(to, 2)}T00:00:00Z`;
  const made: Json[] = [];
  for (const object of chosen.activity)
    for await (const found of queryAnswers(vendor, chosen, {
      text: `SELECT Id, CreatedById, CreatedDate FROM ${object} WHERE ${days} ORDER BY Id`,
    }))
      for (const record of found) {
        const value = (name: string): unknown => valueThere(TITLE, record, name);
        made.push({ owner: value('CreatedById'), at: value('CreatedDate') });
      }
  yield joinedPage(`${chosen.activity.join(', ')} of ${from} to ${to}`, { made });
}
