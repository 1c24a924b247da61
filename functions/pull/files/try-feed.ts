import type { Company, FilesSource } from '../../lake/company/company.ts';
import type { Feed } from '../../lake/company/feed.ts';
import { problemOf, type ReportedProblem } from '../../lake/landing/batch.ts';
import type { CanonicalRow } from '../../lake/landing/writer.ts';
import type { Tables } from '../../lake/tables/tables.ts';
import { VigieError } from '../../platform/errors.ts';
import type { Inbox } from '../../platform/inbox.ts';
import { sampleOf } from '../sample.ts';
import { openBytes } from './bytes.ts';
import { chooseRecords } from './choose-records.ts';
import { guessEncoding } from './guess-encoding.ts';
import { type Input, listInputs } from './inputs.ts';
import { landChunk } from './land-chunk.ts';
import { type CompiledFeed, compileFeed } from './mapping/compile-feed.ts';
import { openGroups } from './mapping/grouping.ts';
import { formatOf, openRecords } from './open-records.ts';
import type { Cell, RecordChunk } from './records.ts';
import { remedyFor } from './remedy.ts';
import { openTrialBatch, type TrialBatch } from './trial-batch.ts';
import { namesInHeader } from './trial-header.ts';
import { unpivotAdvice } from './unpivot-advice.ts';

export interface TryFilesInput {
  readonly company: Company;
  readonly tables: Tables;
  readonly source: FilesSource;
  /** Files dated later are not looked at. */
  readonly asOf: string;
  /** Only the feeds of this table. */
  readonly table?: string;
}

/** A feed's newest file: its header against the mapping, and its first records through it. */
export interface FeedTrial {
  readonly table: string;
  readonly path: string;
  /** Files that match, and the newest of them, which was read. */
  readonly files: number;
  readonly file: string | null;
  /** Records that were read, and those of them that the feed wants (`where`) and that fit. */
  readonly read: number;
  readonly accepted: number;
  readonly refused: number;
  /** The first records: what the file says, beside what becomes of it. */
  readonly records: readonly TriedRow[];
  /** Why records were refused, the most frequent first. */
  readonly refusals: readonly TriedRefusal[];
  /** Mapped fields that are empty in every record, as rejections name them. */
  readonly empty: readonly string[];
  /** Columns of the file that the mapping does not look at. */
  readonly unmapped: readonly string[];
  /** What to write where the file has a column a month and the feed takes it for one row a record. */
  readonly wide: string | null;
  /** Records of one key that differ: all but one would be lost. */
  readonly conflict: { readonly finding: string; readonly remedy: string } | null;
  /** What to look at although every record fits. */
  readonly warnings: readonly { readonly finding: string; readonly remedy: string }[];
  /** Why the file could not be read. */
  readonly problem?: ReportedProblem;
}

export interface TriedRow {
  readonly line: number;
  readonly raw: Readonly<Record<string, Cell>>;
  readonly row: CanonicalRow | null;
  /** Why it is refused: every value that does not fit. */
  readonly refusals: readonly Refused[];
}

export interface Refused {
  readonly field: string;
  readonly value: string | null;
  readonly reason: string;
}

export interface TriedRefusal {
  readonly field: string;
  readonly reason: string;
  readonly count: number;
  readonly sample: string | null;
  readonly remedy: string | null;
}

/** So many records tell what the others are like. */
export const RECORDS_TRIED = 100;

/** Tries every feed of a source of files on its newest file. Nothing is kept. */
export async function tryFiles(
  platform: { readonly inbox: Inbox },
  input: TryFilesInput,
): Promise<FeedTrial[]> {
  const { source, table } = input;
  const feeds = source.feeds.filter((feed) => table === undefined || feed.table === table);
  const trials: FeedTrial[] = [];
  for (const feed of feeds) trials.push(await tryFeed(platform.inbox, feed, input));
  return trials;
}

const nothing = (feed: Feed): FeedTrial => ({
  ...{ table: feed.table, path: feed.path, files: 0, file: null },
  ...{ read: 0, accepted: 0, refused: 0, records: [], refusals: [], empty: [], unmapped: [] },
  ...{ wide: null, conflict: null, warnings: [] },
});

async function tryFeed(
  inbox: Inbox,
  feed: Feed,
  { company, tables, asOf }: TryFilesInput,
): Promise<FeedTrial> {
  const timeZone = company.company.time_zone;
  let trial = nothing(feed);
  try {
    const compiled = compileFeed(feed, tables.table(feed.table), timeZone);
    const inputs = await listInputs(inbox, feed, asOf);
    const newest = inputs.at(-1) as Input;
    trial = { ...trial, files: inputs.length, file: newest.name };
    trial = { ...trial, warnings: await encodingWarnings(inbox, feed, newest.name) };
    return { ...trial, ...(await throughMapping(inbox, newest, compiled, timeZone)) };
  } catch (error) {
    if (!(error instanceof VigieError)) throw error;
    // What the reader says of the encoding is said once.
    const warnings = error.code === 'FILE_ENCODING' ? [] : trial.warnings;
    return { ...trial, warnings, problem: problemOf(error) };
  }
}

async function throughMapping(
  inbox: Inbox,
  file: Input,
  feed: CompiledFeed,
  timeZone: string,
): Promise<Partial<FeedTrial>> {
  const chunk = await firstRecords(inbox, file, feed);
  const batch = openTrialBatch(feed.table, timeZone);
  batch.startInput({ name: file.name, fingerprint: '', date: file.date });
  const noticed: Noticed[] = [];
  if (chunk) {
    const numbering = (line: number): number => line;
    const landing = {
      file: file.name,
      feed,
      batch,
      dedupe: undefined,
      sums: undefined,
      numbering,
      lastNumber: 0,
      lastRecord: 0,
    };
    await landChunk(chunk, {
      ...landing,
      noticed: (place, field, value, reason) =>
        noticed.push({ place, field, value: shownValue(feed, field, value), reason }),
    });
    for (const { reason, sample } of chunk.broken)
      noticed.push({ place: -1, field: '(record)', value: sample, reason });
  }
  const header = await namesInHeader(inbox, file.name, feed.feed, feed.columns);
  return {
    read: chunk ? chunk.rows.length + chunk.broken.length : 0,
    accepted: batch.accepted.length,
    refused: batch.refused,
    records: chunk ? recordsOf(chunk, feed, batch, noticed) : [],
    refusals: refusalsOf(noticed, feed),
    conflict: conflictOf(batch, feed),
    empty: emptyFields(batch, feed),
    wide: unpivotAdvice(header, feed.columns, feed.feed) ?? null,
    unmapped: header.filter(
      (name) => name !== '' && !feed.columns.includes(name) && feed.unpivot?.nameOf(name) === undefined,
    ),
  };
}

/** The first records of a file as one chunk; those that are grouped are grouped. Undefined for a file without any. */
async function firstRecords(inbox: Inbox, file: Input, feed: CompiledFeed): Promise<RecordChunk | undefined> {
  for await (const chunk of openRecords(inbox, file, feed)) {
    if (chunk.rows.length + chunk.broken.length === 0) continue;
    const first = {
      ...chunk,
      rows: chunk.rows.slice(0, RECORDS_TRIED),
      broken: chunk.broken.slice(0, RECORDS_TRIED),
    };
    if (!feed.grouping) return first;
    const groups = openGroups(feed, feed.grouping);
    const broken = groups.add(first);
    return { ...groups.end(), broken: [...first.broken, ...broken] };
  }
  return undefined;
}

/** A value that was refused, and the place of its record; -1 for what could not be cut into cells. */
interface Noticed extends Refused {
  readonly place: number;
}

const shownValue = (feed: CompiledFeed, field: string, value: Cell): Cell => {
  if (value === null) return null;
  const hidden = [...feed.personal].some((name) => field === name || field.endsWith(`(${name})`));
  return hidden ? PERSONAL : sampleOf(value);
};

const PERSONAL = '(personal, not shown)';

function recordsOf(
  chunk: RecordChunk,
  feed: CompiledFeed,
  batch: TrialBatch,
  noticed: readonly Noticed[],
): TriedRow[] {
  const refusals = groupBy(noticed, ({ place }) => place);
  return Array.from(chooseRecords(chunk, feed), (place, index): TriedRow => {
    const cells = chunk.rows[place] as readonly Cell[];
    const line = chunk.lineOf(place);
    const row = batch.tried[index] ?? null;
    const own = (refusals.get(place) ?? []).map(({ field, value, reason }) => ({ field, value, reason }));
    const raw = Object.fromEntries(feed.columns.map((name, column) => [name, shown(cells, column, name)]));
    return { line, raw, row, refusals: own };
  });

  function shown(cells: readonly Cell[], place: number, name: string): Cell {
    const cell = cells[chunk.positions[place] as number] ?? null;
    if (cell === null) return null;
    return feed.personal.has(name) ? PERSONAL : sampleOf(cell);
  }
}

function refusalsOf(noticed: readonly Noticed[], { feed, table }: CompiledFeed): TriedRefusal[] {
  const groups = groupBy(noticed, ({ field, reason }) => `${field}\n${reason}`);
  return [...groups.values()]
    .toSorted((a, b) => b.length - a.length)
    .map((all) => {
      const [{ field, reason, value }] = all as [Noticed];
      const remedy = remedyFor(feed, table, { column: field, values: all.map((each) => each.value) }) ?? null;
      return { field, reason, count: all.length, sample: value, remedy };
    });
}

/** Two records with one key that say something else: only one of them would count. */
function conflictOf({ accepted }: TrialBatch, { feed, table }: CompiledFeed): FeedTrial['conflict'] {
  if (feed.one_row_per_key || feed.sum_rows_per_key) return null;
  const { key } = table;
  const byKey = groupBy(accepted, (row) => JSON.stringify(key.map((name) => row[name] ?? null)));
  const clashes = [...byKey.values()].filter(
    (rows) => new Set(rows.map((row) => JSON.stringify(row))).size > 1,
  );
  const [first] = clashes;
  if (first === undefined) return null;
  const [one, other] = [first[0], first.find((row) => JSON.stringify(row) !== JSON.stringify(first[0]))];
  const fields = Object.keys({ ...one, ...other }).filter((name) => one?.[name] !== other?.[name]);
  return {
    finding: `${clashes.length === 1 ? 'one key has' : `${clashes.length} keys have`} records that differ, so all but one of each would be lost: ${key.map((name) => `${name} ${one?.[name]}`).join(', ')} differs in ${fields.join(', ')}`,
    remedy: `Say what is right: \`one_row_per_key: true\` where the file repeats a record and its first row is to be taken, \`sum_rows_per_key: true\` where it is broken down finer than the key; another column in the key (${key.join(', ')}), \`{ row_number: true }\` for instance, where each row stands for itself. docs/sources/files.md tells more.`,
  };
}

/** A column that exists and never holds anything is mostly the wrong one. */
function emptyFields({ accepted }: TrialBatch, { feed, fields }: CompiledFeed): string[] {
  if (accepted.length === 0) return [];
  return fields
    .filter(({ name }) => accepted.every((row) => row[name] === undefined))
    .flatMap(({ name }) => {
      const source = feed.columns[name];
      const from = typeof source === 'string' ? source : source && 'from' in source ? source.from : undefined;
      return from === undefined ? [] : [from === name ? name : `${name} (${from})`];
    });
}

/** Text in another encoding than configured mostly reads without any error, and every name in it is wrong. */
async function encodingWarnings(inbox: Inbox, feed: Feed, file: string): Promise<FeedTrial['warnings']> {
  const format = await formatOf(inbox, file, feed);
  if (format === undefined || format === 'parquet') return [];
  const guess = await guessEncoding(openBytes(inbox, file));
  if (guess.encoding === null || guess.marked || guess.encoding === feed.encoding) return [];
  // Latin-1 is read as Windows-1252, which has it within.
  if (guess.encoding === 'windows-1252' && feed.encoding === 'latin1') return [];
  // What is no UTF-8 is refused when it is read.
  const words =
    guess.sample && feed.encoding !== 'utf-8'
      ? `: \`${sampleOf(guess.sample.right)}\` is read as \`${sampleOf(guess.sample.wrong)}\``
      : '';
  return [
    {
      finding: `${file} is ${guess.encoding}, not ${feed.encoding}${words}`,
      remedy: `Set \`encoding: ${guess.encoding}\` on the feed.`,
    },
  ];
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
