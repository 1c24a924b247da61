import { deployedCatalogue } from '../deployed-catalogue.ts';
import { checkedKey, LINK_SECRET } from '../lake/alerts/link.ts';
import { companyOfRun } from '../lake/run/live-company.ts';
import { assemble } from '../platform/aws/assemble.ts';
import type { Environment } from '../platform/aws/aws-environment.ts';
import { lambdaClock } from '../platform/aws/lambda-clock.ts';
import { bucketFromEnv } from '../platform/aws/s3-bucket.ts';
import { secretsFromEnv } from '../platform/aws/secrets-manager.ts';
import { mailerFromEnv } from '../platform/aws/ses-mailer.ts';
import { announcerFromEnv, chatAnnouncerFromEnv } from '../platform/aws/sns-announcer.ts';
import { warm } from '../platform/aws/warm.ts';
import { fetchHttp } from '../platform/fetch-http.ts';
import { deployedCompany, stepHandler } from '../step-handler.ts';
import { type ReportContext, reportTask } from './task.ts';

// Kept while the instance is warm.
const bucket = warm(bucketFromEnv);
const mailer = warm(mailerFromEnv);
const announcer = warm(announcerFromEnv);
const chat = warm(chatAnnouncerFromEnv);
const secrets = warm(secretsFromEnv);
const company = warm(deployedCompany);
const catalogue = warm(deployedCatalogue);

/** Undefined where the stack answers no links (`aws.links`). */
function linksFromEnv(env: Environment): ReportContext['links'] {
  const base = env['VIGIE_LINKS_URL'];
  if (!base) return undefined;
  return async () => ({ base, key: checkedKey(await secrets(env).get(LINK_SECRET)) });
}

export const handler = stepHandler(reportTask, async ({ env, log, redactor }, run) => ({
  platform: assemble('report', {
    bucket: bucket(env),
    mailer: mailer(env),
    clock: lambdaClock,
    http: fetchHttp(),
    secrets: secrets(env),
    log,
    redactor,
  }),
  // Whom to tell, and of what, may have changed since the deployment.
  company: await companyOfRun(bucket(env), run, company(env)),
  catalogue: catalogue(env),
  announcer: announcer(env),
  chat: chat(env),
  links: linksFromEnv(env),
}));
