import pLimit from 'p-limit';
import { checkTask } from '../../functions/check/task.ts';
import { judgeTask } from '../../functions/judge/task.ts';
import type { Push } from '../../functions/lake/company/push.ts';
import { problemOf } from '../../functions/lake/landing/batch.ts';
import { noteFinished } from '../../functions/lake/run/finished.ts';
import type { Manifest } from '../../functions/lake/run/manifest.ts';
import { mendState } from '../../functions/lake/run/mend-state.ts';
import { type ItemOutcome, saveManifest } from '../../functions/lake/run/record.ts';
import { type RunRef, type RunRequest, runRef } from '../../functions/lake/run/run.ts';
import { loadTask } from '../../functions/load/task.ts';
import { type MeasureContext, measureTask } from '../../functions/measure/task.ts';
import { Together } from '../../functions/measure/together.ts';
import { pipeline, type Stage, type StepName } from '../../functions/pipeline.ts';
import { pullTask } from '../../functions/pull/task.ts';
import { dataManagerList } from '../../functions/push/google-data-manager.ts';
import { type ReportContext, reportTask } from '../../functions/report/task.ts';
import { listItems, performItem, recordBroken, stageBroken, type Task } from '../../functions/task.ts';
import type { Context } from '../context.ts';
import type { Progress } from './progress.ts';
import { stageSummary } from './stage-summary.ts';
import { tidyUp } from './tidy-up.ts';

/** `mail: false`: mails are written as files, nobody is sent anything. */
type GivenContext = Context & Pick<ReportContext, 'mail'>;
type RunContext = GivenContext & Pick<MeasureContext, 'audienceList'>;

/** The step of each stage. On AWS each is a function of its own (functions/<step>/handler.ts). */
const tasks: Readonly<Record<StepName, Task<RunContext>>> = {
  pull: pullTask,
  load: loadTask,
  check: checkTask,
  measure: measureTask,
  judge: judgeTask,
  report: reportTask,
};

/**
 * Walks the pipeline in process. The manifest is written after every stage, so that a run that died can be read; a
 * run that is repeated finds what is done and ends in the same state. Nothing that goes wrong in a stage ends the run:
 * it is recorded, and the mails tell of it.
 */
export async function runPipeline(
  given: GivenContext,
  request: RunRequest,
  progress: Progress,
): Promise<Manifest> {
  const context = {
    ...given,
    together: new Together(),
    audienceList: (push: Push) => dataManagerList(given.platform, push),
  };
  const { bucket, clock } = context.platform;
  const run = runRef(request, clock.now().toISOString());
  await save(context, run);
  await mend(context, run);
  for (const stage of pipeline) await walkStage(context, run, stage, progress);
  const at = clock.now().toISOString();
  await noteFinished(bucket, run, at);
  const manifest = await saveManifest(bucket, run, at);
  await tidyUp(context, run);
  return manifest;
}

/** The manifest so far. One that cannot be written now is written after the next stage. */
async function save({ platform }: Context, run: RunRef): Promise<Manifest | undefined> {
  try {
    return await saveManifest(platform.bucket, run, null);
  } catch (error) {
    platform.log.error('manifest not written', { ...problemOf(error) });
    return undefined;
  }
}

/** What a run cannot look at now it meets later, where it is contained. */
async function mend({ platform }: Context, run: RunRef): Promise<void> {
  try {
    await mendState(platform, run);
  } catch (error) {
    platform.log.error('state not looked at', { ...problemOf(error) });
  }
}

async function walkStage(context: RunContext, run: RunRef, stage: Stage, progress: Progress): Promise<void> {
  const task = tasks[stage.step];
  const items = await itemsOf(task, context, run);
  progress.stage(stage, items.length);
  const limit = pLimit(stage.concurrency);
  // Whatever becomes of one item, the others are done, and people are told.
  await Promise.allSettled(
    items.map((item) => limit(async () => progress.item(item, await toTheEnd(task, context, run, item)))),
  );
  const manifest = await save(context, run);
  if (manifest) progress.done(stageSummary(stage.step, manifest));
}

/** A stage that cannot begin is noted as broken, and the run goes on. */
async function itemsOf(task: Task<RunContext>, context: RunContext, run: RunRef): Promise<readonly string[]> {
  try {
    return await listItems(task, context, run);
  } catch (error) {
    const { bucket, log, redactor } = context.platform;
    const problem = redactor.value(problemOf(error));
    log.error('stage broken', { step: task.step, ...problem });
    await stageBroken(bucket, run, task.step, problem).catch((second: unknown) =>
      log.error('stage not recorded', { step: task.step, ...problemOf(second) }),
    );
    return [];
  }
}

/**
 * Does an item to its end: one that stopped for want of time goes on at once, since there is no want of time here. What
 * it throws may go well another time, but not this morning: it is recorded as broken off.
 */
async function toTheEnd(
  task: Task<RunContext>,
  context: RunContext,
  run: RunRef,
  item: string,
): Promise<ItemOutcome> {
  try {
    for (;;) {
      const outcome = await performItem(task, context, run, item);
      if (outcome.status !== 'unfinished') return outcome;
    }
  } catch (error) {
    const { bucket, redactor } = context.platform;
    return recordBroken(bucket, run, task.step, item, redactor.value(problemOf(error)));
  }
}
