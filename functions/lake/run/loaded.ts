import type { Bucket } from '../../platform/bucket.ts';
import {
  type Batch,
  type BatchInput,
  type Conflict,
  type LoadedState,
  landingPrefix,
} from '../landing/batch.ts';
import { readStateIfSound } from '../state/file.ts';
import { addDays } from '../values/day.ts';
import { isIn, type LakeCopy, readCopy, runOrder } from './lake-copy.ts';
import type { Manifest } from './manifest.ts';

/** A source that is wrong every day need not fill its state with it. */
const MOST_CONFLICTS = 100;

/**
 * Days for which it is known which input told what. Of an API it is its watermark's to say how far it was read; of files,
 * those that still lie in their folder stay known besides.
 */
const RECENT_DAYS = 400;

/** Inputs of an API that are not old, and the last one that told anything: it says that there is something in the lake. */
function recent(inputs: readonly BatchInput[], asOf: string): BatchInput[] {
  const first = addDays(asOf, -RECENT_DAYS);
  const last = lastThatTold(inputs);
  return inputs.filter((input) => input === last || input.date === null || input.date >= first);
}

const lastThatTold = (inputs: readonly BatchInput[]): BatchInput | undefined =>
  inputs.findLast(({ rows }) => rows > 0);

/** So many files without a date in their name stay known when they are gone. */
const MOST_UNDATED = 1000;

/**
 * Files, by name, that need not be known any more, given the names in their folder: they are gone, and of a day that is
 * not recent, or of none and followed by many. What stays all the same: the last one that told anything, and a file that
 * came empty and is of no day, for what it should have held is in no figure.
 */
export function forgettable(
  state: LoadedState | undefined,
  there: ReadonlySet<string>,
  asOf: string,
): string[] {
  const inputs = state?.inputs ?? [];
  const first = addDays(asOf, -RECENT_DAYS);
  const last = lastThatTold(inputs);
  const gone = inputs.filter((input) => input !== last && !there.has(input.name));
  const undated = gone.filter(({ date, blank }) => date === null && blank !== true);
  const dated = gone.filter(({ date }) => date !== null && date < first);
  return [...dated, ...undated.slice(0, -MOST_UNDATED)].map(({ name }) => name);
}

/** The latest day of a file that was ever forgotten. */
function lastForgotten(earlier: LoadedState | undefined, { gone = [] }: Batch): string | undefined {
  const names = new Set(gone);
  const days = (earlier?.inputs ?? []).flatMap(({ name, date }) =>
    date !== null && names.has(name) ? [date] : [],
  );
  return [...days, ...(earlier?.forgotten === undefined ? [] : [earlier.forgotten])].sort().at(-1);
}

/** What is in the lake of a source and table once a batch is there too. */
export function loadedAfter(
  earlier: LoadedState | undefined,
  batch: Batch,
  loadedAt: string,
  conflicts: readonly Conflict[] = [],
): LoadedState {
  const { table, source, run, mappingHash } = batch;
  // Inputs read through another mapping have to be read again: forget them.
  const known = earlier?.mappingHash === mappingHash ? earlier.inputs : [];
  const watermarks = {
    ...(earlier?.mappingHash === mappingHash ? earlier.watermarks : {}),
    ...batch.watermarks,
  };
  const inputs = new Map<string, BatchInput>([...known, ...batch.inputs].map((input) => [input.name, input]));
  for (const name of batch.gone ?? []) inputs.delete(name);
  const forgotten = earlier?.mappingHash === mappingHash ? lastForgotten(earlier, batch) : undefined;
  const isOld = ({ run, more }: Conflict): boolean =>
    more === true && run !== batch.run && earlier?.mappingHash !== mappingHash;
  const standing = conflicts.filter((conflict) => !isOld(conflict)).slice(-MOST_CONFLICTS);
  const restatements = (earlier?.restatements ?? []).filter(({ asOf }) => asOf === batch.asOf);
  const dates = (['firstDate', 'lastDate'] as const)
    .flatMap((key) => [earlier?.[key], batch[key]])
    .filter((date) => date !== null && date !== undefined)
    .sort();
  return {
    table,
    source,
    run,
    loadedAt,
    mappingHash,
    inputs: batch.watermarks === undefined ? [...inputs.values()] : recent([...inputs.values()], batch.asOf),
    ...(forgotten === undefined ? {} : { forgotten }),
    firstDate: dates[0] ?? null,
    lastDate: dates.at(-1) ?? null,
    ...(standing.length === 0 ? {} : { conflicts: standing }),
    ...(restatements.length === 0 ? {} : { restatements }),
    ...(Object.keys(watermarks).length === 0 ? {} : { watermarks }),
  };
}

interface LoadedOnce {
  readonly batch: Batch;
  /** What of conflicts stood after it. */
  readonly conflicts: readonly Conflict[];
}

/** What was loaded of a source and table: a copy of what the lake held, then batches, in the order of their loads. */
export interface OnceLoaded {
  readonly copy?: LakeCopy;
  readonly batches: readonly LoadedOnce[];
  /** Whether all that was ever loaded is there: the landing zone is cleared of what is old. */
  readonly isComplete: boolean;
}

/**
 * What was ever loaded of a source and table, by the records of the runs, as far as it is still in the landing zone. For
 * making anew what was lost.
 */
export async function onceLoaded(bucket: Bucket, source: string, table: string): Promise<OnceLoaded> {
  const found: LoadedOnce[] = [];
  const copy = await readCopy(bucket, source, table);
  let isComplete = true;
  for await (const { key } of bucket.list('runs/')) {
    if (isIn(copy, key.slice(key.lastIndexOf('/') + 1, -'.json'.length))) continue;
    const manifest = await readStateIfSound<Manifest>(bucket, key);
    isComplete &&= manifest !== undefined;
    const mine = (manifest?.loads ?? []).filter(
      (load) => load.source === source && load.table === table && !isIn(copy, load.run),
    );
    for (const { run, conflicts = [] } of mine) {
      const batch = await readStateIfSound<Batch>(bucket, `${landingPrefix(table, source, run)}_batch.json`);
      isComplete &&= batch !== undefined;
      if (batch) found.push({ batch, conflicts });
    }
  }
  const batches = found.sort((a, b) => (runOrder(a.batch.run) < runOrder(b.batch.run) ? -1 : 1));
  return { ...(copy && { copy }), batches, isComplete };
}

/** The record of what was loaded, made anew; undefined where nothing is known of it. */
export async function loadedAnew(
  bucket: Bucket,
  source: string,
  table: string,
  at: string,
): Promise<LoadedState | undefined> {
  const { copy, batches, isComplete } = await onceLoaded(bucket, source, table);
  let state = copy?.loaded;
  for (const { batch, conflicts } of batches) state = loadedAfter(state, batch, at, conflicts);
  if (state === undefined || isComplete) return state;
  // How far an API was read says nothing where the beginning is gone: it is read from there again.
  const { watermarks: _, ...rest } = state;
  return rest;
}
