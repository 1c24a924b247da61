import { jsonPage, readEnvelope, recordsIn } from '../../api/kit/envelope.ts';
import { pagesByNext } from '../../api/kit/paging.ts';
import { idThere } from '../../api/kit/there.ts';
import { shapeError } from '../../api/record-reader.ts';
import type { RawPage, Slice } from '../../api/source.ts';
import type { Vendor, VendorAnswer } from '../../api/vendor.ts';
import type { Settings } from './settings.ts';

const TITLE = 'HubSpot';
/** Records a page of lists and searches; 100 and 200 at most. https://developers.hubspot.com/docs/api-reference/latest/crm/search-the-crm */
const PAGE = 100;
/** With history, a batch takes half of the usual hundred. */
const WITH_HISTORY = 50;

type Json = Readonly<Record<string, unknown>>;
type Read = Pick<Settings, 'version'>;

export const results = (page: RawPage): readonly unknown[] => recordsIn(TITLE, page.json(), 'results');
const resultsOf = (answer: VendorAnswer): readonly Json[] =>
  recordsIn(TITLE, answer.json(), 'results') as readonly Json[];

export const objectsPath = ({ version }: Read, object: string): string => `/crm/objects/${version}/${object}`;

export interface Filter {
  readonly propertyName: string;
  readonly operator: 'GTE' | 'GT' | 'LT';
  readonly value: string;
}

/**
 * All that a search finds, a page after the other. A search gives 10,000 records and no more, whatever the pages: so each page is a search of its
 * own, for numbers above the last one. That no record can shift, either: numbers do not change.
 */
export async function* searchPages(
  vendor: Vendor,
  chosen: Read,
  object: string,
  filters: readonly Filter[],
  properties: readonly string[] = ['hs_object_id'],
): AsyncGenerator<readonly Json[]> {
  for (let last = '0'; ; ) {
    const beyond: Filter = { propertyName: 'hs_object_id', operator: 'GT', value: last };
    const answer = await vendor.ask({
      method: 'POST',
      url: `${objectsPath(chosen, object)}/search`,
      body: {
        filterGroups: [{ filters: [...filters, beyond] }],
        sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
        ...{ properties, limit: PAGE },
      },
    });
    const found = resultsOf(answer);
    const total = readEnvelope(TITLE, answer, (body) => body.integer('total'));
    if (found.length > 0) yield found;
    if (found.length >= total) return;
    const next = found.at(-1)?.['id'];
    if (typeof next !== 'string' || !/^\d+$/.test(next) || BigInt(next) <= BigInt(last))
      throw shapeError(TITLE, 'results.id', next);
    last = next;
  }
}

/** How many records of an object there are, as the search index counts them: some seconds late. */
export async function countOf(vendor: Vendor, chosen: Read, object: string): Promise<number> {
  const all: Filter = { propertyName: 'hs_object_id', operator: 'GT', value: '0' };
  const answer = await vendor.ask({
    method: 'POST',
    url: `${objectsPath(chosen, object)}/search`,
    body: { filterGroups: [{ filters: [all] }], properties: ['hs_object_id'], limit: 1 },
  });
  return readEnvelope(TITLE, answer, (body) => body.integer('total'));
}

/** A list to its end, by `paging.next.after`. */
export async function* listPages(
  vendor: Vendor,
  url: string,
  query: Readonly<Record<string, string | number>>,
): AsyncGenerator<RawPage> {
  const answers = pagesByNext({
    what: `${TITLE} ${url}`,
    ask: (after) => vendor.ask({ url, query: { ...query, ...(after === null ? {} : { after }) } }),
    next: (answer) => readEnvelope(TITLE, answer, (body) => body.textOrNull('paging.next.after')),
  });
  for await (const answer of answers) yield jsonPage(answer);
}

/** A list of objects: those that are there, or those in the recycling bin (90 days). */
export const objectPages = (
  vendor: Vendor,
  chosen: Read,
  object: string,
  properties: readonly string[],
  archived: boolean,
): AsyncGenerator<RawPage> =>
  listPages(vendor, objectsPath(chosen, object), {
    ...{ limit: PAGE, properties: properties.join(','), archived: String(archived) },
  });

export interface Wanted {
  readonly properties: readonly string[];
  readonly history: readonly string[];
}

/** Reads records by number, with the history of some properties. Who is gone meanwhile is left out by HubSpot. */
export async function readRecords(
  vendor: Vendor,
  chosen: Read,
  object: string,
  ids: readonly string[],
  { properties, history }: Wanted,
): Promise<Json[]> {
  const found: Json[] = [];
  const size = history.length > 0 ? WITH_HISTORY : PAGE;
  for (let at = 0; at < ids.length; at += size) {
    const inputs = ids.slice(at, at + size).map((id) => ({ id }));
    const body = { inputs, properties, ...(history.length > 0 ? { propertiesWithHistory: history } : {}) };
    const url = `${objectsPath(chosen, object)}/batch/read`;
    found.push(...resultsOf(await vendor.ask({ method: 'POST', url, body })));
  }
  return found;
}

/** The numbers of what belongs to each record: contacts and companies of deals. */
export async function readAssociated(
  vendor: Vendor,
  { version }: Read,
  [from, to]: readonly [string, string],
  ids: readonly string[],
): Promise<Map<string, string[]>> {
  const url = `/crm/associations/${version}/${from}/${to}/batch/read`;
  const answer = await vendor.ask({ method: 'POST', url, body: { inputs: ids.map((id) => ({ id })) } });
  const found = new Map<string, string[]>();
  for (const each of resultsOf(answer)) {
    const id = (each['from'] as Json | undefined)?.['id'];
    const others = each['to'];
    if ((typeof id !== 'string' && typeof id !== 'number') || !Array.isArray(others))
      throw shapeError(TITLE, 'results.from', each);
    found.set(
      String(id),
      others.map((other: Json) => idThere(TITLE, other, 'toObjectId', /^\d+$/)),
    );
  }
  return found;
}

/** The account: its number, company currency and the time zone in which its days are cut. */
export async function accountOf(
  vendor: Vendor,
  { version }: Read,
): Promise<{ readonly id: string; readonly currency: string; readonly timeZone: string }> {
  const answer = await vendor.ask({ url: `/account-info/${version}/details` });
  return readEnvelope('HubSpot account', answer, (body) => ({
    id: body.text('portalId'),
    currency: body.text('companyCurrency'),
    timeZone: body.text('timeZone'),
  }));
}

/** Milliseconds since 1970, as searches want instants. */
export const millis = (instant: string): string => String(Date.parse(instant));

/** From when on changes are wanted; all of them: those of records that were touched since the first day. */
export const sinceOf = ({ since, startsOn }: Slice): string => millis(since ?? `${startsOn}T00:00:00.000Z`);
