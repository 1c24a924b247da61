import { json } from '../../vendor-kit/replies.ts';
import type { VendorReply } from '../vendor.ts';
import { invalid } from './errors.ts';
import { createdName, modifiedAt, modifiedName, type Portal, type PortalRecord, placeOf } from './portal.ts';
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
  const numbers = numbersOf(object, indexed);
  const groups = (body.filterGroups ?? []).map(({ filters = [] }) => filters);
  const unknown = groups
    .flat()
    .find(({ propertyName = '', operator = '' }) => !numbers[propertyName] || !COMPARED[operator]);
  if (unknown)
    return invalid(`There was a problem with the request: ${unknown.propertyName} ${unknown.operator}`);
  const fits = (record: PortalRecord): boolean =>
    groups.length === 0 ||
    groups.some((filters) => filters.every((filter) => isTrue(filter, record, numbers)));
  const found = portal
    .records(object)
    .filter((record) => placeOf(record, indexed) === 'there' && fits(record));
  const sorted = inOrder(found, body.sorts?.[0], numbers);
  const next = from + limit < sorted.length ? String(from + limit) : undefined;
  const properties = body.properties ?? [];
  return json(200, {
    total: sorted.length,
    results: sorted.slice(from, from + limit).map((each) => recordAt(object, each, indexed, { properties })),
    ...(next === undefined ? {} : { paging: { next: { after: next } } }),
  });
}

type Numbers = Readonly<Record<string, (record: PortalRecord) => number>>;

/** What can be searched by: numbers and instants. */
const numbersOf = (object: string, indexed: number): Numbers => ({
  hs_object_id: ({ id }) => Number(id),
  [createdName(object)]: ({ createdAt }) => createdAt,
  [modifiedName(object)]: (record) => modifiedAt(record, indexed),
});

const isTrue = (
  { propertyName = '', operator = '', value }: Filter,
  record: PortalRecord,
  numbers: Numbers,
): boolean => COMPARED[operator]?.(numbers[propertyName]?.(record) ?? Number.NaN, Number(value)) ?? false;

/** Records lie by rising number, which is what most ask for. */
function inOrder(
  found: readonly PortalRecord[],
  sort: { readonly propertyName?: string; readonly direction?: string } | undefined,
  numbers: Numbers,
): readonly PortalRecord[] {
  const by = numbers[sort?.propertyName ?? 'hs_object_id'];
  if (by === undefined || (sort?.propertyName === 'hs_object_id' && sort.direction !== 'DESCENDING'))
    return found;
  const turn = sort?.direction === 'DESCENDING' ? -1 : 1;
  return found.toSorted((one, other) => turn * (by(one) - by(other)));
}
