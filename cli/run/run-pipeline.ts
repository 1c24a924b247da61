import pLimit from 'p-limit';
import { checkTask } from '../../functions/check/task.ts';
import { judgeTask } from '../../functions/judge/task.ts';
import { noteFinished } from '../../functions/lake/finished.ts';
import type { Manifest } from '../../functions/lake/manifest.ts';
import { type RunRef, type RunRequest, runRef } from '../../functions/lake/run.ts';
import { type ItemOutcome, saveManifest } from '../../functions/lake/run-record.ts';
import { loadTask } from '../../functions/load/task.ts';
import { measureTask } from '../../functions/measure/task.ts';
import { pipeline, type Stage, type StepName } from '../../functions/pipeline.ts';
import { pullTask } from '../../functions/pull/task.ts';
import { reportTask } from '../../functions/report/task.ts';
import { listItems, performItem, type Task } from '../../functions/task.ts';
import type { Context } from '../context.ts';
import type { Progress } from './progress.ts';
import { stageSummary } from './stage-summary.ts';

/** The step of each stage. On AWS each is a function of its own (functions/<step>/handler.ts). */
const tasks: Readonly<Record<StepName, Task<Context>>> = {
  pull: pullTask,
  load: loadTask,
  check: checkTask,
  measure: measureTask,
  judge: judgeTask,
  report: reportTask,
};

/**
 * Walks the pipeline in process. The manifest is written after every stage, so that a run that died can be read; a
 * run that is repeated finds what is done and ends in the same state.
 */
export async function runPipeline(
  context: Context,
  request: RunRequest,
  progress: Progress,
): Promise<Manifest> {
  const { bucket, clock } = context.platform;
  const run = runRef(request, clock.now().toISOString());
  await saveManifest(bucket, run, null);
  for (const stage of pipeline) await walkStage(context, run, stage, progress);
  const at = clock.now().toISOString();
  await noteFinished(bucket, run, at);
  return saveManifest(bucket, run, at);
}

async function walkStage(context: Context, run: RunRef, stage: Stage, progress: Progress): Promise<void> {
  const task = tasks[stage.step];
  const items = await listItems(task, context, run);
  progress.stage(stage, items.length);
  const limit = pLimit(stage.concurrency);
  const results = await Promise.allSettled(
    items.map((item) =>
      limit(async () => progress.item(item, await toTheEnd(() => performItem(task, context, run, item)))),
    ),
  );
  const manifest = await saveManifest(context.platform.bucket, run, null);
  const broken = results.find((result) => result.status === 'rejected');
  if (broken) throw broken.reason;
  progress.done(stageSummary(stage.step, manifest));
}

/** An item that stopped for want of time goes on at once: there is no want of time here. */
async function toTheEnd(perform: () => Promise<ItemOutcome>): Promise<ItemOutcome> {
  for (;;) {
    const outcome = await perform();
    if (outcome.status !== 'unfinished') return outcome;
  }
}
