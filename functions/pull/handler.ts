import { deployedTables } from '../deployed-tables.ts';
import { assemble } from '../platform/aws/assemble.ts';
import { lambdaClock } from '../platform/aws/lambda-clock.ts';
import { bucketFromEnv } from '../platform/aws/s3-bucket.ts';
import { inboxFromEnv } from '../platform/aws/s3-inbox.ts';
import { secretsFromEnv } from '../platform/aws/secrets-manager.ts';
import { warm } from '../platform/aws/warm.ts';
import { fetchHttp } from '../platform/fetch-http.ts';
import { deployedCompany, stepHandler } from '../step-handler.ts';
import { pullTask } from './task.ts';

// Kept while the instance is warm.
const bucket = warm(bucketFromEnv);
const inbox = warm(inboxFromEnv);
const secrets = warm(secretsFromEnv);
const company = warm(deployedCompany);
const tables = warm(deployedTables);

export const handler = stepHandler(pullTask, ({ env, log, redactor, stopAt }) => ({
  platform: assemble('pull', {
    bucket: bucket(env),
    inbox: inbox(env),
    secrets: secrets(env),
    http: fetchHttp(),
    clock: lambdaClock,
    log,
    redactor,
  }),
  company: company(env),
  tables: tables(env),
  stopAt,
}));
