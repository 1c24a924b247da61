import { joinedPage, readEnvelope, recordsIn } from '../../api/kit/envelope.ts';
import { pagesByNext } from '../../api/kit/paging.ts';
import { valueThere } from '../../api/kit/there.ts';
import { shapeError } from '../../api/record-reader.ts';
import type { RawPage, Slice } from '../../api/source.ts';
import type { Vendor, VendorAnswer } from '../../api/vendor.ts';
import { WholeList } from '../../api/whole-list.ts';
import type { CrmField } from '../crm/offers.ts';
import type { Settings } from './settings.ts';

const TITLE = 'Salesforce';
type Json = Readonly<Record<string, unknown>>;
type Read = Pick<Settings, 'version'>;

export const dataPath = ({ version }: Read): string => `/services/data/v${version}`;
export const records = (page: RawPage): readonly unknown[] => recordsIn(TITLE, page.json(), 'records');

/** `all`: with what lies in the recycle bin. */
export interface Soql {
  readonly text: string;
  readonly all?: boolean;
}

/**
 * The answers of a query to its end. `done` says whether it is, not the link to a next page: answers are known that are done and have one all the same.
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_query.htm
 */
export async function* queryAnswers(
  vendor: Vendor,
  chosen: Read,
  { text, all = false }: Soql,
): AsyncGenerator<readonly Json[]> {
  const list = new WholeList(`${TITLE} query`);
  const answers = pagesByNext({
    what: `${TITLE} query`,
    ask: (next) =>
      next === null
        ? vendor.ask({ url: `${dataPath(chosen)}/${all ? 'queryAll' : 'query'}`, query: { q: text } })
        : vendor.ask({ url: next }),
    next: nextOf,
  });
  for await (const answer of answers) {
    const found = recordsIn(TITLE, answer.json(), 'records') as readonly Json[];
    list.counted(readEnvelope(TITLE, answer, (body) => body.integer('totalSize')));
    list.seeAll(found, ['Id']);
    yield found;
  }
  list.end(
    'Vigie asks again; where this stays, the run-as user may lose sight of records while they are read.',
  );
}

function nextOf(answer: VendorAnswer): string | null {
  return readEnvelope(TITLE, answer, (body) => {
    const isDone = body.booleanOrNull('done');
    if (isDone === null) throw body.error('done', 'is empty, but required');
    return isDone ? null : body.text('nextRecordsUrl');
  });
}

export async function* queryPages(vendor: Vendor, chosen: Read, soql: Soql): AsyncGenerator<RawPage> {
  for await (const found of queryAnswers(vendor, chosen, soql))
    yield joinedPage(soql.text, { records: found });
}

/** The rows of a nested query to their end: of a long one only the first come with the record. */
export async function wholeChildren(vendor: Vendor, record: Json, name: string): Promise<readonly Json[]> {
  const nested = valueThere(TITLE, record, name);
  if (nested === null) return [];
  const rows = [...(recordsIn(TITLE, nested, 'records') as readonly Json[])];
  let { done, nextRecordsUrl: next } = nested as { done?: unknown; nextRecordsUrl?: unknown };
  while (done === false) {
    if (typeof next !== 'string') throw shapeError(TITLE, `${name}.nextRecordsUrl`, next);
    const answer = await vendor.ask({ url: next });
    rows.push(...(recordsIn(TITLE, answer.json(), 'records') as readonly Json[]));
    ({ done, nextRecordsUrl: next } = answer.json() as { done?: unknown; nextRecordsUrl?: unknown });
  }
  return rows;
}

/** The fields of an object that the user may see. */
export async function fieldsOf(vendor: Vendor, chosen: Read, object: string): Promise<CrmField[]> {
  const answer = await vendor.ask({ url: `${dataPath(chosen)}/sobjects/${object}/describe` });
  const found = recordsIn(`${TITLE} describe`, answer.json(), 'fields') as readonly Json[];
  return found.map(({ name, label, custom }) => ({
    ...{ name: String(name), label: String(label ?? name), own: custom === true },
  }));
}

/** From when on changes are wanted, as SOQL writes instants: without quotes. */
export const sinceOf = ({ since, startsOn }: Slice): string => since ?? `${startsOn}T00:00:00.000Z`;
