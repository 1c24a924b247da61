import { loadCatalogue } from '../lake/kpis/catalogue.ts';
import { assemble } from '../platform/aws/assemble.ts';
import { engineFromEnv } from '../platform/aws/athena-engine.ts';
import { lambdaClock } from '../platform/aws/lambda-clock.ts';
import { bucketFromEnv } from '../platform/aws/s3-bucket.ts';
import { deployedCompany, stepHandler } from '../step-handler.ts';
import { checkTask } from './task.ts';

export const handler = stepHandler(checkTask, ({ env, log }) => ({
  platform: assemble('check', {
    bucket: bucketFromEnv(env),
    engine: engineFromEnv(env),
    clock: lambdaClock,
    log,
  }),
  company: deployedCompany(env),
  catalogue: loadCatalogue(),
}));
