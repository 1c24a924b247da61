import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Company } from './lake/company/company.ts';
import { readResolvedCompany } from './lake/company/resolved.ts';
import type { ReportedProblem } from './lake/landing/batch.ts';
import { type Deployed, deploymentOf } from './lake/run/live-company.ts';
import { keepLock } from './lake/run/lock.ts';
import { type ItemOutcome, readItems, saveManifest } from './lake/run/record.ts';
import type { RunRef } from './lake/run/run.ts';
import type { Environment } from './platform/aws/aws-environment.ts';
import { powertoolsLog } from './platform/aws/powertools-log.ts';
import { type PipelineMetrics, powertoolsMetrics } from './platform/aws/powertools-metrics.ts';
import { messageOf, VigieError } from './platform/errors.ts';
import type { Log } from './platform/log.ts';
import { discreetLog } from './platform/redact/discreet-log.ts';
import { openRedactor, type Redactor } from './platform/redact/redactor.ts';
import { listItems, performItem, recordBroken, stageBroken, type Task, type TaskContext } from './task.ts';

/** What the state machine asks of a step's function (infra/state-machine). */
export type StepEvent =
  | { readonly do: 'items'; readonly run: RunRef }
  | { readonly do: 'item'; readonly run: RunRef; readonly item: string }
  /** Of an item; without one, of the stage: its items could not be listed. */
  | { readonly do: 'failed'; readonly run: RunRef; readonly item?: string; readonly error: unknown };

export type StepAnswer =
  | { readonly items: readonly string[] }
  | { readonly status: ItemOutcome['status']; readonly detail: string };

/** Of Lambda's own context: how long the call may still last. */
export interface LambdaTime {
  getRemainingTimeInMillis(): number;
}

/** What a function is made of. */
export interface LambdaWorld {
  readonly env: Environment;
  readonly log: Log;
  readonly redactor: Redactor;
  readonly metrics: PipelineMetrics;
  /** When a step should stop of itself and be called again. */
  readonly stopAt: Date;
  /** When the last statement has to have ended, so that what came of it can be kept. */
  readonly deadline: Date;
}

/** Time a pull needs to close its batches. */
const MARGIN_MS = 120_000;
/** Time to stop a statement and to keep its outcome. */
const STATEMENT_MARGIN_MS = 30_000;
/** What Step Functions hands on is small; the whole is in the bucket. */
const MOST_DETAIL = 500;

/** The Lambda function of a step: binds its task to the world that `open` makes. Written once for all steps. */
export function stepHandler<Context extends TaskContext>(
  task: Task<Context>,
  open: (world: LambdaWorld, run: RunRef) => Context | Promise<Context>,
  observe: (
    event: { readonly outcome: ItemOutcome; readonly report: unknown },
    metrics: PipelineMetrics,
  ) => void = () => {},
): (event: StepEvent, lambda: LambdaTime) => Promise<StepAnswer> {
  return async (event, lambda) => {
    const world = worldOf(task.step, event.run.run, lambda);
    try {
      return await answer(task, await open(world, event.run), event, world, observe);
    } catch (error) {
      const clean = world.redactor.error(error);
      world.log.error('step broke off', { step: task.step, message: messageOf(clean) });
      throw stepError(clean);
    } finally {
      world.metrics.publish();
    }
  };
}

async function answer<Context extends TaskContext>(
  task: Task<Context>,
  context: Context,
  event: StepEvent,
  { metrics, log }: LambdaWorld,
  observe: Parameters<typeof stepHandler>[2] & object,
): Promise<StepAnswer> {
  const { bucket } = context.platform;
  if (event.do === 'items') {
    await keepLock(bucket, event.run);
    await saveManifest(bucket, event.run, null);
    const items = await listItems(task, context, event.run);
    if (items.length === 0 && (await readItems(bucket, event.run, task.step))?.includes(task.step))
      metrics.count('StepFailed');
    return { items };
  }
  if (event.do === 'failed') {
    const problem = problemOfError(event.error);
    if (event.item === undefined) await stageBroken(bucket, event.run, task.step, problem);
    else await recordBroken(bucket, event.run, task.step, event.item, problem);
    metrics.count('StepFailed');
    return { status: 'failed', detail: problem.message.slice(0, MOST_DETAIL) };
  }
  const performed = await performItem(task, context, event.run, event.item);
  const { status, detail } = performed;
  if (status === 'failed') metrics.count('StepFailed');
  if (performed.report !== null) observe({ outcome: performed, report: performed.report }, metrics);
  log.info('item', { step: task.step, item: event.item, status, detail: detail.slice(0, MOST_DETAIL) });
  return { status, detail: detail.slice(0, MOST_DETAIL) };
}

/** The function's world of one call. */
export function worldOf(step: string, run: string | undefined, lambda: LambdaTime): LambdaWorld {
  const env = process.env;
  const redactor = openRedactor();
  const stage = env['VIGIE_STAGE'] ?? '';
  const endsAt = Date.now() + lambda.getRemainingTimeInMillis();
  return {
    env,
    redactor,
    log: discreetLog(powertoolsLog({ stage, step, ...(run === undefined ? {} : { run }) }), redactor),
    metrics: powertoolsMetrics({ stage, step }),
    stopAt: new Date(endsAt - MARGIN_MS),
    deadline: new Date(endsAt - STATEMENT_MARGIN_MS),
  };
}

/** Where that is written down. */
export const companyFile = (env: Environment): string =>
  env['VIGIE_COMPANY'] ?? fileURLToPath(new URL('./company.json', import.meta.url));

/** The company that was deployed with this function: a file beside its bundle. */
export const deployedCompany = (env: Environment): Company =>
  readResolvedCompany(readFileSync(companyFile(env), 'utf8'));

/** The same, and the name of the deployment. */
export const deployedHere = (env: Environment): Deployed => ({
  company: deployedCompany(env),
  deployment: deploymentOf(readFileSync(companyFile(env), 'utf8')),
});

/**
 * An error as Step Functions sees it: `RetryableError` is tried again, everything else is not. Code and hint travel in
 * the message, which is all that arrives.
 */
export function stepError(error: unknown): unknown {
  if (!(error instanceof VigieError)) return error;
  const thrown = new Error(`${error.code}: ${error.message}${error.hint ? `\n${error.hint}` : ''}`, {
    cause: error,
  });
  thrown.name = error.retryable ? 'RetryableError' : 'StepError';
  return thrown;
}

/** The problem that an error of Step Functions tells of: `{ Error, Cause }`, where the cause is Lambda's JSON. */
export function problemOfError(error: unknown): ReportedProblem {
  const { Error: name = 'Unknown', Cause: cause = '' } = (error ?? {}) as { Error?: string; Cause?: string };
  const message = messageOfCause(cause) || name;
  const [, code, said, hint] = /^([A-Z][A-Z_]+): ([^\n]*)\n?([\s\S]*)$/.exec(message) ?? [];
  if (code === undefined || said === undefined)
    return { code: 'BROKEN_OFF', message: `${name}: ${message}`, hint: hintFor(name) };
  return { code, message: said, ...(hint ? { hint } : {}) };
}

function messageOfCause(cause: string): string {
  try {
    return (JSON.parse(cause) as { errorMessage?: string }).errorMessage ?? cause;
  } catch {
    return cause;
  }
}

const hintFor = (name: string): string =>
  /timeout|timedout/i.test(name)
    ? 'It took longer than a function may run, several times. Look at its log group; docs/operations/run-broken.md tells what to do.'
    : 'Look at the log group of the function; docs/operations/run-broken.md tells how. If it looks like a mistake of Vigie, please report it.';
