import { json } from '../../vendor-kit/replies.ts';
import type { VendorCall, VendorReply } from '../vendor.ts';
import { columnsOf, firstFrom } from './columns.ts';
import { invalid, partly } from './errors.ts';
import {
  createdName,
  instant,
  modifiedAt,
  modifiedName,
  type Portal,
  type PortalRecord,
  placeOf,
  type Version,
} from './portal.ts';

const MOST_LISTED = 100;
const MOST_READ = 100;
const MOST_WITH_HISTORY = 50;

/** A record as it is at an instant: what was asked for, and what HubSpot adds unasked. */
export function recordAt(
  object: string,
  record: PortalRecord,
  now: number,
  {
    properties,
    history = [],
  }: { readonly properties: readonly string[]; readonly history?: readonly string[] },
) {
  const { id, createdAt } = record;
  const modified = instant(modifiedAt(record, now));
  const added = [createdName(object), modifiedName(object), 'hs_object_id'];
  // Pages of numbers alone ask for no version, and versions are most of the work.
  const isAsked = history.length > 0 || properties.some((name) => !added.includes(name));
  const versions = isAsked ? record.versions() : {};
  const upToNow = (name: string): readonly Version[] => (versions[name] ?? []).filter(({ at }) => at <= now);
  const latest = (name: string): string | null => upToNow(name).at(-1)?.value || null;
  const isArchived = placeOf(record, now) === 'archived';
  return {
    id,
    properties: {
      ...Object.fromEntries(properties.map((name) => [name, latest(name)])),
      [createdName(object)]: instant(createdAt),
      [modifiedName(object)]: modified,
      hs_object_id: id,
    },
    ...(history.length === 0
      ? {}
      : {
          propertiesWithHistory: Object.fromEntries(
            history.map((name) => [name, upToNow(name).map(versionOf).toReversed()]),
          ),
        }),
    ...{ createdAt: instant(createdAt), updatedAt: modified, archived: isArchived },
    ...(isArchived ? { archivedAt: instant(record.archivedAt ?? 0) } : {}),
  };
}

/** Newest first, as HubSpot gives them. */
const versionOf = ({ value, at }: Version) => ({
  ...{ value, timestamp: instant(at), sourceType: 'CRM_UI', sourceId: 'userId:4411' },
  updatedByUserId: 4411,
});

/** A page of a list; `after` is the number at which the next one begins. */
export function listRecords(portal: Portal, object: string, { url }: VendorCall, now: number): VendorReply {
  const { searchParams: query } = url;
  const limit = Number(query.get('limit') ?? 10);
  if (!(limit > 0 && limit <= MOST_LISTED)) return invalid(`limit must be between 1 and ${MOST_LISTED}`);
  const wanted = query.get('archived') === 'true' ? 'archived' : 'there';
  const properties = (query.get('properties') ?? '').split(',').filter((name) => name !== '');
  const records = portal.records(object);
  const items: PortalRecord[] = [];
  let place = firstFrom(columnsOf(records), Number(query.get('after') ?? 0));
  for (; place < records.length && items.length <= limit; place += 1) {
    const record = records[place] as PortalRecord;
    if (placeOf(record, now) === wanted) items.push(record);
  }
  const next = items[limit]?.id;
  const link = `${url.origin}${url.pathname}?after=${next}`;
  return json(200, {
    results: items.slice(0, limit).map((each) => recordAt(object, each, now, { properties })),
    ...(next === undefined ? {} : { paging: { next: { after: next, link } } }),
  });
}

interface BatchRead {
  readonly inputs?: readonly { readonly id?: string }[];
  readonly properties?: readonly string[];
  readonly propertiesWithHistory?: readonly string[];
}

/** Records by number. One that was merged is answered by the record that took it in; of properties that there are none of, nothing is said. */
export function readBatch(portal: Portal, object: string, body: BatchRead, now: number): VendorReply {
  const history = body.propertiesWithHistory ?? [];
  const ids = [...new Set((body.inputs ?? []).map(({ id = '' }) => id))];
  const most = history.length > 0 ? MOST_WITH_HISTORY : MOST_READ;
  if (ids.length > most)
    return invalid(
      `The maximum number of inputs supported in a batch request for property histories is ${most}`,
    );
  const known = new Set(portal.properties[object]?.map(({ name }) => name));
  const asked = {
    properties: (body.properties ?? []).filter((name) => known.has(name)),
    history: history.filter((name) => known.has(name)),
  };
  const found = ids.map((id) => survivorOf(portal, object, id, now));
  const records = [...new Set(found.filter((each) => each !== undefined))];
  const missing = ids.filter((_, index) => found[index] === undefined);
  return partly(
    records.map((each) => recordAt(object, each, now, asked)),
    missing.length === 0
      ? []
      : [
          {
            ...{ category: 'OBJECT_NOT_FOUND', context: { ids: missing } },
            message:
              'Could not get some objects, they may be deleted or not exist. Check that ids are valid.',
          },
        ],
  );
}

/** The record of a number: itself, or the one it was merged into. */
function survivorOf(portal: Portal, object: string, id: string, now: number): PortalRecord | undefined {
  const record = recordOf(portal, object, id);
  if (record?.merged && record.merged.at <= now) return survivorOf(portal, object, record.merged.into, now);
  return record && placeOf(record, now) === 'there' ? record : undefined;
}

/** By halves: records lie by rising number. */
export function recordOf(portal: Portal, object: string, id: string): PortalRecord | undefined {
  const records = portal.records(object);
  const found = records[firstFrom(columnsOf(records), Number(id))];
  return found?.id === id ? found : undefined;
}
