import {
  type Batch,
  type BatchInput,
  type Conflict,
  type LoadedState,
  loadedStateKey,
} from '../lake/batch.ts';
import { readJson, writeJson } from '../platform/bucket.ts';
import type { Platform } from '../platform/platform.ts';

/** A source that is wrong every day need not fill its state with it. */
const MOST_CONFLICTS = 100;

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
  const earlier = await readJson<LoadedState>(platform.bucket, key);
  const state = loadedAfter(earlier, batch, platform.clock.now().toISOString(), conflicts);
  await writeJson(platform.bucket, key, state);
  return state;
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
  const isOld = ({ run, more }: Conflict): boolean =>
    more === true && run !== batch.run && earlier?.mappingHash !== mappingHash;
  const standing = conflicts.filter((conflict) => !isOld(conflict)).slice(-MOST_CONFLICTS);
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
    inputs: [...inputs.values()],
    firstDate: dates[0] ?? null,
    lastDate: dates.at(-1) ?? null,
    ...(standing.length === 0 ? {} : { conflicts: standing }),
    ...(Object.keys(watermarks).length === 0 ? {} : { watermarks }),
  };
}
