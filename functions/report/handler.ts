import { loadCatalogue } from '../lake/kpis/catalogue.ts';
import { assemble } from '../platform/aws/assemble.ts';
import { lambdaClock } from '../platform/aws/lambda-clock.ts';
import { bucketFromEnv } from '../platform/aws/s3-bucket.ts';
import { mailerFromEnv } from '../platform/aws/ses-mailer.ts';
import { announcerFromEnv } from '../platform/aws/sns-announcer.ts';
import { deployedCompany, stepHandler } from '../step-handler.ts';
import { reportTask } from './task.ts';

export const handler = stepHandler(reportTask, ({ env, log }) => ({
  platform: assemble('report', {
    bucket: bucketFromEnv(env),
    mailer: mailerFromEnv(env),
    clock: lambdaClock,
    log,
  }),
  company: deployedCompany(env),
  catalogue: loadCatalogue(),
  announcer: announcerFromEnv(env),
}));
