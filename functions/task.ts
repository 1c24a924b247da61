import { problemOf, type ReportedProblem } from './lake/landing/batch.ts';
import { type ItemOutcome, readRecord, writeItems, writeRecord } from './lake/run/record.ts';
import type { RunRef } from './lake/run/run.ts';
import type { StepName } from './pipeline.ts';
import type { Bucket } from './platform/bucket.ts';
import type { Clock } from './platform/clock.ts';
import { VigieError } from './platform/errors.ts';
import { openRedactor, type Redactor } from './platform/redact/redactor.ts';

/**
 * A step as the pipeline sees it: what it fans out over, and what it does with one item. The command line and the
 * Lambda functions call the same two; what comes of an item is kept in the bucket (lake/run/record.ts), so that the
 * next step finds it whoever ran the one before.
 */
export interface Task<Context extends TaskContext = TaskContext, Report = unknown> {
  readonly step: StepName;
  /** The items of a run, in order: names of sources, batches, KPIs. Called once a stage, before any item. */
  items(context: Context, run: RunRef): Promise<readonly string[]>;
  /** Does one item. What is wrong with one thing in it becomes an outcome; anything thrown breaks off this item alone. */
  perform(context: Context, run: RunRef, item: string): Promise<Performed<Report>>;
}

/** The least that every task is given; tasks ask for more. */
export interface TaskContext {
  readonly platform: { readonly bucket: Bucket; readonly clock: Clock; readonly redactor?: Redactor };
}

export interface Performed<Report> extends ItemOutcome {
  readonly report: Report;
}

/**
 * Lists a stage's items and notes them. A stage of which they cannot be listed has none: it is recorded as broken, under
 * its own name, and the run goes on. Throws what may go well when it is tried again.
 */
export async function listItems<Context extends TaskContext>(
  task: Task<Context>,
  context: Context,
  run: RunRef,
): Promise<readonly string[]> {
  const { bucket } = context.platform;
  try {
    const items = await task.items(context, run);
    // Once more: nothing of the stage would be done for want of one small file.
    await writeItems(bucket, run, task.step, items).catch(() => writeItems(bucket, run, task.step, items));
    return items;
  } catch (error) {
    if (error instanceof VigieError && error.retryable) throw error;
    await stageBroken(bucket, run, task.step, problemOf(error));
    return [];
  }
}

/** Notes that a stage could not begin. */
export async function stageBroken(
  bucket: Bucket,
  run: RunRef,
  step: StepName,
  problem: ReportedProblem,
): Promise<void> {
  await writeItems(bucket, run, step, [step]);
  await recordBroken(bucket, run, step, step, problem);
}

/**
 * Does an item and keeps what came of it. Doing it again is harmless: every step is idempotent. Whatever is thrown ends
 * this item and nothing else: it is recorded as failed, and told. Throws what may go well when it is tried again.
 */
export async function performItem<Context extends TaskContext>(
  task: Task<Context>,
  context: Context,
  run: RunRef,
  item: string,
): Promise<Performed<unknown>> {
  const { bucket, redactor = openRedactor() } = context.platform;
  let performed: Performed<unknown>;
  try {
    // What a step says goes from here into records, mails and the terminal.
    performed = redactor.value(await task.perform(context, run, item));
  } catch (error) {
    if (error instanceof VigieError && error.retryable) throw error;
    const problem = redactor.value(problemOf(error));
    return { ...(await recordBroken(bucket, run, task.step, item, problem)), report: null };
  }
  await writeRecord(bucket, run, task.step, { item, ...performed });
  return performed;
}

/**
 * Notes that an item broke off (time-out, a bug, an outage that outlasted every retry), so that it is told of. What an
 * earlier try of it had reported stays in the record.
 */
export async function recordBroken(
  bucket: Bucket,
  run: RunRef,
  step: StepName,
  item: string,
  problem: ReportedProblem,
): Promise<ItemOutcome> {
  const earlier = await readRecord(bucket, run, step, item);
  const outcome = { status: 'failed', detail: problemLine(problem), problem } as const;
  await writeRecord(bucket, run, step, { item, ...outcome, report: earlier?.report ?? null });
  return outcome;
}

export const problemLine = (problem: ReportedProblem): string =>
  problem.hint ? `${problem.message} ${problem.hint}` : problem.message;

/** `1 row`, `2,000 rows`. */
export const counted = (n: number, noun: string): string =>
  `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`;
