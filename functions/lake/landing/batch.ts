import { understood } from '../../platform/errors.ts';
import type { Restatement } from './restatement.ts';

/**
 * What `pull` hands to `load`: one batch a source, table and run.
 *
 *     landing/<table>/source=<source>/run=<run>/part-00001.parquet …
 *     landing/<table>/source=<source>/run=<run>/_batch.json          written last: without it there is no batch
 *     rejected/source=<source>/run=<run>/<table>.ndjson.gz           rows that were refused, with reasons
 *
 * A landing file has the table's columns, all nullable, and the columns of `landingColumns`.
 */
export interface Batch {
  readonly table: string;
  readonly source: string;
  readonly run: string;
  /** The run's as-of date. */
  readonly asOf: string;
  /** Bucket keys of the Parquet files, in the order they were read. */
  readonly files: readonly string[];
  /** The table's columns when it was written: one that the table has gained since is empty in its rows. */
  readonly columns: readonly string[];
  /** What it was made from, for `explain` and to know what is new next time. */
  readonly inputs: readonly BatchInput[];
  /** Changes when the mapping does: a changed mapping reads everything again. */
  readonly mappingHash: string;
  readonly rows: number;
  readonly rejected: number;
  /** Exact sums of the decimal columns over the accepted rows, canonical text: reconciled with the lake by checks. */
  readonly totals: Readonly<Record<string, string>>;
  /** First and last business date in it; null when the table has none or the batch is empty. */
  readonly firstDate: string | null;
  readonly lastDate: string | null;
  /** How many values `_input` has; absent: one an input. */
  readonly places?: number;
  /** How far a source over an API has read, by `<entity>/<partition>`: counts once the batch is loaded. */
  readonly watermarks?: Readonly<Record<string, string>>;
  /** Inputs of before, by name, that are to be forgotten: see `forgettable`. */
  readonly gone?: readonly string[];
  /** Files of one and the same day: what they hold of one scope must not depend on how they are called. */
  readonly rivals?: readonly Rivals[];
}

/** Inputs of one day, by their places in the batch: within a family the later place is the later word. */
export interface Rivals {
  readonly families: readonly (readonly number[])[];
}

/** How many values `_input` has in its files: with one, no scope can be in it twice. */
export const placesOf = ({ places, inputs }: Pick<Batch, 'places' | 'inputs'>): number =>
  places ?? inputs.length;

/** The input at a place of `_input`. */
export function inputAt({ inputs }: Pick<Batch, 'inputs'>, place: number): BatchInput | undefined {
  let left = place;
  return inputs.find(({ places = 1 }) => {
    left -= places;
    return left < 0;
  });
}

export interface BatchInput {
  /** File or page as a person would name it: `exports/sap/orders_20261121.csv`. */
  readonly name: string;
  /** Size, modification time and the like: equal fingerprints mean nothing new. */
  readonly fingerprint: string;
  /** The date in the file's name, where its pattern has one. */
  readonly date: string | null;
  readonly rows: number;
  readonly rejected: number;
  /** How many values `_input` has for it; absent: one. */
  readonly places?: number;
  /** There was nothing in it, not so much as a header: more likely a broken export than a day without business. */
  readonly blank?: true;
  /** Its name says that more of its day is to come. */
  readonly partial?: true;
}

/** Columns that a landing file has beside the table's own. */
export const landingColumns = {
  /** Place of the input (or of a page within it, see `BatchWriter.supersede`) within the batch: of two that hold the same scope, the later one has the last word. */
  input: '_input',
  /**
   * Line of the row in its input (or its number there, from 1): of two rows with the same key in one input, the one
   * with the larger number wins. Where the first one is to win (`one_row_per_key`), rows are numbered downwards from
   * `LAST_ROW`; where it is known that the last one is, upwards from half of that.
   */
  row: '_row',
  /** True on a row that only says: this scope was read and holds nothing. Its other columns are null. */
  empty: '_empty',
} as const;

/** The largest `_row`. Of numbers above half of it repetitions of a key are known, and no conflict. */
export const LAST_ROW = 2 ** 31 - 1;

export const landingPrefix = (table: string, source: string, run: string): string =>
  `landing/${table}/source=${source}/run=${run}/`;

/** What `pull` says of one source. */
export interface PullReport {
  readonly source: string;
  /** `unfinished`: its time was over; the same pull called again goes on where this one stopped. */
  readonly status: 'ok' | 'unchanged' | 'failed' | 'unfinished';
  readonly batches: readonly Batch[];
  /** Why it failed, and what to do. */
  readonly problem?: ReportedProblem;
  /** Of a failed pull: tables of which a part came all the same, since one account failed and its siblings did not. */
  readonly lacking?: readonly string[];
  /**
   * Where it failed and that is known: the tables that failed, each with its own reason. The source's other tables are
   * good, and what depends on them is not doubted.
   */
  readonly failed?: readonly FailedTable[];
  /** The API it was read over. */
  readonly api?: PulledApi;
}

/** A table of a source that could not be read, and why. */
export interface FailedTable {
  readonly table: string;
  readonly problem: ReportedProblem;
}

/** Whether a pull failed for this table: one that does not say which tables failed counts as failed for all. */
export const failedFor = ({ status, failed }: PullReport, table: string): boolean =>
  status === 'failed' && (failed === undefined || failed.some((each) => each.table === table));

export interface PulledApi {
  /** As people call it: `Google Ads`. */
  readonly title: string;
  readonly version: string | null;
  /** Day on which the vendor ends this version; null: none is announced. */
  readonly sunset: string | null;
}

/** An error as manifests and mails carry it. */
export interface ReportedProblem {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

/** Anything thrown as a report carries it. */
export function problemOf(error: unknown): ReportedProblem {
  const { code, message, hint } = understood(error);
  return { code, message, ...(hint === undefined ? {} : { hint }) };
}

/** What `load` says of one batch; also kept at `state/loaded/<source>/<table>.json` (the newest one). */
export interface LoadReport {
  readonly table: string;
  readonly source: string;
  readonly run: string;
  readonly inserted: number;
  readonly updated: number;
  readonly deleted: number;
  /** Rows of the batch that a later row of the same key, or a later input of the same scope, replaced. */
  readonly superseded: number;
  readonly seconds: number;
  /** What stands of rows lost to others of their delivery after it, as in `LoadedState`. */
  readonly conflicts?: readonly Conflict[];
}

/**
 * Rows of one delivery that cannot all be right: two of one key that differ, or two files of one day that tell the same
 * scope differently. One of them is in the lake; nobody knows whether it is the one that counts.
 */
export interface Conflict {
  readonly kind: 'key' | 'files';
  /** The run that loaded it. */
  readonly run: string;
  /** Rows that are not in the lake, and in how many inputs they stood. */
  readonly rows: number;
  readonly inputs: number;
  /** Of each decimal column, how much of its size (0 to 1) went with them, in the inputs concerned. */
  readonly shares: Readonly<Record<string, number>>;
  /** Where one of them stood. */
  readonly sample: ConflictSample;
  /** Business dates of the rows concerned; null where the table has none. */
  readonly firstDate: string | null;
  readonly lastDate: string | null;
  /** Scopes that are still as this delivery left them: each as one text, see `scopeText`. */
  readonly scopes: readonly string[];
  /** There are more than are listed: they are forgotten only when the mapping changes. */
  readonly more?: true;
}

/** `key`: both lines of one file. `files`: both files. */
export interface ConflictSample {
  readonly key: string;
  readonly inputs: readonly string[];
  readonly lines: readonly number[];
}

/** State after a load: what of a source is in the lake. Kept at `loadedStateKey`. */
export interface LoadedState {
  readonly table: string;
  readonly source: string;
  readonly run: string;
  readonly loadedAt: string;
  readonly mappingHash: string;
  /** The inputs that are loaded, newest word by name: all that can still come, and those of the last 400 days. */
  readonly inputs: readonly BatchInput[];
  /** The latest day of a file that was forgotten; absent: none was. */
  readonly forgotten?: string;
  /** Earliest and latest business date ever loaded from this source into this table. */
  readonly firstDate: string | null;
  readonly lastDate: string | null;
  /** Rows that were lost to others of their delivery, until it is delivered right. */
  readonly conflicts?: readonly Conflict[];
  /** Scopes that the deliveries of the latest day made smaller. */
  readonly restatements?: readonly Restatement[];
  /** How far it is loaded, by `<entity>/<partition>`; of sources over an API. */
  readonly watermarks?: Readonly<Record<string, string>>;
}

export const loadedStateKey = (source: string, table: string): string =>
  `state/loaded/${source}/${table}.json`;
