import { Aws } from 'aws-cdk-lib';
import { CfnTable } from 'aws-cdk-lib/aws-glue';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import {
  FIGURE_COLUMNS,
  FIGURES_TABLE,
  type FigureRow,
} from '../../functions/lake/snapshot/figures-table.ts';

export interface FiguresTableProps {
  readonly bucket: IBucket;
  readonly database: string;
}

/** How Athena calls the types of functions/measure/figures-table/parquet.ts. */
const TYPES: Readonly<Partial<Record<keyof FigureRow, string>>> = {
  ...{ as_of: 'date', recorded_at: 'timestamp', version: 'int', value: 'double' },
  ...{ numerator: 'decimal(38,6)', denominator: 'decimal(38,6)' },
};

/**
 * The table `figures` of the lake's database, for BI tools that ask Athena: all that the step `measure` writes below `figures/`,
 * without partitions, so that nobody has to add one and a new KPI needs no deployment.
 */
export class FiguresTable extends Construct {
  constructor(scope: Construct, id: string, { bucket, database }: FiguresTableProps) {
    super(scope, id);
    new CfnTable(this, 'Table', {
      catalogId: Aws.ACCOUNT_ID,
      databaseName: database,
      tableInput: {
        name: 'figures',
        description: 'Vigie: every figure, newest recording only',
        tableType: 'EXTERNAL_TABLE',
        parameters: { EXTERNAL: 'TRUE', classification: 'parquet' },
        storageDescriptor: {
          location: `s3://${bucket.bucketName}/${FIGURES_TABLE}`,
          columns: FIGURE_COLUMNS.map((name) => ({ name, type: TYPES[name] ?? 'string' })),
          inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
          outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
          serdeInfo: { serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
        },
      },
    });
  }
}
