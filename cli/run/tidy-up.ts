import { problemOf } from '../../functions/lake/landing/batch.ts';
import { clearExpired, isCopyDue } from '../../functions/lake/run/retention.ts';
import type { RunRef } from '../../functions/lake/run/run.ts';
import { copyLake } from '../../functions/load/lake-copies.ts';
import { forgetLanded } from '../../functions/load/withdraw.ts';
import type { Bucket } from '../../functions/platform/bucket.ts';
import { settleAlerts, settleFigures } from '../../functions/run/settle.ts';
import type { Context } from '../context.ts';

/**
 * The end of a run on one machine: what is older than it is kept goes, once the lake it was made into is copied. (On AWS
 * the bucket clears itself.) What cannot be tidied now is tidied by the next run; no morning fails of it.
 */
export async function tidyUp({ platform, company, catalogue, tables }: Context, run: RunRef): Promise<void> {
  const { bucket, clock, log } = platform;
  const now = clock.now();
  try {
    await forgetLanded(bucket, tables);
    const firstRun = await oldestRun(bucket);
    await copyLake(platform, tables, run, (copy) => isCopyDue(copy, now, firstRun));
    const files = await clearExpired(bucket, { now, rawDays: company.aws.raw_days, asOf: run.asOf });
    if (files > 0) log.info('tidied', { files });
    await settleAlerts(platform, run.asOf);
    for (const kpi of catalogue.kpis) await settleFigures(platform, kpi.id, run.asOf);
  } catch (error) {
    log.error('not tidied', { ...problemOf(error) });
  }
}

/** The first run on record. */
async function oldestRun(bucket: Bucket): Promise<string | undefined> {
  for await (const { key } of bucket.list('runs/'))
    return key.slice(key.lastIndexOf('/') + 1, -'.json'.length);
  return undefined;
}
