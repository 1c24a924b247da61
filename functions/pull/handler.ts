import { assemble } from '../platform/aws/assemble.ts';
import { lambdaClock } from '../platform/aws/lambda-clock.ts';
import { bucketFromEnv } from '../platform/aws/s3-bucket.ts';
import { inboxFromEnv } from '../platform/aws/s3-inbox.ts';
import { secretsFromEnv } from '../platform/aws/secrets-manager.ts';
import { fetchHttp } from '../platform/fetch-http.ts';
import { deployedCompany, stepHandler } from '../step-handler.ts';
import { pullTask } from './task.ts';

export const handler = stepHandler(pullTask, ({ env, log, stopAt }) => ({
  platform: assemble('pull', {
    bucket: bucketFromEnv(env),
    inbox: inboxFromEnv(env),
    secrets: secretsFromEnv(env),
    http: fetchHttp(),
    clock: lambdaClock,
    log,
  }),
  company: deployedCompany(env),
  stopAt,
}));
