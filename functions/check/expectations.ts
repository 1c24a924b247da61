import { isTradingDay, latestTradingDay } from '../lake/company/calendar.ts';
import type { Company } from '../lake/company/company.ts';
import { type FedTable, fedTables } from '../lake/company/fed-tables.ts';
import { type LoadedState, loadedStateKey, problemOf } from '../lake/landing/batch.ts';
import type { Finding } from '../lake/snapshot/finding.ts';
import { readState } from '../lake/state/file.ts';
import type { Tables } from '../lake/tables/tables.ts';
import { addDays } from '../lake/values/day.ts';
import type { Platform } from '../platform/platform.ts';

/** What a source owes a table by the as-of date. */
export interface FeedExpectation {
  readonly source: string;
  readonly table: string;
  /** The newest business date may not be before this day; null: it comes as it comes. */
  readonly expectedOn: string | null;
  /** Latest dated file (on or before the as-of date) that tells more than its rows do: an empty day, a table without dates. */
  readonly deliveredOn: string | null;
  /** Latest business date ever loaded, on or before the as-of date. */
  readonly lastDate: string | null;
  /** The file of the day that is owed, where it came with nothing in it. */
  readonly blankFile: string | null;
}

/** Dated files that make a source a daily one, where its pattern does not say so. */
const DAILY_INPUTS = 5;

/** Every pair of source and table in vigie.yaml; of one whose record cannot be read nothing is expected, and that is found. */
export async function feedExpectations(
  platform: Pick<Platform, 'bucket'>,
  { sources, company }: Company,
  tables: Tables,
  asOf: string,
): Promise<{ readonly feeds: FeedExpectation[]; readonly unread: Finding[] }> {
  const pairs = sources.flatMap((source) => fedTables(source).map((fed) => ({ source, fed })));
  const unread: Finding[] = [];
  const feeds = await Promise.all(
    pairs.map(async ({ source, fed }) => {
      const { table } = fed;
      const state = await readState<LoadedState>(platform.bucket, loadedStateKey(source.name, table)).catch(
        (error: unknown) => {
          unread.push(cannotRead(source.name, table, error));
          return undefined;
        },
      );
      const expectedOn = owedDay(fed, state, tables, { closed: company.closed, asOf });
      return {
        source: source.name,
        table,
        expectedOn,
        blankFile: state?.inputs.find(({ blank, date }) => blank && date === expectedOn)?.name ?? null,
        ...arrived(state, asOf, 'feeds' in source),
      };
    }),
  );
  return { feeds, unread };
}

function cannotRead(source: string, table: string, error: unknown): Finding {
  const { message, hint } = problemOf(error);
  const found = { check: 'freshness', severity: 'error', table, source, message } as const;
  return { ...found, lastDate: null, sample: null, hint: hint ?? 'Run the day again.' };
}

interface Morning {
  readonly closed: Company['company']['closed'];
  readonly asOf: string;
}

/**
 * The newest day that is owed; null: none. Trading days behind, where an age is configured; else a day's table of a daily source has
 * to be of the day, or of so many calendar days before as its vendor takes.
 */
function owedDay(
  { table: name, maxAgeDays, daily }: FedTable,
  state: LoadedState | undefined,
  tables: Tables,
  { closed, asOf }: Morning,
): string | null {
  if (maxAgeDays !== undefined)
    return maxAgeDays === null ? null : tradingDayBefore(closed, asOf, maxAgeDays);
  const table = tables.table(name);
  if (!table.daily || !(daily || deliveredDaily(state))) return null;
  return latestTradingDay(closed, addDays(asOf, -table.late));
}

const deliveredDaily = (state: LoadedState | undefined): boolean =>
  new Set(datesOf(state)).size >= DAILY_INPUTS;

const datesOf = (state: LoadedState | undefined): string[] =>
  (state?.inputs ?? []).map((input) => input.date).filter((date) => date !== null);

/**
 * A file with rows is judged by their dates; one with a header only was written by somebody, and says: nothing happened
 * on that day. One with nothing in it says that its export broke off, and counts as little as none. An API that answers with nothing says no such thing: tags are broken and permissions are lost in silence.
 */
function arrived(
  state: LoadedState | undefined,
  asOf: string,
  byFiles: boolean,
): Pick<FeedExpectation, 'deliveredOn' | 'lastDate'> {
  const last = state?.lastDate ?? null;
  const telling = (state?.inputs ?? []).filter(({ rows, rejected, blank }) =>
    byFiles ? !blank && (last === null || (rows === 0 && rejected === 0)) : last === null && rows > 0,
  );
  const dates = telling.map((input) => input.date).filter((date) => date !== null && date <= asOf);
  return { deliveredOn: dates.sort().at(-1) ?? null, lastDate: last !== null && last > asOf ? asOf : last };
}

/** The trading day that lies `count` trading days before the latest one. */
function tradingDayBefore(closed: Company['company']['closed'], date: string, count: number): string {
  let day = latestTradingDay(closed, date);
  for (let left = count; left > 0; left -= 1) day = latestTradingDay(closed, addDays(day, -1));
  return day;
}

/** The same weekday of the weeks before, without days that were closed. */
export function sameWeekdays(closed: Company['company']['closed'], day: string, weeks: number): string[] {
  const days = Array.from({ length: weeks }, (_, index) => addDays(day, -7 * (index + 1)));
  return days.filter((past) => isTradingDay(closed, past));
}
