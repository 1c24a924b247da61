import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { s3Bucket } from '../../functions/platform/aws/s3-bucket.ts';
import { s3Inbox } from '../../functions/platform/aws/s3-inbox.ts';
import { mailerFromEnv } from '../../functions/platform/aws/ses-mailer.ts';
import { bucketContract } from '../contracts/bucket-contract.ts';
import { engineContract } from '../contracts/engine-contract.ts';
import { inboxContract } from '../contracts/inbox-contract.ts';
import { mailerContract } from '../contracts/mailer-contract.ts';
import { settleContract } from '../contracts/settle-contract.ts';
import { startMailRecorder } from '../kit/loopback-mail.ts';
import { athenaWorld, createBucket, giveTestCredentials, motoWorld, s3Of } from '../kit/moto-world.ts';

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

settleContract('a bucket on S3', async () => {
  const client = s3Of(inject('motoUrl'));
  const name = `settle-${randomUUID()}`;
  await createBucket(client, name);
  return {
    bucket: s3Bucket({ client, bucket: name }),
    async close() {
      client.destroy();
    },
  };
});

inboxContract('the prefix of a bucket on S3', async () => {
  const client = s3Of(inject('motoUrl'));
  const bucket = `inbox-${randomUUID()}`;
  await createBucket(client, bucket);
  const below = s3Bucket({ client, bucket, prefix: 'inbox/' });
  return {
    inbox: s3Inbox({ client, bucket }),
    drop: (name, content) => below.write(name, content),
    async close() {
      client.destroy();
    },
  };
});

mailerContract('SES', async () => {
  giveTestCredentials();
  const recorder = await startMailRecorder(inject('motoUrl'), ['example.com']);
  return {
    mailer: mailerFromEnv({ AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL_SES: recorder.url }),
    arrived: async () => recorder.mails.map(({ raw }) => raw),
    close: () => recorder.stop(),
  };
});

engineContract('Trino on Iceberg, Glue and S3', () => motoWorld(inject('motoUrl'), inject('trinoUrl')));
engineContract('Athena, by its stand-in', () => athenaWorld(inject('motoUrl'), inject('trinoUrl')));
