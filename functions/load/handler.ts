import { deployedTables } from '../deployed-tables.ts';
import { lakeTableOf, landingTables } from '../lake/landing/tables.ts';
import { assemble } from '../platform/aws/assemble.ts';
import { engineFromEnv } from '../platform/aws/athena-engine.ts';
import { withDeadline } from '../platform/aws/deadline.ts';
import { ensureProjectedTables, landingCatalogFromEnv } from '../platform/aws/glue-tables.ts';
import { lambdaClock } from '../platform/aws/lambda-clock.ts';
import { bucketFromEnv } from '../platform/aws/s3-bucket.ts';
import { warm } from '../platform/aws/warm.ts';
import { stepHandler } from '../step-handler.ts';
import { type LoadContext, loadTask } from './task.ts';

// Kept while the instance is warm.
const bucket = warm(bucketFromEnv);
const engine = warm(engineFromEnv);
const tables = warm(deployedTables);

/** On AWS the landing zone has tables of its own, in Glue, which must be there before a batch is merged. */
export const handler = stepHandler<LoadContext>(loadTask, ({ env, log, redactor, deadline }) => ({
  platform: assemble('load', {
    bucket: bucket(env),
    engine: withDeadline(engine(env), deadline),
    clock: lambdaClock,
    log,
    redactor,
  }),
  tables: tables(env),
  async ensureLanding() {
    const refused = await ensureProjectedTables(landingCatalogFromEnv(env, log), landingTables(tables(env)));
    return new Map([...refused].map(([name, error]) => [lakeTableOf(name), error]));
  },
}));
