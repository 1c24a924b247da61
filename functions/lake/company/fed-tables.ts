import type { Source } from './company.ts';

/** What a source owes a table, whatever its kind. */
export interface FedTable {
  readonly table: string;
  /** Trading days that the newest business date may be behind; null: not checked; undefined: nothing configured. */
  readonly maxAgeDays: number | null | undefined;
  /** Whether its configuration says that something comes every day. */
  readonly daily: boolean;
}

/** The tables that a source fills, each once. The only way to ask: files say it by their feeds, APIs by what they deliver. */
export function fedTables(source: Source): FedTable[] {
  if (!('feeds' in source))
    return source.delivers.map(({ table, maxAgeDays }) => ({ table, maxAgeDays, daily: true }));
  const tables = [...new Set(source.feeds.map((feed) => feed.table))];
  return tables.map((table) => {
    const feeds = source.feeds.filter((feed) => feed.table === table);
    return {
      table,
      maxAgeDays: strictest(feeds.map((feed) => feed.max_age_days)),
      daily: feeds.some((feed) => feed.path.includes('{date}')),
    };
  });
}

function strictest(ages: readonly (number | null | undefined)[]): number | null | undefined {
  const configured = ages.filter((age) => age !== undefined);
  if (configured.length === 0) return undefined;
  const numbers = configured.filter((age) => age !== null);
  return numbers.length === 0 ? null : Math.min(...numbers);
}

/** Every table that some source fills. */
export const allFedTables = (sources: readonly Source[]): ReadonlySet<string> =>
  new Set(sources.flatMap((source) => fedTables(source).map(({ table }) => table)));
