import { deployedCatalogue } from '../deployed-catalogue.ts';
import { companyOfRun } from '../lake/run/live-company.ts';
import { assemble } from '../platform/aws/assemble.ts';
import { lambdaClock } from '../platform/aws/lambda-clock.ts';
import { bucketFromEnv } from '../platform/aws/s3-bucket.ts';
import { warm } from '../platform/aws/warm.ts';
import { deployedCompany, stepHandler } from '../step-handler.ts';
import { judgeTask } from './task.ts';

// Kept while the instance is warm.
const bucket = warm(bucketFromEnv);
const company = warm(deployedCompany);
const catalogue = warm(deployedCatalogue);

export const handler = stepHandler(judgeTask, async ({ env, log, redactor }, run) => ({
  platform: assemble('judge', { bucket: bucket(env), clock: lambdaClock, log, redactor }),
  // Whom to tell, and of what, may have changed since the deployment.
  company: await companyOfRun(bucket(env), run, company(env)),
  catalogue: catalogue(env),
}));
