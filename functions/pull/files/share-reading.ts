import type { Feed } from '../../lake/company/feed.ts';
import type { CompiledFeed } from './mapping/compile-feed.ts';
import type { Unpivoting } from './mapping/unpivot.ts';
import type { RecordChunk } from './records.ts';

/** How a file is read: which of its columns, cut and decoded how. */
export interface Reading {
  /** For the options of reading: format, encoding, delimiter … */
  readonly feed: Feed;
  /** Names of the columns to read. */
  readonly columns: readonly string[];
  /** Of these, those that a file may lack. */
  readonly optional: ReadonlySet<string>;
  /** How the cells of a wide file become rows; undefined where its rows are the records. */
  readonly unpivot?: Unpivoting | undefined;
}

/**
 * Groups what feeds have to do with a file by how they read it: each group needs to read it only once. A feed that unpivots
 * reads by itself: its rows are not those of the file.
 */
export function groupAlike<T>(items: readonly T[], feedOf: (item: T) => Feed): T[][] {
  const groups = new Map<string | T, T[]>();
  for (const item of items) {
    const { unpivot, format, encoding, delimiter, quote, header, skip_lines, sheet, records, decimal } =
      feedOf(item);
    const how = [format, encoding, delimiter, quote, header, skip_lines, sheet, records, decimal];
    const key = unpivot ? item : JSON.stringify(how);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups.values()];
}

/** One reading for feeds that read alike: all columns that any of them needs. */
export function sharedReading(feeds: readonly [CompiledFeed, ...CompiledFeed[]]): Reading {
  const [first, ...others] = feeds;
  if (others.length === 0) return first;
  const columns = [...new Set(feeds.flatMap((feed) => feed.columns))];
  const optional = columns.filter((name) =>
    feeds.every((feed) => !feed.columns.includes(name) || feed.optional.has(name)),
  );
  return { feed: first.feed, columns, optional: new Set(optional) };
}

/** What one of the feeds sees of a chunk that was read for all of them. */
export function viewFor(feed: CompiledFeed, reading: Reading): (chunk: RecordChunk) => RecordChunk {
  if (feed === reading) return (chunk) => chunk;
  const places = feed.columns.map((name) => reading.columns.indexOf(name));
  return (chunk) => ({
    ...chunk,
    positions: places.map((place) => chunk.positions[place] as number),
  });
}
