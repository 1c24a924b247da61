import { type PullReport, problemOf } from '../lake/landing/batch.ts';
import type { Platform } from '../platform/platform.ts';
import { pullApi } from './api/pull-api.ts';
import { pullFiles } from './files/pull-source.ts';
import type { PullInput } from './pull-input.ts';

/**
 * Pulls one source into the landing zone.
 *
 * - `ok`: there are batches to load. `unchanged`: there is nothing new.
 * - `unfinished`: `stopAt` came first. The batches are complete; load them and call again with the same run.
 * - `failed`: at least one table could not be pulled; `problem` says why. The batches of the other tables are complete
 *   and are returned: load them. Nothing of the failed table is handed over, so that a half is never taken for a whole.
 *
 * Whatever makes a source fail is reported, a bug of Vigie too: the others go on.
 */
export async function pullSource(platform: Platform, input: PullInput): Promise<PullReport> {
  const { source } = input;
  try {
    if ('feeds' in source) return await pullFiles(platform, { ...input, source });
    return await pullApi(platform, { ...input, source });
  } catch (error) {
    const problem = problemOf(error);
    platform.log.error('pull failed', { source: source.name, ...problem });
    return { source: source.name, status: 'failed', batches: [], problem };
  }
}
