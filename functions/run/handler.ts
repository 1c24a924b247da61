import { deployedCatalogue } from '../deployed-catalogue.ts';
import { deployedTables, ownFolderOf } from '../deployed-tables.ts';
import { liveCompany } from '../lake/run/live-company.ts';
import type { RunRef } from '../lake/run/run.ts';
import { type MaintenanceAt, maintainTable } from '../load/maintain-tables.ts';
import { forgetLanded } from '../load/withdraw.ts';
import { engineFromEnv } from '../platform/aws/athena-engine.ts';
import { withDeadline } from '../platform/aws/deadline.ts';
import { executionsFromEnv } from '../platform/aws/executions.ts';
import { lambdaClock } from '../platform/aws/lambda-clock.ts';
import { bucketFromEnv } from '../platform/aws/s3-bucket.ts';
import { announcerFromEnv, chatAnnouncerFromEnv } from '../platform/aws/sns-announcer.ts';
import { warm } from '../platform/aws/warm.ts';
import { messageOf } from '../platform/errors.ts';
import {
  deployedHere,
  type LambdaTime,
  type LambdaWorld,
  problemOfError,
  stepError,
  worldOf,
} from '../step-handler.ts';
import { begin } from './begin.ts';
import { type BrokenExecution, broken } from './broken.ts';
import { end } from './end.ts';
import { readOwnFiles } from './own-files.ts';
import { MONTHS, settleMonths } from './settle.ts';
import { daysToSunset } from './sunset.ts';
import { watch } from './watch.ts';

// Kept while the instance is warm.
const bucket = warm(bucketFromEnv);
const engine = warm(engineFromEnv);
const announcer = warm(announcerFromEnv);
const chat = warm(chatAnnouncerFromEnv);
const executions = warm(executionsFromEnv);
const deployed = warm(deployedHere);
const catalogue = warm(deployedCatalogue);
const own = warm((env) => readOwnFiles(ownFolderOf(env)));
const tables = warm(deployedTables);

/** What the state machines and schedules ask of this function. */
export type RunEvent =
  | { readonly do: 'begin'; readonly execution: string; readonly startedAt: string; readonly input?: unknown }
  | { readonly do: 'end'; readonly run: RunRef }
  | {
      readonly do: 'broken';
      readonly event: BrokenExecution & { readonly error?: string; readonly cause?: string };
    }
  | { readonly do: 'watch' }
  | { readonly do: 'maintain'; readonly item?: string; readonly at?: MaintenanceAt };

/** The function around the steps: begins and ends runs, watches that they happen, looks after the tables. */
export async function handler(event: RunEvent, lambda: LambdaTime): Promise<unknown> {
  const run = 'run' in event ? event.run.run : undefined;
  const world = worldOf('run', run, lambda);
  try {
    return await answers[event.do](event as never, world);
  } catch (error) {
    const clean = world.redactor.error(error);
    world.log.error('run function broke off', { doing: event.do, message: messageOf(clean) });
    throw stepError(clean);
  } finally {
    world.metrics.publish();
  }
}

type Asked<Do extends RunEvent['do']> = Extract<RunEvent, { readonly do: Do }>;
type Answers = {
  readonly [Do in RunEvent['do']]: (event: Asked<Do>, world: LambdaWorld) => Promise<unknown>;
};

const answers: Answers = {
  async begin({ execution, startedAt, input }, { env, log }) {
    const platform = { bucket: bucket(env), executions: executions(env), log };
    const begun = await begin(platform, {
      deployed: deployed(env),
      catalogue: catalogue(env),
      own: own(env),
      ...{ execution, startedAt, input },
    });
    log.info('run begins', { status: begun.status, run: begun.run.run, from: begun.run.from });
    return begun;
  },
  async end({ run }, { env, log, metrics }) {
    await forgetLanded(bucket(env), tables(env));
    const manifest = await end({ bucket: bucket(env), clock: lambdaClock }, run);
    metrics.count('RunFinished');
    const sunset = daysToSunset(manifest, lambdaClock.now().toISOString().slice(0, 10));
    if (sunset !== null) metrics.count('DaysToSunset', sunset);
    log.info('run ended', { run: run.run, seconds: secondsBetween(manifest.startedAt, manifest.finishedAt) });
    return { run: run.run, finishedAt: manifest.finishedAt };
  },
  async broken({ event }, { env, log, metrics }) {
    const problem = problemOfError({ Error: event.error ?? event.status, Cause: event.cause ?? '' });
    const platform = { bucket: bucket(env), announcer: announcer(env), chat: chat(env) };
    const run = await broken(platform, event, problem);
    metrics.count('RunBroken');
    log.error('run broken', { run: run?.run, status: event.status, code: problem.code });
    return problem;
  },
  async watch(_, { env, log, metrics }) {
    const { company } = await liveCompany(bucket(env), deployed(env), catalogue(env));
    const watched = await watch({ bucket: bucket(env), clock: lambdaClock }, company);
    metrics.count('DigestsExpected', watched.expected);
    metrics.count('DigestsMissing', watched.missing);
    log.info('watched', { ...watched });
    return watched;
  },
  async maintain({ item, at }, { env, log, metrics, deadline }) {
    const known = tables(env);
    if (item === undefined || (item !== MONTHS && !known.has(item)))
      return { items: [...known.names, MONTHS] };
    const report =
      item === MONTHS
        ? await settleMonths({ bucket: bucket(env), log }, at)
        : await maintainTable({ engine: withDeadline(engine(env), deadline), log }, known.table(item), at);
    if (report.status === 'failed') metrics.count('MaintenanceFailed');
    return report;
  },
};

const secondsBetween = (from: string, to: string | null): number =>
  to === null ? 0 : (Date.parse(to) - Date.parse(from)) / 1000;
