import { setTimeout as sleep } from 'node:timers/promises';
import { readLock } from '../../functions/lake/run/lock.ts';
import type { Manifest } from '../../functions/lake/run/manifest.ts';
import {
  type PipelineExecutions,
  pipelineExecutionsFromEnv,
} from '../../functions/platform/aws/pipeline-executions.ts';
import type { Bucket } from '../../functions/platform/bucket.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { problemOfError } from '../../functions/step-handler.ts';
import type { Context } from '../context.ts';
import { interruptible } from '../interrupt.ts';
import type { Progress } from '../run/progress.ts';
import type { DeployedStack } from './find-stack.ts';
import { type Followed, follow, readManifest } from './follow.ts';

/** What the state machine takes (functions/run/begin.ts): nothing is yesterday, with the days before it that were missed. */
export type StackRunInput =
  | Readonly<Record<string, never>>
  | { readonly date: string }
  | { readonly from: string; readonly to: string };

export interface StackRun {
  /** The context of a stack. */
  readonly context: Context & { readonly stack: DeployedStack };
  readonly progress: Progress;
  readonly executions?: PipelineExecutions;
  /** Between two looks at the execution; default two seconds. */
  readonly pause?: () => Promise<void>;
}

const PAUSE_MS = 2_000;

/** Starts an execution; its ARN. The same days asked for twice within a minute are one execution. */
export async function startOnStack({ context, executions }: StackRun, input: StackRunInput): Promise<string> {
  const { platform, stack } = context;
  const minute = platform.clock.now().toISOString().slice(0, 16).replaceAll(/[-:]/g, '');
  const days = Object.values(input).join('_') || 'yesterday';
  const name = `by-hand_${days}_${minute}`;
  return (executions ?? pipelineExecutionsFromEnv(stack.env)).start(name, input);
}

/**
 * Resumes the last execution that failed, where it failed; its ARN. Throws `RUN_BUSY` while another is at work,
 * `NOTHING_TO_REDRIVE`, and what Step Functions says of one that it cannot redrive.
 */
export async function redriveOnStack({ context, executions }: StackRun): Promise<string> {
  const { platform, stack } = context;
  const pipeline = executions ?? pipelineExecutionsFromEnv(stack.env);
  if (await pipeline.newest('running')) throw await busy(platform.bucket, stack.name);
  const failed = await pipeline.newest('failed', 'timed out', 'aborted');
  if (failed === undefined)
    throw new VigieError(`no execution of ${stack.name} has failed`, {
      code: 'NOTHING_TO_REDRIVE',
      hint: `To run a day again: vigie run --stack ${stack.name} --date …`,
    });
  await pipeline.redrive(failed);
  return failed;
}

/** Follows an execution to its end; its manifest, or null where there was nothing to do. Throws `RUN_BUSY`, `RUN_BROKEN`. */
export async function followOnStack(run: StackRun, arn: string): Promise<Manifest | null> {
  const { platform, company, stack } = run.context;
  const options = {
    executions: run.executions ?? pipelineExecutionsFromEnv(stack.env),
    bucket: platform.bucket,
    company,
    progress: run.progress,
    pause: run.pause ?? (() => sleep(PAUSE_MS)),
  };
  const words = 'The run goes on without this command; `vigie doctor --stack` tells what came of it.';
  const followed = await interruptible(() => follow(options, arn), words);
  const { execution } = followed;
  if (execution.status !== 'succeeded') throw broken(followed, stack.name);
  const { status } = (execution.output ?? {}) as { readonly status?: string };
  if (status === 'busy') throw await busy(platform.bucket, stack.name);
  if (status === 'nothing') return null;
  const manifest = await readManifest(platform.bucket, followed.run);
  if (manifest) return manifest;
  throw new VigieError(`the execution ${arn} is over, and left no record of run ${followed.run.run}`, {
    code: 'RUN_UNKNOWN',
    hint: 'Another version of Vigie may be deployed than the one that you use here: deploy again, or use that one.',
  });
}

async function busy(bucket: Bucket, stack: string): Promise<VigieError> {
  const held = await readLock(bucket);
  const holder = held ? `${held.run}, since ${held.startedAt},` : 'another run';
  return new VigieError(`${holder} is at work on ${stack}: nothing was started`, {
    code: 'RUN_BUSY',
    hint: `Two runs never work at once. Start again when it is over; vigie doctor --stack ${stack} shows it.`,
  });
}

const WORDS: Readonly<Record<string, string>> = {
  failed: 'broke off',
  'timed out': 'took longer than a run may, and was ended,',
  aborted: 'was stopped by somebody',
};

function broken({ execution, run, stage }: Followed, stack: string): VigieError {
  const { Error: name, Cause } = execution.error;
  const problem = problemOfError({ Error: name || execution.status, Cause });
  const where = stage === undefined ? 'before its first step' : `in ${stage.step}`;
  const why = name === '' ? '' : `: ${problem.message}`;
  return new VigieError(`run ${run.run} ${WORDS[execution.status]} ${where}${why}`, {
    code: 'RUN_BROKEN',
    hint: [
      ...(name !== '' && problem.hint ? [problem.hint] : []),
      `What it had done is kept. Once the cause is mended: vigie run --stack ${stack} --redrive goes on where it broke off; docs/operations/run-broken.md says more.`,
    ].join('\n'),
  });
}
