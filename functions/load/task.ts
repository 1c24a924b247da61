import { type Batch, type LoadReport, problemOf, type ReportedProblem } from '../lake/landing/batch.ts';
import { readPulls } from '../lake/run/record.ts';
import type { RunRef } from '../lake/run/run.ts';
import type { Tables } from '../lake/tables/tables.ts';
import type { Bucket } from '../platform/bucket.ts';
import { VigieError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import { type Performed, problemLine, type Task } from '../task.ts';
import { bringUpToDate, type Refusals } from './ensure-tables.ts';
import { loadBatch } from './load-batch.ts';
import { rebuildLake } from './rebuild-lake.ts';
import { noteRefused, refusalOf } from './refused-tables.ts';

export interface LoadContext {
  readonly platform: Pick<Platform, 'bucket' | 'engine' | 'clock' | 'log'>;
  readonly tables: Tables;
  /** Where the landing zone has tables of its own (Glue): puts them right, by the names of the lake's. */
  ensureLanding?(): Promise<Refusals>;
}

/** One item a batch, in the order in which they were pulled: of two batches of one table the later has the last word. */
export const loadTask: Task<LoadContext, LoadReport | null> = {
  step: 'load',
  async items({ platform, tables, ensureLanding }, run) {
    const landing = (await ensureLanding?.()) ?? new Map();
    let isNew = false;
    const refusals = await bringUpToDate(platform, tables.all, () => {
      isNew = true;
    });
    await noteRefused(platform, run, new Map([...landing, ...refusals]));
    if (isNew) await rebuildLake(platform, tables, run);
    return (await batchesOf(platform.bucket, run)).map((batch) => itemOf(batch, run));
  },
  async perform({ platform, tables }, run, item) {
    const batch = (await batchesOf(platform.bucket, run)).find((each) => itemOf(each, run) === item);
    if (!batch) throw unknownBatch(item, run);
    const refusal = await refusalOf(platform.bucket, run, batch.table);
    if (refusal) return notLoaded(refusal);
    try {
      return { status: 'ok', detail: 'loaded', report: await loadBatch(platform, batch, tables) };
    } catch (error) {
      if (!(error instanceof VigieError) || error.retryable) throw error;
      return notLoaded(problemOf(error));
    }
  },
};

/** The table keeps what it had; the checks will find it stale, and the source counts as failed in the manifest. */
const notLoaded = (problem: ReportedProblem): Performed<null> => ({
  status: 'failed',
  detail: problemLine(problem),
  report: null,
  problem,
});

const batchesOf = async (bucket: Bucket, run: RunRef): Promise<Batch[]> =>
  (await readPulls(bucket, run)).flatMap((pull) => pull.batches);

/** `sap/orders`; a later part of a pull that took several calls names its own run as well. */
const itemOf = (batch: Batch, run: RunRef): string =>
  [batch.source, batch.table, ...(batch.run === run.run ? [] : [batch.run])].join('/');

const unknownBatch = (item: string, run: RunRef): VigieError =>
  new VigieError(`run ${run.run} pulled no batch ${item}`, {
    code: 'BATCH_UNKNOWN',
    hint: 'Its pull was repeated in the meantime. Run the day again.',
  });
