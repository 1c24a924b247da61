import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { inject } from 'vitest';
import { s3Bucket } from '../../functions/platform/aws/s3-bucket.ts';
import { bucketContract } from '../contracts/bucket-contract.ts';
import { engineContract } from '../contracts/engine-contract.ts';
import { motoWorld, s3Of } from '../kit/moto-world.ts';

/** The same suites that the local adapters pass. */
for (const prefix of ['', 'company/']) {
  bucketContract(`a bucket on S3${prefix && ', below a prefix'}`, async () => {
    const client = s3Of(inject('motoUrl'));
    const name = `contract-${process.pid}${prefix && '-prefix'}`;
    await client.send(
      new CreateBucketCommand({
        Bucket: name,
        CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
      }),
    );
    return {
      bucket: s3Bucket({ client, bucket: name, prefix }),
      async close() {
        client.destroy();
      },
    };
  });
}

engineContract('Trino on Iceberg, Glue and S3', () => motoWorld(inject('motoUrl'), inject('trinoUrl')));
