import type { ApiSource } from '../../lake/company/api-source.ts';
import type { Company } from '../../lake/company/company.ts';
import type { Tables } from '../../lake/tables/tables.ts';
import { VigieError } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import type { SliceArchive } from './archive.ts';
import type { EntityLanding } from './entity-landing.ts';
import { isErased } from './erase-archive.ts';
import { hashPersonal } from './personal.ts';
import type { Reader } from './read-ahead.ts';
import { isWorthRepeating } from './retrying.ts';
import { halvesOf } from './slices.ts';
import type { Entity, RawPage, Slice } from './source.ts';
import type { Watermark } from './watermarks.ts';

/** A slice being read, and since when (ISO UTC). */
export interface SliceReader extends Reader<RawPage> {
  readonly startedAt: string;
}

/** What pulling a source, or replaying it, takes. */
export interface PullJob {
  readonly platform: Pick<Platform, 'bucket' | 'clock' | 'log'> & Partial<Pick<Platform, 'redactor'>>;
  readonly company: Company;
  readonly tables: Tables;
  readonly source: ApiSource;
  readonly asOf: string;
  /** Of the landing zone: a part of a run has an id of its own. */
  readonly run: string;
  readonly mappingHash: string;
  /** Requests that the vendor allows at once. */
  readonly concurrency: number;
  /** Begins to read a slice: from the vendor, or from the archive. */
  open(entity: Entity, slice: Slice): SliceReader;
  /** Where its pages are kept; undefined: nowhere. */
  archive(slice: Slice, readAt: string): SliceArchive | undefined;
  /** How far a partition is once this slice is loaded; undefined: that cannot be said. */
  reach(entity: Entity, slice: Slice, startedAt: string): Watermark | undefined;
  /** The time of this call is over. */
  isOver(): boolean;
  /** Throws where these partitions, of which nothing came, are empty for lack of permission. */
  askWhyEmpty(entity: Entity, partitions: readonly string[]): Promise<void>;
}

/** Times that a slice is read anew where its pages do not fit together. */
const ATTEMPTS = 3;

/**
 * Lands a slice to its end. One whose pages do not fit together is read anew, and one of several days that is too large
 * is read in two halves; what was landed of it before then counts no more.
 */
export async function landSlice(
  job: PullJob,
  entity: Entity,
  landing: EntityLanding,
  slice: Slice,
  reader: SliceReader,
): Promise<void> {
  let current = reader;
  for (let attempt = 1; ; attempt += 1) {
    const before = landing.counts();
    try {
      await landPages(
        job,
        entity,
        landing,
        slice,
        current,
        attempt > 1 || slice.key.endsWith('.a') || slice.key.endsWith('.b'),
      );
      return;
    } catch (error) {
      current.cancel();
      if (!(error instanceof VigieError)) throw error;
      landing.restore(before);
      const halves = error.code === 'PAGE_TOO_LARGE' ? halvesOf(slice) : undefined;
      if (halves) return landHalves(job, entity, landing, halves);
      if (attempt === ATTEMPTS || !isWorthRepeating(error)) throw error;
      job.platform.log.warn('pull.again', {
        source: job.source.name,
        entity: entity.name,
        slice: slice.key,
        reason: error.message,
      });
      current = job.open(entity, slice);
    }
  }
}

async function landHalves(
  job: PullJob,
  entity: Entity,
  landing: EntityLanding,
  halves: readonly [Slice, Slice],
): Promise<void> {
  for (const half of halves) {
    job.platform.log.info('pull.split', {
      source: job.source.name,
      entity: entity.name,
      from: half.from,
      to: half.to,
    });
    await landSlice(job, entity, landing, half, job.open(entity, half));
  }
}

async function landPages(
  job: PullJob,
  entity: Entity,
  landing: EntityLanding,
  slice: Slice,
  reader: SliceReader,
  again: boolean,
): Promise<void> {
  const { settings } = job.source;
  const { time_zone: timeZone, currency } = job.company.company;
  const archive = job.archive(slice, reader.startedAt);
  landing.begin(slice, settings, again);
  let number = 0;
  let given = 0;
  for (let page = await reader.next(); page; page = await reader.next()) {
    number += 1;
    const records = entity.records(page).filter((record) => !isErased(record));
    given += records.length;
    if (number > job.source.max_pages || isTrickle(number, given)) throw endless(job.source, entity, number);
    const safe = withoutPersonal(entity, page, records);
    await archive?.add(page, safe);
    await landing.page(
      page,
      records,
      { source: job.source.name, settings, slice, timeZone, currency },
      number,
    );
  }
  await landing.end(slice, settings);
  await archive?.close();
}

/** So many pages with hardly a record on each are no list: the service names a next page whatever it has. */
const isTrickle = (pages: number, records: number): boolean => pages >= 1000 && records < 2 * pages;

/** A service that always names a next page would be read until the disk is full. */
const endless = (source: ApiSource, entity: Entity, pages: number): VigieError =>
  new VigieError(`${entity.name} has no end: ${pages} pages came, and a next one is named`, {
    code: 'VENDOR_ENDLESS',
    hint: `The service names a next page again and again, or gives very little a page. See what it answers with \`vigie try ${source.name}\`; where there is really so much, make pages larger (\`page_size\`) or raise \`max_pages\` of the source.`,
  });

/** The page's text as it may be kept; its records are hashed in place. */
function withoutPersonal(entity: Entity, page: RawPage, records: readonly unknown[]): string {
  const paths = entity.personal ?? [];
  if (paths.length === 0) return page.text;
  if (page.format !== 'json')
    throw new Error(`${entity.name}: personal fields can be hashed in JSON pages only`);
  hashPersonal(records, paths);
  // The records are parts of what was parsed, so that is hashed, too.
  return JSON.stringify(page.json());
}
