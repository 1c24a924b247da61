import { CreateDatabaseCommand, GlueClient } from '@aws-sdk/client-glue';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { landingTables } from '../../functions/lake/landing/tables.ts';
import type { Tables } from '../../functions/lake/tables/tables.ts';
import { engineFromEnv } from '../../functions/platform/aws/athena-engine.ts';
import type { Environment } from '../../functions/platform/aws/aws-environment.ts';
import { clientSettings } from '../../functions/platform/aws/client-settings.ts';
import { ensureProjectedTables, landingCatalogFromEnv } from '../../functions/platform/aws/glue-tables.ts';
import { bucketFromEnv, s3Bucket } from '../../functions/platform/aws/s3-bucket.ts';
import type { Bucket } from '../../functions/platform/bucket.ts';
import type { Engine, LandedFiles } from '../../functions/platform/engine.ts';
import { silentLog } from '../../functions/platform/log.ts';
import { type AthenaStandIn, startAthenaStandIn } from './athena-stand-in.ts';
import { type MailRecorder, startMailRecorder } from './loopback-mail.ts';
import { tables } from './tables.ts';
import { trinoEngine } from './trino-engine.ts';

/** A lake of its own on moto's S3 and Glue, with Trino as its engine: the AWS path less Athena's own API. */
export interface MotoWorld {
  readonly bucket: Bucket;
  readonly engine: Engine;
  close(): Promise<void>;
}

/** The same with Athena's API before Trino: what `awsPlatform` and the handlers take is in `env`. */
export interface AthenaWorld extends MotoWorld {
  readonly env: Environment;
  readonly athena: AthenaStandIn;
  /** What moto's SES was sent; senders at example.com and marelune.example (the sandbox) are verified. */
  readonly mail: MailRecorder;
}

const REGION = 'eu-west-1';
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const WORKGROUP = 'vigie';
/** Domains that may send. */
const SENDERS = ['example.com', 'marelune.example'];
let serial = 0;

/** Iceberg tables and landing tables in two databases; statements go to Trino directly. */
export async function motoWorld(
  motoUrl: string,
  trinoUrl: string,
  known: Tables = tables,
  session?: string,
): Promise<MotoWorld> {
  const { env, bucket } = await newStack(motoUrl, known);
  const { VIGIE_LANDING_DATABASE: landing, VIGIE_LAKE_DATABASE: schema } = env;
  const engine = trinoEngine({
    url: trinoUrl,
    schema,
    landed: (batch) => landedRelation(landing, batch),
    ...(session === undefined ? {} : { session }),
  });
  return { bucket, engine, async close() {} };
}

/** A stack as infra/ makes it, with the stand-in for Athena. Close it, else its server stays. */
export async function athenaWorld(motoUrl: string, trinoUrl: string): Promise<AthenaWorld> {
  const { env, bucket, client } = await newStack(motoUrl);
  const results = s3Bucket({ client, bucket: env.VIGIE_BUCKET, prefix: 'athena-results/' });
  const athena = await startAthenaStandIn({ trinoUrl, results, workgroup: WORKGROUP });
  const mail = await startMailRecorder(motoUrl, SENDERS);
  const whole = { ...env, AWS_ENDPOINT_URL_ATHENA: athena.url, AWS_ENDPOINT_URL_SES: mail.url };
  const engine = engineFromEnv(whole);
  return {
    env: whole,
    bucket,
    engine,
    athena,
    mail,
    async close() {
      await engine.close();
      await mail.stop();
      await athena.stop();
      client.destroy();
    },
  };
}

/** Bucket, databases and landing tables; the environment that a function of the stack has. */
async function newStack(motoUrl: string, known: Tables = tables) {
  serial += 1;
  const name = `vigie_${process.pid}_${Date.now().toString(36)}_${serial}`;
  const env = {
    AWS_REGION: REGION,
    AWS_ENDPOINT_URL: motoUrl,
    VIGIE_STAGE: 'test',
    VIGIE_BUCKET: name.replaceAll('_', '-'),
    VIGIE_LANDING_DATABASE: `${name}_landing`,
    VIGIE_LAKE_DATABASE: `${name}_lake`,
    VIGIE_WORKGROUP: WORKGROUP,
    VIGIE_SECRETS_PREFIX: `${name}/`,
    VIGIE_SES_CONFIGURATION_SET: '',
  };
  giveTestCredentials();
  const client = s3Of(motoUrl);
  await createBucket(client, env.VIGIE_BUCKET);
  const glue = new GlueClient(clientSettings(env, 'GLUE'));
  for (const [Name, folder] of [
    [env.VIGIE_LANDING_DATABASE, 'landing'],
    [env.VIGIE_LAKE_DATABASE, 'lake'],
  ] as const) {
    const DatabaseInput = { Name, LocationUri: `s3://${env.VIGIE_BUCKET}/${folder}/` };
    await glue.send(new CreateDatabaseCommand({ DatabaseInput }));
  }
  glue.destroy();
  await ensureProjectedTables(landingCatalogFromEnv(env, silentLog), landingTables(known));
  return { env, bucket: bucketFromEnv(env), client };
}

/** moto asks for some; the SDK takes them from the process. */
export function giveTestCredentials(): void {
  process.env['AWS_ACCESS_KEY_ID'] ??= credentials.accessKeyId;
  process.env['AWS_SECRET_ACCESS_KEY'] ??= credentials.secretAccessKey;
}

/** An S3 client for moto; the caller destroys it. */
export const s3Of = (motoUrl: string): S3Client =>
  new S3Client({ endpoint: motoUrl, region: REGION, credentials });

export const createBucket = (client: S3Client, Bucket: string) =>
  client.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: REGION } }));

/** Partitions are injected: the query names source and run, no partition is ever added. */
const landedRelation = (database: string, { table, source, run }: LandedFiles): string =>
  `(SELECT * FROM awsdatacatalog.${database}.landing_${table} WHERE source = '${source}' AND run = '${run}')`;
