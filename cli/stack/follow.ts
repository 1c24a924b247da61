import type { Company } from '../../functions/lake/company/company.ts';
import { type Manifest, manifestKey } from '../../functions/lake/run/manifest.ts';
import { readItems, readStage } from '../../functions/lake/run/record.ts';
import { type RunRef, runRef } from '../../functions/lake/run/run.ts';
import { readState } from '../../functions/lake/state/file.ts';
import { addDays } from '../../functions/lake/values/day.ts';
import { businessDate } from '../../functions/lake/values/zone.ts';
import { pipeline, type Stage } from '../../functions/pipeline.ts';
import type { ExecutionFacts, PipelineExecutions } from '../../functions/platform/aws/pipeline-executions.ts';
import type { Bucket } from '../../functions/platform/bucket.ts';
import type { Progress } from '../run/progress.ts';
import { stageSummary } from '../run/stage-summary.ts';

export interface FollowOptions {
  readonly executions: Pick<PipelineExecutions, 'describe'>;
  readonly bucket: Bucket;
  readonly company: Company;
  readonly progress: Progress;
  /** Between two looks. */
  pause(): Promise<void>;
}

/** What came of an execution, and the stage it was at. */
export interface Followed {
  readonly execution: ExecutionFacts;
  readonly run: RunRef;
  /** Undefined before the first stage. */
  readonly stage: Stage | undefined;
}

/**
 * Looks at an execution until it is over, and tells its progress as a local run would: from the records that its steps
 * keep in the bucket (lake/run/record.ts).
 */
export async function follow(options: FollowOptions, arn: string): Promise<Followed> {
  let telling: Telling | undefined;
  for (;;) {
    const execution = await options.executions.describe(arn);
    telling ??= new Telling(options, runOf(execution, options.company));
    // Looked at before the records: what an execution that is over has done is in the bucket.
    await telling.tellNews(execution.status === 'succeeded');
    if (execution.status !== 'running') {
      return { execution, run: telling.run, stage: telling.end() };
    }
    await options.pause();
  }
}

/** The run of an execution, by the rule of functions/run/begin.ts. */
export function runOf({ arn, startedAt, input }: ExecutionFacts, company: Company): RunRef {
  const { date, from, to } = (input ?? {}) as { date?: string; from?: string; to?: string };
  const yesterday = addDays(businessDate(new Date(startedAt), company.company.time_zone), -1);
  const asOf = date ?? to ?? yesterday;
  return runRef({ asOf, from: from ?? asOf }, startedAt, arn);
}

/** What has been told of a run. */
class Telling {
  readonly run: RunRef;
  readonly #options: FollowOptions;
  readonly #told = new Set<string>();
  #stage: Stage | undefined;
  #allTold = false;
  #index = 0;

  constructor(options: FollowOptions, run: RunRef) {
    this.#options = options;
    this.run = run;
  }

  async tellNews(allDone: boolean): Promise<void> {
    for (;;) {
      const stage = pipeline[this.#index];
      if (stage === undefined || !(await this.#tellStage(stage, allDone))) return;
      this.#index += 1;
    }
  }

  /**
   * Leaves the terminal as it was when a stage did not come to its end. Gives the stage at which the run stopped: one
   * whose items are all done did not, the next one could not begin.
   */
  end(): Stage | undefined {
    if (this.#index < pipeline.length) this.#options.progress.stop?.();
    return this.#allTold ? (pipeline[this.#index + 1] ?? this.#stage) : this.#stage;
  }

  /** Tells what is new of a stage; whether it is over, and the next one's turn. */
  async #tellStage(stage: Stage, allDone: boolean): Promise<boolean> {
    const { bucket, progress } = this.#options;
    const items = await readItems(bucket, this.run, stage.step);
    if (items === undefined) return false;
    if (this.#stage !== stage) progress.stage(stage, items.length);
    this.#stage = stage;
    const next = pipeline[this.#index + 1];
    const isOver = next ? (await readItems(bucket, this.run, next.step)) !== undefined : allDone;
    for (const { item, ...outcome } of (await readStage(bucket, this.run, stage.step)) ?? []) {
      const name = `${stage.step} ${item}`;
      if (outcome.status === 'unfinished' || this.#told.has(name)) continue;
      this.#told.add(name);
      progress.item(item, outcome);
    }
    this.#allTold = items.every((item) => this.#told.has(`${stage.step} ${item}`));
    // Written when the next stage begins, and at the end.
    const manifest = isOver ? await readManifest(bucket, this.run) : undefined;
    if (manifest === undefined) return false;
    progress.done(stageSummary(stage.step, manifest));
    return true;
  }
}

export const readManifest = (bucket: Bucket, { asOf, run }: RunRef): Promise<Manifest | undefined> =>
  readState<Manifest>(bucket, manifestKey(asOf, run));
