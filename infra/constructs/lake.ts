import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { CfnDatabase } from 'aws-cdk-lib/aws-glue';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type IBucket,
  type LifecycleRule,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { AwsSection } from '../../functions/lake/company/aws.ts';
import { bucketOf } from '../../functions/lake/company/aws-account.ts';
import { RETENTION } from '../../functions/lake/run/retention.ts';
import type { Area } from '../access.ts';
import type { Names } from '../names.ts';

export interface LakeProps {
  readonly names: Names;
  readonly aws: AwsSection;
  /** The company's own key; absent: S3's own encryption. */
  readonly key: IKey | undefined;
}

const LOG_DAYS = 90;

/**
 * Where everything is kept, and where SQL runs. Data outlives the stack; what a failed first deployment made does not, as
 * it holds nothing and its name would block the next.
 */
export class Lake extends Construct {
  readonly bucket: IBucket;

  constructor(scope: Construct, id: string, { names, aws, key }: LakeProps) {
    super(scope, id);
    const theirs = bucketOf(aws, names.stage);
    this.bucket =
      theirs === undefined
        ? (this.#bucket(aws, key) as IBucket)
        : Bucket.fromBucketName(this, 'Bucket', theirs);
    this.#database('LandingDatabase', names.landingDatabase, 'Vigie: landed batches', 'landing');
    this.#database('LakeDatabase', names.lakeDatabase, 'Vigie: the lake, Iceberg', 'lake');
    this.#workgroup('Workgroup', names.workgroup, aws.max_scan_gb, key);
    this.#workgroup('LoadWorkgroup', names.loadWorkgroup, aws.max_load_gb, key);
  }

  #bucket(aws: AwsSection, key: IKey | undefined): Bucket {
    const closed = {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    };
    const accessLogs = new Bucket(this, 'AccessLogs', {
      ...closed,
      // AWS documents no other encryption for the bucket that S3 delivers its logs to.
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [{ id: 'expire', expiration: Duration.days(LOG_DAYS) }],
    });
    return new Bucket(this, 'Bucket', {
      ...closed,
      // One call of KMS for many objects (`bucketKeyEnabled`): each would else be paid.
      ...(key === undefined
        ? { encryption: BucketEncryption.S3_MANAGED }
        : { encryption: BucketEncryption.KMS, encryptionKey: key, bucketKeyEnabled: true }),
      versioned: true,
      serverAccessLogsBucket: accessLogs as IBucket,
      serverAccessLogsPrefix: 'bucket/',
      lifecycleRules: lifecycleRules(aws),
    });
  }

  /** The tables are made and evolved by the load step. A database that went would take their definitions along. */
  #database(id: string, name: string, description: string, area: Area): void {
    const database = new CfnDatabase(this, id, {
      catalogId: Aws.ACCOUNT_ID,
      databaseInput: { name, description, locationUri: `s3://${this.bucket.bucketName}/${area}/` },
    });
    database.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  }

  #workgroup(id: string, name: string, mostGb: number, key: IKey | undefined): void {
    new CfnWorkGroup(this, id, {
      name,
      description: 'Vigie: every statement, cut off by the bytes it reads',
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: Math.round(mostGb * 1e9),
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: `s3://${this.bucket.bucketName}/athena-results/`,
          encryptionConfiguration:
            key === undefined
              ? { encryptionOption: 'SSE_S3' }
              : { encryptionOption: 'SSE_KMS', kmsKey: key.keyArn },
          expectedBucketOwner: Aws.ACCOUNT_ID,
        },
      },
    });
  }
}

/** What goes, and when: also on the page for those who bring a bucket of their own (docs/operations/company-account.md). */
const lifecycleRules = (aws: AwsSection): LifecycleRule[] => [
  expire('raw', aws.raw_days),
  expire('inbox', aws.inbox_days),
  expire('landing', RETENTION.landing),
  expire('rejected', RETENTION.rejected),
  expire('work', RETENTION.work),
  // Whoever withdraws is not to be found in what these were before, either.
  { ...expire('audiences', RETENTION.audiences), noncurrentVersionExpiration: Duration.days(1) },
  { id: 'pushes', prefix: 'pushes/', noncurrentVersionExpiration: Duration.days(1) },
  {
    id: 'landed-consents',
    prefix: 'landing/consents/',
    noncurrentVersionExpiration: Duration.days(1),
  },
  expire('athena-results', 3),
  {
    id: 'old-versions',
    noncurrentVersionExpiration: Duration.days(30),
    expiredObjectDeleteMarker: true,
  },
  { id: 'broken-uploads', abortIncompleteMultipartUploadAfter: Duration.days(2) },
];

const expire = (area: Area, days: number) => ({
  id: area,
  prefix: `${area}/`,
  expiration: Duration.days(days),
});
