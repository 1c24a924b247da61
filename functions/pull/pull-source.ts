import type { PullReport } from '../lake/batch.ts';
import type { Platform } from '../platform/platform.ts';
import { pullApi } from './api/pull-api.ts';
import type { PullInput } from './pull-input.ts';
import { pullFiles } from './sources/files/pull-source.ts';

/**
 * Pulls one source into the landing zone.
 *
 * - `ok`: there are batches to load. `unchanged`: there is nothing new.
 * - `unfinished`: `stopAt` came first. The batches are complete; load them and call again with the same run.
 * - `failed`: at least one table could not be pulled; `problem` says why. The batches of the other tables are complete
 *   and are returned: load them. Nothing of the failed table is handed over, so that a half is never taken for a whole.
 *
 * What Vigie understands (a `VigieError`) is reported; anything else is a bug and is thrown.
 */
export async function pullSource(platform: Platform, input: PullInput): Promise<PullReport> {
  const { source } = input;
  if ('feeds' in source) return pullFiles(platform, { ...input, source });
  return pullApi(platform, { ...input, source });
}
