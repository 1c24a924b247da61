import { json } from '../../vendor-kit/replies.ts';
import type { VendorReply } from '../vendor.ts';
import { type Columns, columnsOf } from './columns.ts';
import { invalid } from './errors.ts';
import { createdName, modifiedAt, modifiedName, type Portal, type PortalRecord } from './portal.ts';
import { recordAt } from './records.ts';

/** @see https://developers.hubspot.com/docs/api-reference/latest/crm/search-the-crm */
const MOST_A_PAGE = 200;
const MOST_IN_ALL = 10_000;
/** What was saved so lately is not in the index yet: HubSpot says only that it takes a few moments. */
export const INDEX_LAG_MS = 30_000;

interface Filter {
  readonly propertyName?: string;
  readonly operator?: string;
  readonly value?: string;
}

interface Search {
  readonly filterGroups?: readonly { readonly filters?: readonly Filter[] }[];
  readonly sorts?: readonly { readonly propertyName?: string; readonly direction?: string }[];
  readonly properties?: readonly string[];
  readonly limit?: number;
  readonly after?: string;
}

const COMPARED: Readonly<Record<string, (one: number, other: number) => boolean>> = {
  EQ: (one, other) => one === other,
  NEQ: (one, other) => one !== other,
  LT: (one, other) => one < other,
  LTE: (one, other) => one <= other,
  GT: (one, other) => one > other,
  GTE: (one, other) => one >= other,
};

/** What the index finds: it knows the records as they were some moments ago. */
export function searchRecords(portal: Portal, object: string, body: Search, now: number): VendorReply {
  const indexed = now - INDEX_LAG_MS;
  const limit = body.limit ?? 10;
  const from = Number(body.after ?? 0);
  if (!(limit > 0 && limit <= MOST_A_PAGE))
    return invalid(`limit must be less than or equal to ${MOST_A_PAGE}`);
  if (from + limit > MOST_IN_ALL)
    return invalid(`The maximum number of search results, ${MOST_IN_ALL}, was exceeded. Narrow the search.`);
  const records = portal.records(object);
  const columns = columnsOf(records);
  const values = valuesOf(object, records, columns, indexed);
  const groups = (body.filterGroups ?? []).map(({ filters = [] }) => filters);
  const unknown = groups
    .flat()
    .find(({ propertyName = '', operator = '' }) => !values[propertyName] || !COMPARED[operator]);
  if (unknown)
    return invalid(`There was a problem with the request: ${unknown.propertyName} ${unknown.operator}`);
  const tests = groups.map((filters) => filters.map((filter) => testOf(filter, values)));
  const fits = (place: number): boolean =>
    tests.length === 0 || tests.some((all) => all.every((test) => test(place)));
  const isThere = (place: number): boolean =>
    (columns.created[place] as number) <= indexed && (columns.gone[place] as number) > indexed;
  const found: number[] = [];
  for (let place = 0; place < records.length; place += 1)
    if (isThere(place) && fits(place)) found.push(place);
  const sorted = inOrder(found, body.sorts?.[0], values);
  const next = from + limit < sorted.length ? String(from + limit) : undefined;
  const properties = body.properties ?? [];
  return json(200, {
    total: sorted.length,
    results: sorted
      .slice(from, from + limit)
      .map((place) => recordAt(object, records[place] as PortalRecord, indexed, { properties })),
    ...(next === undefined ? {} : { paging: { next: { after: next } } }),
  });
}

type Values = Readonly<Record<string, (place: number) => number>>;

/** What can be searched by, of the record at a place: numbers and instants. */
const valuesOf = (
  object: string,
  records: readonly PortalRecord[],
  { numbers, created, changed }: Columns,
  indexed: number,
): Values => ({
  hs_object_id: (place) => numbers[place] as number,
  [createdName(object)]: (place) => created[place] as number,
  [modifiedName(object)]: (place) =>
    (changed[place] as number) <= indexed
      ? (changed[place] as number)
      : modifiedAt(records[place] as PortalRecord, indexed),
});

function testOf({ propertyName = '', operator = '', value }: Filter, values: Values) {
  const [of, compare, wanted] = [values[propertyName], COMPARED[operator], Number(value)];
  return (place: number): boolean => of !== undefined && compare?.(of(place), wanted) === true;
}

/** Records lie by rising number, which is what most ask for. */
function inOrder(
  found: readonly number[],
  sort: { readonly propertyName?: string; readonly direction?: string } | undefined,
  values: Values,
): readonly number[] {
  const by = values[sort?.propertyName ?? 'hs_object_id'];
  if (by === undefined || (sort?.propertyName === 'hs_object_id' && sort.direction !== 'DESCENDING'))
    return found;
  const turn = sort?.direction === 'DESCENDING' ? -1 : 1;
  return found.toSorted((one, other) => turn * (by(one) - by(other)));
}
