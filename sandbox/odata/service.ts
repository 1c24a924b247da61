import type { VendorCall, VendorReply } from '../vendors/vendor.ts';
import { BadQuery } from './bad-query.ts';
import { comparable, type EntityType } from './entity.ts';
import { filterOf } from './filter.ts';
import type { Value } from './literals.ts';
import { selectionV2, selectionV4 } from './selection.ts';
import { entityWriter, type Writing } from './write.ts';

/** An entity set that is served; `records` are in the order of their keys. */
export interface ServedSet<T> {
  readonly type: EntityType<T>;
  readonly records: () => readonly T[];
  /** Rises when the records change: what was worked out before holds no more. */
  readonly version: () => number;
}

/** Habits of a service that OData leaves open. */
export interface ServiceHabits {
  readonly protocol: 'v2' | 'v4';
  /** Base address with a slash at the end. */
  readonly base: string;
  /** Records on a page when the client asks for none, and the most it gives. */
  readonly defaultPage: number;
  readonly mostPage: number;
  /** How the place of the next page is written in `$skiptoken`, and read. Default: the number. */
  readonly cookie?: { write(place: number): string; read(text: string): number | undefined };
  /** Name of the annotation that says how people see a value, where it is asked for. */
  readonly labelled?: string;
  /** Headers of every answer: SAP sends `dataserviceversion`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Filtered and sorted records, by set: the pages of one question are asked for one after the other. */
const answered = new WeakMap<object, { readonly question: string; readonly records: readonly unknown[] }>();

const OPTIONS = new Set(
  ['filter', 'select', 'expand', 'orderby', 'top', 'skip', 'skiptoken', 'inlinecount', 'count', 'format'].map(
    (name) => `$${name}`,
  ),
);

/** Answers a query on a set; throws `BadQuery` for what the service does not take. */
export function answerQuery<T>(set: ServedSet<T>, call: VendorCall, habits: ServiceHabits): VendorReply {
  const query = call.url.searchParams;
  for (const name of query.keys()) {
    if (name.startsWith('$') && !OPTIONS.has(name))
      throw new BadQuery(`Invalid system query option '${name}'`);
  }
  const records = recordsOf(set, query);
  const begun = tokenPlace(query, habits);
  const from = count(query, '$skip', 0) + begun;
  const wanted = query.has('$top') ? count(query, '$top', 0) : Number.POSITIVE_INFINITY;
  const size = Math.min(wanted, query.has('$top') ? habits.mostPage : habits.defaultPage);
  const page = records.slice(from, from + size);
  const isLast = from + page.length >= records.length || page.length >= wanted;
  const next = isLast ? undefined : nextLink(call.url, begun + page.length, wanted - page.length, habits);
  const body = envelope(page.map(writerOf(set.type, query, writingOf(call, habits))), {
    habits,
    next,
    set: set.type.set,
    total:
      query.get('$inlinecount') === 'allpages' || query.get('$count') === 'true' ? records.length : undefined,
  });
  return {
    status: 200,
    headers: { 'content-type': 'application/json;charset=utf-8', ...habits.headers },
    body,
  };
}

function writerOf<T>(type: EntityType<T>, query: URLSearchParams, writing: Writing): (record: T) => string {
  const anyType = type as unknown as EntityType<never>;
  const select = writing.protocol === 'v2' ? selectionV2 : selectionV4;
  return entityWriter(type, select(anyType, query.get('$expand'), query.get('$select')), writing);
}

const writingOf = (call: VendorCall, { protocol, base, labelled }: ServiceHabits): Writing => ({
  protocol,
  base,
  ...(labelled === undefined ? {} : { labelled }),
  decimalsAsText: /IEEE754Compatible\s*=\s*true/i.test(call.headers.get('accept') ?? ''),
});

function recordsOf<T>(set: ServedSet<T>, query: URLSearchParams): readonly T[] {
  const question = `${set.version()}|${query.get('$filter') ?? ''}|${query.get('$orderby') ?? ''}`;
  const known = answered.get(set);
  if (known?.question === question) return known.records as readonly T[];
  const property = (name: string) => valueAt(set.type, name);
  const filter = query.get('$filter');
  const found = filter ? set.records().filter(filterOf(filter, property)) : set.records();
  const records = sorted(found, query.get('$orderby'), property);
  answered.set(set, { question, records });
  return records;
}

/** The value of a property, or of one of a single related entity: `site/uid`. */
function valueAt<T>(type: EntityType<T>, path: string): ((record: T) => Value) | undefined {
  const [name = '', ...rest] = path.split('/');
  const property = type.properties[name];
  if (property) return rest.length === 0 ? comparable(property) : undefined;
  const navigation = type.navigations[name];
  if (!navigation || navigation.many || rest.length === 0) return undefined;
  const inner = valueAt(navigation.type() as unknown as EntityType<unknown>, rest.join('/'));
  return (
    inner && ((record) => (navigation.of(record)[0] === undefined ? null : inner(navigation.of(record)[0])))
  );
}

function sorted<T>(
  records: readonly T[],
  order: string | null,
  property: (name: string) => ((record: T) => Value) | undefined,
): readonly T[] {
  if (!order) return records;
  const keys = order.split(',').map((part) => {
    const [name = '', direction = 'asc'] = part.trim().split(/\s+/);
    const read = property(name);
    if (!read || (direction !== 'asc' && direction !== 'desc'))
      throw new BadQuery(`Invalid $orderby '${part}'`);
    return { read, sign: direction === 'asc' ? 1 : -1 };
  });
  return records.toSorted((a, b) => {
    for (const { read, sign } of keys) {
      const difference = compare(read(a), read(b));
      if (difference !== 0) return sign * difference;
    }
    return 0;
  });
}

/** Nulls come first (OData 4.0 part 1, section 11.2.5.2). */
function compare(a: Value, b: Value): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}

function count(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name);
  if (text === null) return otherwise;
  if (!/^\d+$/.test(text)) throw new BadQuery(`Invalid value '${text}' for ${name}`);
  return Number(text);
}

function tokenPlace(query: URLSearchParams, { cookie }: ServiceHabits): number {
  const text = query.get('$skiptoken');
  if (cookie === undefined || text === null) return count(query, '$skiptoken', 0);
  const place = cookie.read(text);
  if (place === undefined) throw new BadQuery('Malformed XML in the paging cookie of $skiptoken');
  return place;
}

/** The same question with `$skiptoken`; what `$top` asked for beyond this page is still to come. */
function nextLink(url: URL, place: number, wanted: number, { cookie }: ServiceHabits): string {
  const next = new URL(url);
  next.searchParams.set('$skiptoken', cookie?.write(place) ?? String(place));
  if (Number.isFinite(wanted)) next.searchParams.set('$top', String(wanted));
  return next.href;
}

interface Envelope {
  readonly habits: ServiceHabits;
  readonly next: string | undefined;
  readonly set: string;
  readonly total: number | undefined;
}

function envelope(records: readonly string[], { habits, next, set, total }: Envelope): string {
  const rows = records.join(',');
  if (habits.protocol === 'v2') {
    const extra = `${total === undefined ? '' : `,"__count":"${total}"`}${next ? `,"__next":${JSON.stringify(next)}` : ''}`;
    return `{"d":{"results":[${rows}]${extra}}}`;
  }
  const head = `"@odata.context":${JSON.stringify(`${habits.base}$metadata#${set}`)}`;
  const extra = `${total === undefined ? '' : `,"@odata.count":"${total}"`}${next ? `,"@odata.nextLink":${JSON.stringify(next)}` : ''}`;
  return `{${head}${extra},"value":[${rows}]}`;
}
