import {
  type Batch,
  type LoadedState,
  loadedStateKey,
  type ReportedProblem,
} from '../../lake/landing/batch.ts';
import { readState, readStateIfSound } from '../../lake/state/file.ts';
import { writeJson } from '../../platform/bucket.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Slice } from './source.ts';

/**
 * What is left of a pull whose time was over, at `state/pull/<source>/<run>.json`. Written when the batches of a part
 * are complete; the next call with the same run goes on with the next part.
 */
export interface Checkpoint {
  /** ISO UTC. */
  readonly writtenAt: string;
  /** When the first part began: the source's time counts from there. */
  readonly startedAt: string;
  /** Parts that are complete. */
  readonly parts: number;
  readonly remaining: readonly Slice[];
  readonly problems: readonly ReportedProblem[];
  /** Of all complete parts, in order. */
  readonly batches: readonly Batch[];
}

type Needs = Pick<Platform, 'bucket'>;

const keyOf = (source: string, run: string): string => `state/pull/${source}/${run}.json`;

/** One that is damaged counts as not there: the pull begins anew, and what it reads again changes nothing. */
export const readCheckpoint = (
  { bucket }: Needs,
  source: string,
  run: string,
): Promise<Checkpoint | undefined> => readStateIfSound<Checkpoint>(bucket, keyOf(source, run));

export const writeCheckpoint = (
  { bucket }: Needs,
  source: string,
  run: string,
  checkpoint: Checkpoint,
): Promise<void> => writeJson(bucket, keyOf(source, run), checkpoint);

export const removeCheckpoint = ({ bucket }: Needs, source: string, run: string): Promise<void> =>
  bucket.remove(keyOf(source, run));

/** The run's id of a part in the landing zone: parts must not write over each other. */
export const partRun = (run: string, part: number): string => (part === 1 ? run : `${run}.p${part}`);

/** Which part of a run an id names; 0: of another run. */
const partOf = (run: string, id: string): number => {
  if (id === run) return 1;
  return id.startsWith(`${run}.p`) ? Number(id.slice(run.length + 2)) : 0;
};

/**
 * Batches of earlier parts that are not in the lake yet: whoever was handed them may have died. They are handed over
 * again, before those of this part. Where another run was loaded since, they are not: that run read the same again, and
 * later, so an older word would come last.
 */
export async function notLoaded({ bucket }: Needs, run: string, checkpoint: Checkpoint): Promise<Batch[]> {
  const waiting: Batch[] = [];
  for (const batch of checkpoint.batches) {
    const state = await readState<LoadedState>(bucket, loadedStateKey(batch.source, batch.table));
    const part = partOf(run, state?.run ?? '');
    const overtaken = state !== undefined && part === 0 && state.loadedAt > checkpoint.writtenAt;
    if (!overtaken && part < partOf(run, batch.run)) waiting.push(batch);
  }
  return waiting;
}
