import { type Batch, type Conflict, type LoadedState, loadedStateKey } from '../lake/landing/batch.ts';
import { loadedAfter } from '../lake/run/loaded.ts';
import { readState } from '../lake/state/file.ts';
import { writeJson } from '../platform/bucket.ts';
import type { Platform } from '../platform/platform.ts';

/**
 * Notes that a batch is in the lake. Written after the MERGE: a run that dies between the two merges the same batch
 * once more, which changes nothing.
 */
export async function recordLoaded(
  platform: Pick<Platform, 'bucket' | 'clock'>,
  batch: Batch,
  conflicts: readonly Conflict[] = [],
): Promise<LoadedState> {
  const key = loadedStateKey(batch.source, batch.table);
  const earlier = await readState<LoadedState>(platform.bucket, key);
  const state = loadedAfter(earlier, batch, platform.clock.now().toISOString(), conflicts);
  await writeJson(platform.bucket, key, state);
  return state;
}
