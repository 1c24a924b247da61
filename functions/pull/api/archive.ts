import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { readState } from '../../lake/state/file.ts';
import type { Bucket } from '../../platform/bucket.ts';
import { writeJson } from '../../platform/bucket.ts';
import type { Redactor } from '../../platform/redact/redactor.ts';
import type { RawPage, Slice } from './source.ts';

const gzipAsync = promisify(gzip);
const gunzipAsync = promisify(gunzip);

/**
 * What vendors answered, kept so that it can be mapped again without asking them:
 *
 *     raw/source=<source>/run=<run>/<entity>/<partition>/<slice>/page-00001.json.gz …
 *     raw/source=<source>/run=<run>/<entity>/<partition>/<slice>/_slice.json      written last: without it the slice is not complete
 *
 * E-mail addresses and declared personal fields are hashed before; secrets are blotted out.
 */
export interface ArchivedSlice {
  readonly slice: Slice;
  /** ISO UTC: when its reading began. */
  readonly readAt: string;
  readonly pages: readonly ArchivedPage[];
}

export interface ArchivedPage {
  readonly file: string;
  readonly request: string;
  readonly format: RawPage['format'];
  readonly facts: RawPage['facts'];
}

/** A slice on its way into the archive. */
export interface SliceArchive {
  /** Takes a page; waits only while too many are on their way. */
  add(page: RawPage, text: string): Promise<void>;
  /** Says that the slice is complete. */
  close(): Promise<void>;
}

/** Pages compressed and written at once. */
const IN_FLIGHT = 3;

const folderOf = (source: string, run: string, { entity, partition, key }: Slice): string =>
  `raw/source=${source}/run=${run}/${entity}/${partition === '' ? '_' : safeName(partition)}/${safeName(key)}/`;

/** A vendor's account may be called anything; a part of a key may not. */
const safeName = (text: string): string =>
  encodeURIComponent(text).replace(/^\.+$/, (dots) => '%2E'.repeat(dots.length));

export function openArchive(
  bucket: Bucket,
  place: { readonly source: string; readonly run: string; readonly slice: Slice; readonly readAt: string },
  redactor: Redactor,
): SliceArchive {
  const folder = folderOf(place.source, place.run, place.slice);
  const pages: ArchivedPage[] = [];
  const writing = new Set<Promise<void>>();
  let failure: unknown;
  const write = async (file: string, text: string): Promise<void> => {
    await bucket.write(`${folder}${file}`, await gzipAsync(text, { level: 1 }));
  };
  return {
    async add(page, text) {
      if (failure !== undefined) throw failure;
      const file = `page-${String(pages.length + 1).padStart(5, '0')}.${page.format}.gz`;
      pages.push({ file, request: redactor.text(page.request), format: page.format, facts: page.facts });
      const work: Promise<void> = write(file, withoutSecrets(redactor, page.format, text))
        .catch((error: unknown) => {
          failure = error;
        })
        .finally(() => writing.delete(work));
      writing.add(work);
      if (writing.size >= IN_FLIGHT) await Promise.race(writing);
    },
    async close() {
      await Promise.all(writing);
      if (failure !== undefined) throw failure;
      const { slice, readAt } = place;
      await writeJson(bucket, `${folder}_slice.json`, { slice, readAt, pages } satisfies ArchivedSlice);
    },
  };
}

/** A secret may be a number in JSON, whose place a text without quotes cannot take: the values are cleaned, not the text. */
function withoutSecrets(redactor: Redactor, format: RawPage['format'], text: string): string {
  const clean = redactor.withoutSecrets(text);
  if (format !== 'json' || clean === text) return clean;
  return JSON.stringify(redactor.withoutSecrets(JSON.parse(text) as unknown));
}

/** A complete slice in the archive. */
export interface FoundSlice extends ArchivedSlice {
  readonly run: string;
  readonly folder: string;
}

/** A complete slice of one entity, and the keys of all its files, the record of the slice first: without it there is none. */
export interface ArchivedPlace {
  readonly slice: FoundSlice;
  readonly keys: readonly string[];
}

/** The complete slices of one entity, from the oldest reading to the newest. The records of other entities are not read. */
export async function archivedPlaces(
  bucket: Bucket,
  source: string,
  entity: string,
): Promise<ArchivedPlace[]> {
  const found: ArchivedPlace[] = [];
  for await (const { key } of bucket.list(`raw/source=${source}/run=`)) {
    const [, itsRun, itsEntity] = /\/run=([^/]+)\/([^/]+)\//.exec(key) ?? [];
    if (itsRun === undefined || itsEntity !== entity || !key.endsWith('/_slice.json')) continue;
    const archived = await readState<ArchivedSlice>(bucket, key);
    if (!archived) continue;
    const folder = key.slice(0, -'_slice.json'.length);
    const keys = [key, ...archived.pages.map(({ file }) => `${folder}${file}`)];
    found.push({ slice: { ...archived, run: itsRun, folder }, keys });
  }
  return found.sort((a, b) => inOrder(a.slice, b.slice));
}

/** The complete slices of a source, from the oldest reading to the newest; of one run, where it is given. */
export async function archivedSlices(bucket: Bucket, source: string, run?: string): Promise<FoundSlice[]> {
  const found: FoundSlice[] = [];
  for await (const { key } of bucket.list(`raw/source=${source}/run=${run ?? ''}`)) {
    if (!key.endsWith('/_slice.json')) continue;
    const archived = await readState<ArchivedSlice>(bucket, key);
    const itsRun = /\/run=([^/]+)\//.exec(key)?.[1];
    if (!archived || itsRun === undefined || (run !== undefined && itsRun !== run)) continue;
    found.push({ ...archived, run: itsRun, folder: key.slice(0, -'_slice.json'.length) });
  }
  return found.sort(inOrder);
}

const order = ({ readAt, folder }: FoundSlice): string => `${readAt} ${folder}`;
const inOrder = (a: FoundSlice, b: FoundSlice): number => (order(a) < order(b) ? -1 : 1);

/** The pages of an archived slice, as the vendor gave them. */
export async function* archivedPages(bucket: Bucket, { folder, pages }: FoundSlice): AsyncGenerator<RawPage> {
  for (const { file, request, format, facts } of pages) {
    const text = (await gunzipAsync(await bucket.read(`${folder}${file}`))).toString('utf8');
    let parsed: unknown;
    yield {
      request,
      format,
      text,
      facts,
      json() {
        parsed ??= JSON.parse(text);
        return parsed;
      },
    };
  }
}
