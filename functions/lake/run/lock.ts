import type { Bucket } from '../../platform/bucket.ts';
import { VigieError } from '../../platform/errors.ts';
import type { Executions } from '../../platform/executions.ts';
import { readStateIfSound } from '../state/file.ts';
import type { RunRef } from './run.ts';

/**
 * Which run is at work: never two at once. A bucket can create an object only if there is none, but not replace one only
 * if it is still the same; so the lock is a row of numbered claims, and nothing is ever taken away from somebody:
 *
 *     work/lock/000007.json         the claim: whose turn it is (its `RunRef`)
 *     work/lock/000007.over.json    … and that it is over
 *
 * The claim with the highest number counts. Whoever finds it over, or its execution gone, creates the next one: of
 * several only one can.
 */
const FOLDER = 'work/lock/';
const keyOf = (turn: number): string => `${FOLDER}${String(turn).padStart(6, '0')}.json`;
const overKey = (turn: number): string => keyOf(turn).replace('.json', '.over.json');

interface Claim {
  readonly turn: number;
  readonly isOver: boolean;
  readonly run: RunRef | undefined;
}

const executionOf = (run: RunRef): string => run.execution ?? run.run;
const isSame = (one: RunRef | undefined, other: RunRef): boolean =>
  one !== undefined && executionOf(one) === executionOf(other);

async function lastClaim(bucket: Bucket): Promise<Claim> {
  let [turn, over] = [0, 0];
  for await (const { key } of bucket.list(FOLDER)) {
    const [, digits, word] = /(\d+)(\.over)?\.json$/.exec(key) ?? [];
    if (word === undefined) turn = Math.max(turn, Number(digits));
    else over = Math.max(over, Number(digits));
  }
  const run = turn === 0 ? undefined : await readStateIfSound<RunRef>(bucket, keyOf(turn));
  return { turn, isOver: over >= turn, run };
}

/** Claims the turn after `last`; false when somebody else did. Claims long over are cleared away. */
async function claimNext(bucket: Bucket, last: Claim, run: RunRef): Promise<boolean> {
  if (!(await bucket.create(keyOf(last.turn + 1), `${JSON.stringify(run, null, 2)}\n`))) return false;
  for (const key of [keyOf(last.turn - 1), overKey(last.turn - 1)])
    if (last.turn > 1) await bucket.remove(key);
  return true;
}

/** The run at work; undefined when none is. */
export async function readLock(bucket: Bucket): Promise<RunRef | undefined> {
  const last = await lastClaim(bucket);
  return last.isOver ? undefined : last.run;
}

/**
 * Takes the lock; gives the run that has it otherwise. Taking it twice is harmless. A lock whose execution is no longer
 * at work (aborted, timed out) is taken over.
 */
export async function takeLock(
  { bucket, executions }: { readonly bucket: Bucket; readonly executions: Executions },
  run: RunRef,
): Promise<RunRef | null> {
  const last = await lastClaim(bucket);
  if (!last.isOver && last.run) {
    if (isSame(last.run, run)) return null;
    if (await executions.isRunning(executionOf(last.run))) return last.run;
  }
  if (await claimNext(bucket, last, run)) return null;
  const { run: winner } = await lastClaim(bucket);
  return winner === undefined || isSame(winner, run) ? null : winner;
}

/**
 * Makes sure that a run still has the lock, at the beginning of each of its stages: one that broke off has lost it, and
 * takes it again when it is redriven. Throws `RUN_BUSY` when another run has begun in the meantime.
 */
export async function keepLock(bucket: Bucket, run: RunRef): Promise<void> {
  const last = await lastClaim(bucket);
  if (!last.isOver && isSame(last.run, run)) return;
  if (last.isOver && (await claimNext(bucket, last, run))) return;
  const holder = (await lastClaim(bucket)).run;
  if (isSame(holder, run)) return;
  throw new VigieError(`run ${run.run} was resumed while ${holder?.run ?? 'another run'} is at work`, {
    code: 'RUN_BUSY',
    hint: 'Wait for the other run to end. If it did the same days, there is nothing left to resume.',
  });
}

/** Gives the lock back, if it is this execution's; the run that had it. */
export async function releaseLock(bucket: Bucket, execution: string): Promise<RunRef | undefined> {
  const last = await lastClaim(bucket);
  if (last.isOver || !last.run || executionOf(last.run) !== execution) return undefined;
  await bucket.write(overKey(last.turn), '{}\n');
  return last.run;
}
