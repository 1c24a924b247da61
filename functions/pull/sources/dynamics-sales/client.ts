import { recordsIn } from '../../api/kit/envelope.ts';
import { pagesByNext } from '../../api/kit/paging.ts';
import { shapeError } from '../../api/record-reader.ts';
import type { RawPage } from '../../api/source.ts';
import type { Vendor, VendorAnswer } from '../../api/vendor.ts';
import { fieldsSet } from '../crm/settings.ts';
import { FORMATTED } from './columns.ts';
import type { Settings } from './settings.ts';

export const TITLE = 'Dynamics 365 Sales';

export type Json = Readonly<Record<string, unknown>>;

export interface Question {
  /** Entity set: `opportunities`. */
  readonly set: string;
  readonly select: readonly string[];
  readonly filter?: string | undefined;
  readonly expand?: string | undefined;
}

/** Lookups whose name behind is no person's; the owner of a record and the lead of an opportunity are people. */
const NAMED = ['_competitorid_value', '_processid_value', '_businessunitid_value'];

const LABEL_OF_LOOKUP = /^(_\w+_value)@/;

/** A page without the names behind lookups that are not mapped: Dataverse sends them all, and none of a person is to be kept. */
export function namelessPage(request: string, records: readonly unknown[], chosen: Settings): RawPage {
  const wanted = new Set([
    ...NAMED,
    ...fieldsSet({ ...chosen.lead, ...chosen.opportunity, ...chosen.account }),
  ]);
  const value = records.map((record) => nameless(record, wanted));
  const text = JSON.stringify({ value });
  return { request, format: 'json', text, json: () => JSON.parse(text) as unknown, facts: {} };
}

function nameless(found: unknown, wanted: ReadonlySet<string>): unknown {
  if (Array.isArray(found)) return found.map((each) => nameless(each, wanted));
  if (typeof found !== 'object' || found === null) return found;
  return Object.fromEntries(
    Object.entries(found).flatMap(([name, value]) => {
      const lookup = LABEL_OF_LOOKUP.exec(name)?.[1];
      return lookup === undefined || wanted.has(lookup) ? [[name, nameless(value, wanted)]] : [];
    }),
  );
}

export const pathOf = ({ version }: Pick<Settings, 'version'>, set: string): string =>
  `/api/data/${version}/${set}`;

export const records = (page: RawPage): readonly unknown[] => recordsIn(TITLE, page.json(), 'value');

/** All answers to a question. Next links hold a cookie that goes on after the last record, whatever is changed meanwhile. */
export function answers(vendor: Vendor, chosen: Settings, question: Question): AsyncGenerator<VendorAnswer> {
  const { set, select, filter, expand } = question;
  // Labels of choices and names behind lookups stand in annotations; no annotation comes unasked.
  const prefer = `odata.maxpagesize=${chosen.page_size},odata.include-annotations="${FORMATTED}"`;
  const headers = { prefer, 'odata-version': '4.0', 'odata-maxversion': '4.0' };
  const query = { $select: select.join(','), $filter: filter, $expand: expand };
  return pagesByNext({
    what: `${TITLE} ${set}`,
    ask: (next) =>
      vendor.ask(next === null ? { url: pathOf(chosen, set), query, headers } : { url: next, headers }),
    next: (answer) => linkOf(answer.json(), '@odata.nextLink'),
  });
}

/** A link of an answer, or of a list within a record. */
export function linkOf(body: unknown, name: string): string | null {
  const link = (body as Json | null)?.[name];
  if (link === undefined || link === null) return null;
  if (typeof link !== 'string') throw shapeError(TITLE, name, link);
  return link;
}

/** The records of all answers to a question. */
export async function everything(vendor: Vendor, chosen: Settings, question: Question): Promise<Json[]> {
  const found: Json[] = [];
  for await (const answer of answers(vendor, chosen, question))
    found.push(...(recordsIn(TITLE, answer.json(), 'value') as Json[]));
  return found;
}

/** An instant in a filter. */
export const instant = (at: string): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
