import { deployedCatalogue } from '../deployed-catalogue.ts';
import type { KpiRun } from '../lake/run/manifest.ts';
import { assemble } from '../platform/aws/assemble.ts';
import { engineFromEnv } from '../platform/aws/athena-engine.ts';
import { withDeadline } from '../platform/aws/deadline.ts';
import { lambdaClock } from '../platform/aws/lambda-clock.ts';
import { bucketFromEnv } from '../platform/aws/s3-bucket.ts';
import { secretsFromEnv } from '../platform/aws/secrets-manager.ts';
import { warm } from '../platform/aws/warm.ts';
import { fetchHttp } from '../platform/fetch-http.ts';
import { dataManagerList } from '../push/google-data-manager.ts';
import { deployedCompany, stepHandler } from '../step-handler.ts';
import { measureTask } from './task.ts';

// Kept while the instance is warm.
const bucket = warm(bucketFromEnv);
const engine = warm(engineFromEnv);
const secrets = warm(secretsFromEnv);
const company = warm(deployedCompany);
const catalogue = warm(deployedCatalogue);

export const handler = stepHandler(
  measureTask,
  ({ env, log, redactor, deadline, stopAt }) => ({
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
    audienceList: (push) =>
      dataManagerList(
        { secrets: secrets(env), http: fetchHttp(), clock: lambdaClock, log, redactor, stopAt },
        push,
      ),
  }),
  ({ report }, metrics) => metrics.bytes('BytesScanned', (report as KpiRun).bytesScanned ?? 0),
);
