import { inject } from 'vitest';
import { s3Bucket } from '../../functions/platform/aws/s3-bucket.ts';
import { bucketContract } from '../contracts/bucket-contract.ts';
import { engineContract } from '../contracts/engine-contract.ts';
import { athenaWorld, createBucket, motoWorld, s3Of } from '../kit/moto-world.ts';

/** The same suites that the local adapters pass. */
for (const prefix of ['', 'company/']) {
  bucketContract(`a bucket on S3${prefix && ', below a prefix'}`, async () => {
    const client = s3Of(inject('motoUrl'));
    const name = `contract-${process.pid}-${Date.now()}${prefix && '-prefix'}`;
    await createBucket(client, name);
    return {
      bucket: s3Bucket({ client, bucket: name, prefix }),
      async close() {
        client.destroy();
      },
    };
  });
}

engineContract('Trino on Iceberg, Glue and S3', () => motoWorld(inject('motoUrl'), inject('trinoUrl')));
engineContract('Athena, by its stand-in', () => athenaWorld(inject('motoUrl'), inject('trinoUrl')));
