import { recordsIn } from '../../api/kit/envelope.ts';
import { idThere } from '../../api/kit/there.ts';
import { shapeError } from '../../api/record-reader.ts';
import type { RawPage, Slice } from '../../api/source.ts';
import type { Vendor } from '../../api/vendor.ts';
import { fieldsSet } from '../crm/settings.ts';
import {
  answers,
  everything,
  instant,
  type Json,
  linkOf,
  namelessPage,
  type Question,
  TITLE,
} from './client.ts';
import { FORMATTED, GUID } from './columns.ts';
import type { Settings } from './settings.ts';

/** Answers as they come. */
export async function* listPages(
  vendor: Vendor,
  chosen: Settings,
  question: Question,
): AsyncGenerator<RawPage> {
  for await (const answer of answers(vendor, chosen, question))
    yield namelessPage(answer.request, recordsIn(TITLE, answer.json(), 'value'), chosen);
}

/** What was made since the first day wanted, and changed since the last reading. */
const changed = ({ since, startsOn }: Slice, at = ''): string => {
  const made = `${at}createdon ge ${startsOn}T00:00:00Z`;
  return since === null ? made : `${made} and ${at}modifiedon ge ${instant(since)}`;
};

/** The opportunity that a lead was qualified into says when, and whether it was won; it changes without the lead. */
const QUALIFIED = 'qualifyingopportunityid';

/** Only what is mapped is asked for: no name, no address, no free text. */
export function leadPages(vendor: Vendor, chosen: Settings, slice: Slice): AsyncGenerator<RawPage> {
  const { since, startsOn } = slice;
  const made = `createdon ge ${startsOn}T00:00:00Z`;
  const later = since === null ? '' : instant(since);
  const filter =
    since === null ? made : `${made} and (modifiedon ge ${later} or ${QUALIFIED}/modifiedon ge ${later})`;
  return listPages(vendor, chosen, {
    set: 'leads',
    select: leadSelect(chosen),
    filter,
    expand: `${QUALIFIED}($select=createdon,statecode,actualclosedate),parentaccountid($select=${accountSelect(chosen)})`,
  });
}

export const leadSelect = ({ lead }: Settings): string[] => [
  ...new Set([
    ...['leadid', 'createdon', 'modifiedon', 'statecode', 'statuscode', 'merged', '_ownerid_value'],
    ...fieldsSet(lead),
  ]),
];

const accountSelect = ({ account }: Settings): string => ['accountid', ...fieldsSet(account)].join(',');

/**
 * Opportunities with their competitors: of the relation, and of the closing. Dataverse expands a relation of many to many
 * in a query of its own only (“Join tables using OData”, supported relationship types), so these are asked for beside.
 */
export async function* opportunityPages(
  vendor: Vendor,
  chosen: Settings,
  slice: Slice,
): AsyncGenerator<RawPage> {
  const rivals = await rivalsOf(vendor, chosen, slice);
  const question: Question = {
    set: 'opportunities',
    select: opportunitySelect(chosen),
    filter: changed(slice),
    expand: `transactioncurrencyid($select=isocurrencycode),parentaccountid($select=${accountSelect(chosen)})`,
  };
  for await (const answer of answers(vendor, chosen, question)) {
    const found = recordsIn(TITLE, answer.json(), 'value') as Json[];
    const value = found.map((record) => ({
      ...record,
      competitors: [...(rivals.get(idIn(record, 'opportunityid')) ?? [])].sort(),
    }));
    yield namelessPage(answer.request, value, chosen);
  }
}

export const opportunitySelect = ({ opportunity, process, stage }: Settings): string[] => [
  ...new Set([
    ...['opportunityid', 'createdon', 'modifiedon', 'statecode', 'statuscode', 'actualclosedate'],
    ...['estimatedclosedate', 'estimatedvalue', 'actualvalue', '_originatingleadid_value', '_ownerid_value'],
    ...fieldsSet(opportunity),
    ...(process === null ? [stage] : []),
  ]),
];

/** GUIDs come in either case. */
const idIn = (record: Json, name: string): string => idThere(TITLE, record, name, GUID).toLowerCase();

const COMPETITORS = 'opportunitycompetitors_association';

/** Names of competitors by opportunity. */
async function rivalsOf(vendor: Vendor, chosen: Settings, slice: Slice): Promise<Map<string, Set<string>>> {
  const rivals = new Map<string, Set<string>>();
  const add = (id: string, name: unknown): void => {
    if (typeof name !== 'string') throw shapeError(TITLE, 'name of a competitor', name);
    if (name.trim() !== '') rivals.set(id, (rivals.get(id) ?? new Set()).add(name.trim()));
  };
  const related: Question = {
    ...{ set: 'opportunities', select: ['opportunityid'], filter: changed(slice) },
    expand: `${COMPETITORS}($select=name)`,
  };
  for (const opportunity of await everything(vendor, chosen, related))
    for (const { name } of await relatedTo(vendor, opportunity))
      add(idIn(opportunity, 'opportunityid'), name);
  const closings: Question = {
    ...{ set: 'opportunitycloses', select: ['_opportunityid_value', '_competitorid_value'] },
    filter: `_competitorid_value ne null and ${changed(slice, 'opportunityid/')}`,
  };
  for (const closing of await everything(vendor, chosen, closings))
    add(idIn(closing, '_opportunityid_value'), closing[`_competitorid_value@${FORMATTED}`]);
  return rivals;
}

/** A list within a record has pages of its own where it is longer than one. */
async function relatedTo(vendor: Vendor, record: Json): Promise<readonly Json[]> {
  const found = [...recordsIn(TITLE, record, COMPETITORS)] as Json[];
  let next = linkOf(record, `${COMPETITORS}@odata.nextLink`);
  while (next !== null) {
    const body: unknown = (await vendor.ask({ url: next })).json();
    found.push(...(recordsIn(TITLE, body, 'value') as Json[]));
    const after = linkOf(body, '@odata.nextLink');
    next = after === next ? null : after;
  }
  return found;
}

/** Columns of what has no columns of the company's own. */
export const COLUMNS = {
  processes: ['_opportunityid_value', '_activestageid_value', 'activestagestartedon', 'modifiedon'],
  stages: ['processstageid', 'stagename', 'stagecategory', '_processid_value'],
  users: [
    ...['systemuserid', 'createdon', 'modifiedon', 'isdisabled', 'islicensed', 'accessmode'],
    '_businessunitid_value',
  ],
} as const;

/** Where opportunities stand in their business process flow, and since when. */
export const processPages = (vendor: Vendor, chosen: Settings, { since }: Slice): AsyncGenerator<RawPage> =>
  listPages(vendor, chosen, {
    set: chosen.process ?? '',
    select: COLUMNS.processes,
    filter: since === null ? undefined : `modifiedon ge ${instant(since)}`,
  });

export const stagePages = (vendor: Vendor, chosen: Settings): AsyncGenerator<RawPage> =>
  listPages(vendor, chosen, {
    set: 'processstages',
    select: COLUMNS.stages,
    filter: "primaryentitytypecode eq 'opportunity' or primaryentitytypecode eq 'lead'",
  });

export const userPages = (vendor: Vendor, chosen: Settings): AsyncGenerator<RawPage> =>
  listPages(vendor, chosen, {
    set: 'systemusers',
    select: COLUMNS.users,
  });

export const peoplePages = (vendor: Vendor, chosen: Settings): AsyncGenerator<RawPage> =>
  listPages(vendor, chosen, { set: 'leads', select: ['leadid'] });

/** Deletions (`operation` 3) of the audit log: https://learn.microsoft.com/power-apps/developer/data-platform/auditing/retrieve-audit-data */
export const deletedPages = (
  vendor: Vendor,
  chosen: Settings,
  { since, startsOn }: Slice,
): AsyncGenerator<RawPage> =>
  listPages(vendor, chosen, {
    set: 'audits',
    select: ['_objectid_value', 'createdon'],
    filter: `objecttypecode eq 'opportunity' and operation eq 3 and createdon ge ${instant(since ?? `${startsOn}T00:00:00Z`)}`,
  });
