import { deployedCatalogue } from '../deployed-catalogue.ts';
import type { Company } from '../lake/company/company.ts';
import { companyOfRun, liveCompany } from '../lake/run/live-company.ts';
import { assemble } from '../platform/aws/assemble.ts';
import { lambdaClock } from '../platform/aws/lambda-clock.ts';
import { bucketFromEnv } from '../platform/aws/s3-bucket.ts';
import { secretsFromEnv } from '../platform/aws/secrets-manager.ts';
import { mailerFromEnv } from '../platform/aws/ses-mailer.ts';
import { announcerFromEnv, chatAnnouncerFromEnv } from '../platform/aws/sns-announcer.ts';
import { warm } from '../platform/aws/warm.ts';
import { messageOf } from '../platform/errors.ts';
import { fetchHttp } from '../platform/fetch-http.ts';
import {
  deployedHere,
  type LambdaTime,
  type LambdaWorld,
  type StepAnswer,
  type StepEvent,
  stepError,
  stepHandler,
  worldOf,
} from '../step-handler.ts';
import { linkMaker } from './link-maker.ts';
import { type ReportContext, reportTask } from './task.ts';
import { type DueOfDay, failedIn, tellDue } from './tell-due.ts';

// Kept while the instance is warm.
const bucket = warm(bucketFromEnv);
const mailer = warm(mailerFromEnv);
const announcer = warm(announcerFromEnv);
const chat = warm(chatAnnouncerFromEnv);
const secrets = warm(secretsFromEnv);
const deployed = warm(deployedHere);
const catalogue = warm(deployedCatalogue);

const contextOf = ({ env, log, redactor }: LambdaWorld, told: Company): ReportContext => ({
  platform: assemble('report', {
    bucket: bucket(env),
    mailer: mailer(env),
    clock: lambdaClock,
    http: fetchHttp(),
    secrets: secrets(env),
    log,
    redactor,
  }),
  company: told,
  catalogue: catalogue(env),
  announcer: announcer(env),
  chat: chat(env),
  links: linkMaker(env, secrets(env)),
  // The timetable calls every hour (infra/constructs/timetable.ts).
  hourly: true,
});

const step = stepHandler(reportTask, async (world, run) =>
  // Whom to tell, and of what, may have changed since the deployment.
  contextOf(world, await companyOfRun(bucket(world.env), run, deployed(world.env).company)),
);

/** Tells whose hour has come; what fails is logged and counted as it is within a run, and tried again the next hour. */
async function tell(world: LambdaWorld): Promise<readonly DueOfDay[]> {
  const { env, log, metrics } = world;
  const { company } = await liveCompany(bucket(env), deployed(env), catalogue(env));
  const days = await tellDue(contextOf(world, company));
  const failed = failedIn(days).length;
  if (failed > 0) metrics.count('StepFailed', failed);
  for (const day of days) {
    const { asOf, mails, waits, heldBy } = day;
    const told = mails.filter(({ status }) => status === 'sent').length;
    const facts = { asOf, told, failed: failedIn([day]).length, waits: waits.length };
    log.info('told by the hour', { ...facts, ...(heldBy !== undefined && { heldBy }) });
  }
  return days;
}

/** What the state machine asks of the step, and the timetable every hour. */
export async function handler(
  event: StepEvent | { readonly do: 'tell' },
  lambda: LambdaTime,
): Promise<StepAnswer | readonly DueOfDay[]> {
  if (event.do !== 'tell') return step(event, lambda);
  const world = worldOf('report', undefined, lambda);
  try {
    return await tell(world);
  } catch (error) {
    const clean = world.redactor.error(error);
    world.log.error('telling by the hour broke off', { message: messageOf(clean) });
    throw stepError(clean);
  } finally {
    world.metrics.publish();
  }
}
