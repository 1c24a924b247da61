import { type Bucket, writeJson } from '../../platform/bucket.ts';
import { isDamage, readState, readStateIfSound } from '../state/file.ts';
import { addDays } from '../values/day.ts';
import type { Manifest } from './manifest.ts';
import type { RunRef } from './run.ts';

/** The latest as-of date for which a run came to its end, at `state/finished.json`. */
export interface Finished {
  readonly asOf: string;
  readonly run: string;
  /** ISO UTC. */
  readonly at: string;
}

export const FINISHED_KEY = 'state/finished.json';
/** Days that are caught up at most; a longer gap is a back-fill, which somebody should want. */
export const MOST_CAUGHT_UP = 31;

/** The last day that is done. A damaged record is made from those of the runs. */
export async function readFinished(bucket: Bucket): Promise<Finished | undefined> {
  try {
    return await readState<Finished>(bucket, FINISHED_KEY);
  } catch (error) {
    if (isDamage(error)) return finishedByRuns(bucket);
    throw error;
  }
}

/** The same, from the records of the runs. */
export async function finishedByRuns(bucket: Bucket): Promise<Finished | undefined> {
  const keys: string[] = [];
  for await (const { key } of bucket.list('runs/')) keys.push(key);
  for (const key of keys.reverse()) {
    const manifest = await readStateIfSound<Manifest>(bucket, key);
    if (manifest?.finishedAt) return { asOf: manifest.asOf, run: manifest.run, at: manifest.finishedAt };
  }
  return undefined;
}

/** Notes that a run came to its end. An earlier day that is run again moves nothing. */
export async function noteFinished(bucket: Bucket, run: RunRef, at: string): Promise<void> {
  const known = await readFinished(bucket);
  if (known !== undefined && known.asOf > run.asOf) return;
  await writeJson(bucket, FINISHED_KEY, { asOf: run.asOf, run: run.run, at } satisfies Finished);
}

/**
 * First day that a run for `asOf` should judge: the day after the last one that was finished, so that days on which
 * nothing ran (an outage, a machine switched off) are caught up.
 */
export async function firstDayMissed(bucket: Bucket, asOf: string): Promise<string> {
  const finished = await readFinished(bucket);
  if (finished === undefined || finished.asOf >= asOf) return asOf;
  const earliest = addDays(asOf, 1 - MOST_CAUGHT_UP);
  const next = addDays(finished.asOf, 1);
  return [earliest, next].toSorted().at(-1) as string;
}
