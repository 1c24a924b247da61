import { FieldError, type RecordReader, shapeError } from '../record-reader.ts';

/** The forms in which OData hands out lists: V2 `d.results` (or `d`), V4 `value`. */
export interface Envelope {
  readonly records: readonly unknown[];
  /** Address of the next page; null on the last one. */
  readonly next: string | null;
  /** V4, last page, where changes are tracked. */
  readonly deltaLink: string | null;
  /** V4 with a context: what relative links stand below. */
  readonly count: number | null;
}

/** Opens an answer. `what` names it for people: `sales orders of SAP S/4HANA`. Throws `VENDOR_SHAPE`. */
export function odataEnvelope(body: unknown, what: string): Envelope {
  if (!isObject(body)) throw shapeError(what, 'the answer', body);
  return 'd' in body ? envelopeV2(body['d'], what) : envelopeV4(body, what);
}

function envelopeV2(d: unknown, what: string): Envelope {
  if (Array.isArray(d)) return { records: d, next: null, deltaLink: null, count: null };
  if (!isObject(d)) throw shapeError(what, 'd', d);
  // One entity, asked for by its key, comes without a list.
  const records = 'results' in d ? d['results'] : [d];
  if (!Array.isArray(records)) throw shapeError(what, 'd.results', records);
  return {
    records,
    next: linkOf(d['__next'], what, 'd.__next'),
    deltaLink: linkOf(d['__delta'], what, 'd.__delta'),
    count: countOf(d['__count'], what, 'd.__count'),
  };
}

function envelopeV4(body: Readonly<Record<string, unknown>>, what: string): Envelope {
  const records = body['value'];
  if (!Array.isArray(records)) throw shapeError(what, 'value', records ?? body);
  return {
    records,
    next: linkOf(body['@odata.nextLink'] ?? body['@nextLink'], what, '@odata.nextLink'),
    deltaLink: linkOf(body['@odata.deltaLink'] ?? body['@deltaLink'], what, '@odata.deltaLink'),
    count: countOf(body['@odata.count'] ?? body['@count'], what, '@odata.count'),
  };
}

function linkOf(link: unknown, what: string, field: string): string | null {
  if (link === undefined || link === null || link === '') return null;
  if (typeof link !== 'string') throw shapeError(what, field, link);
  return link;
}

function countOf(count: unknown, what: string, field: string): number | null {
  if (count === undefined || count === null) return null;
  const number = Number(count);
  if (!Number.isInteger(number) || number < 0) throw shapeError(what, field, count);
  return number;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The records of an expanded navigation to many: `{ results: […] }` in V2, a list in V4. One that was not expanded is an error. */
export function childrenOf(record: RecordReader, field: string): RecordReader[] {
  const value = record.value(field);
  if (value === undefined) throw record.error(field, 'is missing: it has to be expanded');
  if (value === null) return [];
  if (Array.isArray(value)) return record.records(field);
  if (!isObject(value)) throw record.error(field, 'is not a list');
  if ('__deferred' in value) throw record.error(field, 'was not expanded');
  if (!Array.isArray(value['results'])) throw record.error(field, 'is not a list');
  return record.records(`${field}.results`);
}

/** The entity of an expanded navigation to one; null where there is none. */
export function childOf(record: RecordReader, field: string): RecordReader | null {
  const value = record.value(field);
  if (value === undefined) throw record.error(field, 'is missing: it has to be expanded');
  if (isObject(value) && '__deferred' in value) throw record.error(field, 'was not expanded');
  return record.recordOrNull(field);
}

/**
 * The key of a deleted entity in a V4 delta answer (OData JSON 4.0 section 11.3 and 4.01: `@removed`), null for any
 * other record. The key stands in its id, `SalesOrder('4500123')`, or as a property.
 */
export function tombstoneKey(record: RecordReader, property: string): string | null {
  const { raw } = record;
  const context = raw['@odata.context'] ?? raw['@context'];
  const removed = '@removed' in raw || '@odata.removed' in raw;
  if (!removed && !(typeof context === 'string' && context.endsWith('/$deletedEntity'))) return null;
  const own = raw[property];
  if (typeof own === 'string' && own !== '') return own;
  const id = raw['@id'] ?? raw['@odata.id'] ?? raw['id'];
  const key = typeof id === 'string' ? /\((?:[A-Za-z_]\w*=)?'([\w.-]+)'\)$/.exec(id)?.[1] : undefined;
  if (key === undefined) throw new FieldError('@id', id, 'names no deleted entity');
  return key;
}

/**
 * Text at a path that vigie.yaml names: null where the service says null, an error where the answer does not have the
 * property at all. OData writes a property without a value as null; one that is missing has another name.
 */
export function attributeText(record: RecordReader, path: string): string | null {
  missingAttribute(record, path);
  return record.textOrNull(path);
}

/** The same through a helper of values.ts or decimals.ts. */
export function attributeAs<T>(record: RecordReader, path: string, convert: (text: string) => T): T | null {
  missingAttribute(record, path);
  return record.asOrNull(path, convert);
}

/** Throws where the answer has no such property; see `attributeText`. */
export function missingAttribute(record: RecordReader, path: string): void {
  const value = record.value(path);
  if (value === undefined) explainMissing(record, path);
  if (isObject(value) && '__deferred' in value) throw record.error(path, 'was not expanded');
}

/** Below a reference to nothing there is nothing: that is no mistake. */
function explainMissing(record: RecordReader, path: string): void {
  const parts = path.split('.');
  for (let length = 1; length <= parts.length; length += 1) {
    const value = record.value(parts.slice(0, length).join('.'));
    if (value === null) return;
    if (value === undefined)
      throw record.error(path, 'is missing from the answer: is its name in vigie.yaml right?');
    if (isObject(value) && '__deferred' in value) throw record.error(path, 'was not expanded');
  }
}

/** Paths of what V2 says about entities rather than of them, for `Entity.known`; '' is the record itself. */
export const odataMetadata = (holders: readonly string[]): string[] =>
  holders.flatMap((holder) =>
    ['id', 'uri', 'type', 'etag'].map((name) => `${holder === '' ? '' : `${holder}.`}__metadata.${name}`),
  );
