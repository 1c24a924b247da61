import type { PullReport } from '../lake/batch.ts';
import type { Company, Source } from '../lake/company/company.ts';
import type { Platform } from '../platform/platform.ts';
import { pullFiles } from './sources/files/pull-source.ts';

export interface PullInput {
  readonly company: Company;
  readonly source: Source;
  /** What is dated later is left for later. */
  readonly asOf: string;
  readonly run: string;
  /** When to stop between two parts and report `unfinished`; absent: never. */
  readonly stopAt?: Date;
}

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
  const { pullApi } = await import('./api/pull-api.ts');
  return pullApi(platform, { ...input, source });
}
