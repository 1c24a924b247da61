import type { RunRef } from '../lake/run.ts';
import { type Bucket, readJson } from '../platform/bucket.ts';
import type { Executions } from '../platform/executions.ts';

/** Who is at work, at `state/running.json`: never two runs at once. */
interface Lock {
  readonly run: string;
  readonly execution: string;
  /** ISO UTC. */
  readonly since: string;
}

export const LOCK_KEY = 'state/running.json';

export interface LockPlatform {
  readonly bucket: Bucket;
  readonly executions: Executions;
}

/**
 * Takes the lock for a run; the run that has it otherwise. Taking it twice is harmless. A lock whose execution is no
 * longer at work (aborted, timed out) is taken over.
 */
export async function takeLock(
  platform: LockPlatform,
  run: RunRef,
): Promise<{ readonly heldBy: string | null }> {
  const { bucket, executions } = platform;
  const mine: Lock = { run: run.run, execution: run.execution ?? run.run, since: run.startedAt };
  const body = `${JSON.stringify(mine, null, 2)}\n`;
  if (await bucket.create(LOCK_KEY, body)) return { heldBy: null };
  const held = await readJson<Lock>(bucket, LOCK_KEY);
  if (held?.execution === mine.execution) return { heldBy: null };
  if (held && (await executions.isRunning(held.execution))) return { heldBy: held.run };
  await bucket.remove(LOCK_KEY);
  // Of two that find it abandoned one creates it; the other sees whose it is.
  if (await bucket.create(LOCK_KEY, body)) return { heldBy: null };
  return { heldBy: (await readJson<Lock>(bucket, LOCK_KEY))?.run ?? 'another run' };
}

/** Gives the lock back, if it is this run's. */
export async function releaseLock(bucket: Bucket, run: RunRef): Promise<void> {
  const held = await readJson<Lock>(bucket, LOCK_KEY);
  if (held?.execution === (run.execution ?? run.run)) await bucket.remove(LOCK_KEY);
}
