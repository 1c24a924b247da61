import type { PullReport } from '../../lake/batch.ts';
import type { ApiSource } from '../../lake/company/api-source.ts';
import type { Platform } from '../../platform/platform.ts';
import type { PullInput } from '../pull-source.ts';

export interface PullApiInput extends PullInput {
  readonly source: ApiSource;
}

/** Being written: see the next commits. */
export async function pullApi(_platform: Platform, input: PullApiInput): Promise<PullReport> {
  throw new Error(`pulling ${input.source.kind} is not built yet`);
}
