import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { refuseLargeErasure } from '../../lake/landing/erased.ts';
import type { Bucket } from '../../platform/bucket.ts';
import { type ArchivedPlace, archivedPages, archivedPlaces, type FoundSlice } from './archive.ts';
import type { Entity, SourceDefinition } from './source.ts';
import { keyAt } from './whole-list.ts';

const gzipAsync = promisify(gzip);
const gunzipAsync = promisify(gunzip);

/** Stands in the archive where the record of an erased person stood. */
const ERASED = { _erased: true } as const;

/** Whether a record of the archive was erased: it is passed over when the archive is mapped again. */
export const isErased = (record: unknown): boolean =>
  typeof record === 'object' && record !== null && Object.hasOwn(record, '_erased');

/**
 * Erases from the archive, and from the refused records, whoever was on an earlier list of people and is not on the newest.
 * The earlier lists are removed last, so that a run that dies on the way is repeated by the next. How many people that were.
 * Throws `ERASURE_TOO_LARGE` where the list has lost more than half.
 */
export async function eraseFromArchive(
  bucket: Bucket,
  source: { readonly name: string; readonly settings: unknown },
  definition: SourceDefinition,
): Promise<number> {
  const entities = definition.entities(source.settings);
  let erased = 0;
  for (const entity of entities)
    if (entity.people !== undefined) erased += await eraseBy(bucket, source.name, entity, entities);
  return erased;
}

async function eraseBy(
  bucket: Bucket,
  source: string,
  list: Entity,
  entities: readonly Entity[],
): Promise<number> {
  const { id, recordsOf } = list.people as NonNullable<Entity['people']>;
  const [newest, ...earlier] = (await archivedPlaces(bucket, source, list.name)).toReversed();
  if (newest === undefined || earlier.length === 0) return 0;
  const still = await idsOf(bucket, list, id, newest.slice);
  const gone = new Set<string>();
  for (const { slice } of earlier)
    for (const each of await idsOf(bucket, list, id, slice)) if (!still.has(each)) gone.add(each);
  if (still.size === 0 && gone.size > 0) return 0;
  refuseLargeErasure(source, gone.size, gone.size + still.size);
  if (gone.size > 0) {
    for (const entity of entities.filter(({ name }) => recordsOf.includes(name)))
      for (const place of await archivedPlaces(bucket, source, entity.name))
        await eraseSlice(bucket, entity, id, gone, place);
    await eraseRefused(bucket, source, recordsOf, id, gone);
  }
  for (const { keys } of earlier) for (const key of keys) await bucket.remove(key);
  return gone.size;
}

async function idsOf(bucket: Bucket, entity: Entity, id: string, slice: FoundSlice): Promise<Set<string>> {
  const ids = new Set<string>();
  for await (const page of archivedPages(bucket, slice))
    for (const record of entity.records(page)) {
      const key = keyAt(record, [id]);
      if (key !== undefined) ids.add(key);
    }
  return ids;
}

async function eraseSlice(
  bucket: Bucket,
  entity: Entity,
  id: string,
  gone: ReadonlySet<string>,
  { slice }: ArchivedPlace,
): Promise<void> {
  let place = 0;
  for await (const page of archivedPages(bucket, slice)) {
    const file = slice.pages[place]?.file ?? '';
    place += 1;
    let hits = 0;
    for (const record of entity.records(page)) {
      const key = keyAt(record, [id]);
      if (key === undefined || !gone.has(key)) continue;
      // The records are parts of what was parsed: what is taken out of them is out of the page.
      const fields = record as Record<string, unknown>;
      for (const name of Object.keys(fields)) delete fields[name];
      Object.assign(fields, ERASED);
      hits += 1;
    }
    if (hits > 0)
      await bucket.write(
        `${slice.folder}${file}`,
        await gzipAsync(JSON.stringify(page.json()), { level: 1 }),
      );
  }
}

/** Refused records of these entities: each line says where it stood, `contacts/changes page 1`. */
async function eraseRefused(
  bucket: Bucket,
  source: string,
  entities: readonly string[],
  id: string,
  gone: ReadonlySet<string>,
): Promise<void> {
  const isOf = (line: string): boolean => {
    const { input, raw } = JSON.parse(line) as { readonly input: string; readonly raw: unknown };
    const key = keyAt(raw, [id]);
    return key !== undefined && gone.has(key) && entities.some((name) => input.startsWith(`${name}/`));
  };
  for await (const { key } of bucket.list(`rejected/source=${source}/`)) {
    if (!key.endsWith('.ndjson.gz')) continue;
    const lines = (await gunzipAsync(await bucket.read(key))).toString('utf8').split('\n');
    const left = lines.filter((line) => line === '' || !isOf(line));
    if (left.length < lines.length) await bucket.write(key, await gzipAsync(left.join('\n')));
  }
}
