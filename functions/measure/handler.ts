import { deployedCatalogue } from '../deployed-catalogue.ts';
import type { KpiRun } from '../lake/run/manifest.ts';
import { assemble } from '../platform/aws/assemble.ts';
import { engineFromEnv } from '../platform/aws/athena-engine.ts';
import { withDeadline } from '../platform/aws/deadline.ts';
import { lambdaClock } from '../platform/aws/lambda-clock.ts';
import { bucketFromEnv } from '../platform/aws/s3-bucket.ts';
import { warm } from '../platform/aws/warm.ts';
import { deployedCompany, stepHandler } from '../step-handler.ts';
import { measureTask } from './task.ts';

// Kept while the instance is warm.
const bucket = warm(bucketFromEnv);
const engine = warm(engineFromEnv);
const company = warm(deployedCompany);
const catalogue = warm(deployedCatalogue);

export const handler = stepHandler(
  measureTask,
  ({ env, log, redactor, deadline }) => ({
    platform: assemble('measure', {
      bucket: bucket(env),
      engine: withDeadline(engine(env), deadline),
      clock: lambdaClock,
      log,
      redactor,
    }),
    company: company(env),
    catalogue: catalogue(env),
    hasFiguresTable: company(env).aws.figures_table,
  }),
  ({ report }, metrics) => metrics.bytes('BytesScanned', (report as KpiRun).bytesScanned ?? 0),
);
