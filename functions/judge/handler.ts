import { loadCatalogue } from '../lake/kpis/catalogue.ts';
import { assemble } from '../platform/aws/assemble.ts';
import { lambdaClock } from '../platform/aws/lambda-clock.ts';
import { bucketFromEnv } from '../platform/aws/s3-bucket.ts';
import { deployedCompany, stepHandler } from '../step-handler.ts';
import { judgeTask } from './task.ts';

export const handler = stepHandler(judgeTask, ({ env, log }) => ({
  platform: assemble('judge', { bucket: bucketFromEnv(env), clock: lambdaClock, log }),
  company: deployedCompany(env),
  catalogue: loadCatalogue(),
}));
