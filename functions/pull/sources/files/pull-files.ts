import { createHash } from 'node:crypto';
import { type Batch, type LoadedState, loadedStateKey } from '../../../lake/batch.ts';
import type { Company, Source } from '../../../lake/company.ts';
import type { Feed } from '../../../lake/feed.ts';
import { type BatchWriter, openBatch } from '../../../lake/landing-writer.ts';
import type { TableName } from '../../../lake/tables.ts';
import { readJson } from '../../../platform/bucket.ts';
import type { Platform } from '../../../platform/platform.ts';
import { byAge, type Input, listInputs, newInputs } from './inputs.ts';
import { landChunk } from './land-chunk.ts';
import { type CompiledFeed, compileFeed } from './mapping/compile-feed.ts';
import { firstOfKey } from './mapping/first-of-key.ts';
import { openRecords } from './open-records.ts';
import { refuseTooManyRejected } from './rejected-share.ts';

export interface PullTable {
  readonly company: Company;
  readonly source: Source;
  readonly table: TableName;
  /** The feeds of the source that fill the table. */
  readonly feeds: readonly Feed[];
  readonly asOf: string;
  readonly run: string;
}

/** Changes when the same file would give other rows though its feed is the same: raise it with such a change. */
const READER_VERSION = 1;

/**
 * Lands what is new for one table: one batch, whatever the number of feeds and files. Undefined when nothing is new.
 * Throws a `VigieError` when a file cannot be read or too many rows are refused; nothing is handed over then.
 */
export async function pullTable(platform: Platform, job: PullTable): Promise<Batch | undefined> {
  const { company, source, table, feeds, asOf, run } = job;
  const zone = company.company.time_zone;
  const mappingHash = hashOf(feeds, zone);
  const loaded = await readJson<LoadedState>(platform.bucket, loadedStateKey(source.name, table));
  const readings = await planReadings(platform, feeds, zone, asOf);
  const fresh = newInputs(
    readings.map(({ input }) => input),
    loaded,
    mappingHash,
  );
  if (fresh.length === 0) return undefined;
  const batch = openBatch(platform, { table, source: source.name, run, asOf, mappingHash, timeZone: zone });
  try {
    for (const { input, feeds: compiled } of readings.filter((reading) => fresh.includes(reading.input))) {
      platform.log.info('pull.file', { source: source.name, table, file: input.name });
      batch.startInput({ name: input.name, fingerprint: input.fingerprint, date: input.date });
      for (const feed of compiled) await landFile(platform, input, feed, batch);
    }
    refuseTooManyRejected(batch, { source, table, run });
  } catch (error) {
    await batch.discard();
    throw error;
  }
  return batch.close();
}

/** A mapping's fingerprint: where files lie and how fresh they must be changes no row. */
function hashOf(feeds: readonly Feed[], zone: string): string {
  const mapping = feeds.map(({ path: _, max_age_days: __, ...rest }) => rest);
  return createHash('sha256')
    .update(JSON.stringify([READER_VERSION, zone, mapping]))
    .digest('hex')
    .slice(0, 16);
}

interface Reading {
  readonly input: Input;
  /** Several feeds may take different rows of one file; it then is one input. */
  readonly feeds: CompiledFeed[];
}

async function planReadings(
  platform: Platform,
  feeds: readonly Feed[],
  zone: string,
  asOf: string,
): Promise<Reading[]> {
  const readings = new Map<string, Reading>();
  for (const feed of feeds) {
    const compiled = compileFeed(feed, zone);
    for (const input of await listInputs(platform.inbox, feed, asOf)) {
      const reading = readings.get(input.name) ?? { input, feeds: [] };
      reading.feeds.push(compiled);
      readings.set(input.name, reading);
    }
  }
  return [...readings.values()].sort((a, b) => byAge(a.input, b.input));
}

async function landFile(
  platform: Platform,
  input: Input,
  feed: CompiledFeed,
  batch: BatchWriter,
): Promise<void> {
  const dedupe = feed.feed.one_row_per_key ? firstOfKey(feed.table) : undefined;
  const landing = { file: input.name, feed, batch, dedupe };
  for await (const chunk of openRecords(platform.inbox, input, feed)) await landChunk(chunk, landing);
}
