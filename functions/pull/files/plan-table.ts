import type { Company, FilesSource } from '../../lake/company/company.ts';
import type { Feed } from '../../lake/company/feed.ts';
import { type LoadedState, loadedStateKey } from '../../lake/landing/batch.ts';
import type { BatchOptions } from '../../lake/landing/writer.ts';
import { forgettable } from '../../lake/run/loaded.ts';
import { readState } from '../../lake/state/file.ts';
import type { TableDefinition } from '../../lake/tables/table.ts';
import type { Platform } from '../../platform/platform.ts';
import { mappingFingerprint } from '../mapping-fingerprint.ts';
import { byAge, type Input, listInputs, newInputs } from './inputs.ts';
import { type CompiledFeed, compileFeed } from './mapping/compile-feed.ts';
import { latestStages, rivalsAmong } from './stages.ts';

export interface PullTable {
  readonly company: Company;
  readonly source: FilesSource;
  readonly table: TableDefinition;
  /** The feeds of the source that fill the table. */
  readonly feeds: readonly Feed[];
  readonly asOf: string;
  readonly run: string;
}

/** What there is to read for one table: one batch, whatever the number of feeds and files. */
export interface TablePlan {
  readonly source: FilesSource;
  readonly batch: BatchOptions;
  /** From the oldest file to the newest. */
  readonly readings: readonly FileReading[];
}

export interface FileReading {
  readonly input: Input;
  /** Several feeds may take different rows of one file; it then is one input. */
  readonly feeds: CompiledFeed[];
}

/** Changes when the same file would give other rows though its feed is the same: raise it with such a change. */
const READER_VERSION = 3;

/** Finds out what is new for one table; undefined when nothing is. Throws a `VigieError` where that cannot be told. */
export async function planTable(platform: Platform, job: PullTable): Promise<TablePlan | undefined> {
  const { company, source, table, feeds, asOf, run } = job;
  const timeZone = company.company.time_zone;
  const mappingHash = hashOf(feeds, timeZone);
  const loaded = await readState<LoadedState>(platform.bucket, loadedStateKey(source.name, table.name));
  const { readings, there } = await planReadings(platform, job, timeZone);
  const inputs = readings.map(({ input }) => input);
  const fresh = new Set(newInputs(inputs, loaded, mappingHash));
  if (fresh.size === 0) return undefined;
  const toRead = readings.filter(({ input }) => fresh.has(input));
  const rivals = rivalsAmong(toRead.map(({ input }) => input));
  return {
    source,
    batch: {
      ...{ table, source: source.name, run, asOf, mappingHash, timeZone, rivals },
      gone: forgettable(loaded, there, asOf),
    },
    readings: toRead,
  };
}

/** A mapping's fingerprint: where files lie and how fresh they must be changes no row. */
function hashOf(feeds: readonly Feed[], zone: string): string {
  const mapping = feeds.map(({ path: _, max_age_days: __, ...rest }) => rest);
  return mappingFingerprint([READER_VERSION, zone, mapping]);
}

/** What is to be read, and the names of all files that are there up to the day. */
async function planReadings(
  platform: Platform,
  { feeds, table, asOf }: PullTable,
  zone: string,
): Promise<{ readings: FileReading[]; there: ReadonlySet<string> }> {
  const readings = new Map<string, FileReading>();
  for (const feed of feeds) {
    const compiled = compileFeed(feed, table, zone);
    for (const input of await listInputs(platform.inbox, feed, asOf)) {
      const reading = readings.get(input.name) ?? { input, feeds: [] };
      reading.feeds.push(compiled);
      readings.set(input.name, reading);
    }
  }
  const latest = new Set(latestStages([...readings.values()].map(({ input }) => input)));
  const due = [...readings.values()].filter(({ input }) => latest.has(input));
  return { readings: due.sort((a, b) => byAge(a.input, b.input)), there: new Set(readings.keys()) };
}
