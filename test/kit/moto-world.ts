import { CreateDatabaseCommand, CreateTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { landingColumns } from '../../functions/lake/batch.ts';
import { columnsOf } from '../../functions/lake/schema/table.ts';
import { tableNames, tableOf } from '../../functions/lake/schema/tables.ts';
import { s3Bucket } from '../../functions/platform/aws/s3-bucket.ts';
import type { Bucket } from '../../functions/platform/bucket.ts';
import type { Engine, LandedFiles } from '../../functions/platform/engine.ts';
import { trinoEngine } from './trino-engine.ts';

/** A lake of its own on moto's S3 and Glue, with Trino as its engine: the AWS path less Athena's own API. */
export interface MotoWorld {
  readonly bucket: Bucket;
  readonly engine: Engine;
  close(): Promise<void>;
}

const REGION = 'eu-west-1';
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
let serial = 0;

export async function motoWorld(motoUrl: string, trinoUrl: string): Promise<MotoWorld> {
  serial += 1;
  const name = `vigie_${process.pid}_${serial}`;
  const bucketName = name.replaceAll('_', '-');
  const s3 = s3Of(motoUrl);
  await s3.send(
    new CreateBucketCommand({
      Bucket: bucketName,
      CreateBucketConfiguration: { LocationConstraint: REGION },
    }),
  );
  await createLandingTables(motoUrl, name, bucketName);
  const engine = trinoEngine({ url: trinoUrl, schema: name, landed: (batch) => landedRelation(name, batch) });
  await engine.execute(
    `CREATE SCHEMA IF NOT EXISTS iceberg.${name}_lake WITH (location = 's3://${bucketName}/lake/')`,
  );
  const lake = trinoEngine({
    url: trinoUrl,
    schema: `${name}_lake`,
    landed: (batch) => landedRelation(name, batch),
  });
  return {
    bucket: s3Bucket({ client: s3, bucket: bucketName }),
    engine: lake,
    async close() {
      s3.destroy();
    },
  };
}

/** An S3 client for moto; the caller destroys it. */
export const s3Of = (motoUrl: string): S3Client =>
  new S3Client({ endpoint: motoUrl, region: REGION, credentials, forcePathStyle: true });

/** Partitions are injected: the query names source and run, no partition is ever added. */
const landedRelation = (database: string, { table, source, run }: LandedFiles): string =>
  `(SELECT * FROM awsdatacatalog.${database}.landing_${table} WHERE source = '${source}' AND run = '${run}')`;

const GLUE_TYPES = {
  text: 'string',
  integer: 'int',
  decimal: 'decimal(18,4)',
  rate: 'decimal(18,8)',
  date: 'date',
  timestamp: 'timestamp',
  boolean: 'boolean',
} as const;

async function createLandingTables(motoUrl: string, database: string, bucketName: string): Promise<void> {
  const glue = new GlueClient({ endpoint: motoUrl, region: REGION, credentials });
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: database } }));
  for (const name of tableNames) {
    const place = `s3://${bucketName}/landing/${name}/`;
    const Columns = [
      ...columnsOf(tableOf(name)).map((column) => ({ Name: column.name, Type: GLUE_TYPES[column.kind] })),
      { Name: landingColumns.input, Type: 'int' },
      { Name: landingColumns.row, Type: 'int' },
      { Name: landingColumns.empty, Type: 'boolean' },
    ];
    await glue.send(
      new CreateTableCommand({
        DatabaseName: database,
        TableInput: {
          Name: `landing_${name}`,
          TableType: 'EXTERNAL_TABLE',
          PartitionKeys: ['source', 'run'].map((Name) => ({ Name, Type: 'string' })),
          StorageDescriptor: {
            Columns,
            Location: place,
            InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
            OutputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
            SerdeInfo: {
              SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
            },
          },
          Parameters: {
            EXTERNAL: 'TRUE',
            'projection.enabled': 'true',
            'projection.source.type': 'injected',
            'projection.run.type': 'injected',
            'storage.location.template': `${place}source=\${source}/run=\${run}/`,
          },
        },
      }),
    );
  }
  glue.destroy();
}
