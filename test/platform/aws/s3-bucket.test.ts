import { HeadObjectCommand, PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { s3Bucket } from '../../../functions/platform/aws/s3-bucket.ts';

const s3 = mockClient(S3Client);
afterAll(() => s3.restore());
const bucket = s3Bucket({ client: s3 as unknown as S3Client, bucket: 'lake' });
const failure = (name: string, httpStatusCode: number, attempts = 1) =>
  new S3ServiceException({ name, message: name, $fault: 'client', $metadata: { httpStatusCode, attempts } });

beforeEach(() => s3.reset());

describe('a claim on S3', () => {
  const taken = failure('PreconditionFailed', 412);

  test('that is there belongs to somebody else', async () => {
    s3.on(PutObjectCommand).rejects(taken);
    expect(await bucket.create('claim', 'x')).toBe(false);
  });

  test('whose answer was lost is ours all the same: the second attempt finds the first one’s object', async () => {
    s3.on(PutObjectCommand).rejects(failure('PreconditionFailed', 412, 2));
    s3.on(HeadObjectCommand).callsFake(() => ({
      Metadata: s3.commandCalls(PutObjectCommand)[0]?.args[0].input.Metadata,
    }));
    expect(await bucket.create('claim', 'x')).toBe(true);
  });

  test('that another writer made while our answer was lost is theirs', async () => {
    s3.on(PutObjectCommand).rejects(failure('PreconditionFailed', 412, 2));
    s3.on(HeadObjectCommand).resolves({ Metadata: { 'vigie-writer': 'somebody' } });
    expect(await bucket.create('claim', 'x')).toBe(false);
  });

  test('that another writer is making is tried again, for they may fail', async () => {
    const conflict = failure('ConditionalRequestConflict', 409);
    s3.on(PutObjectCommand).rejectsOnce(conflict).rejectsOnce(conflict).resolves({});
    expect(await bucket.create('claim', 'x')).toBe(true);
    s3.on(PutObjectCommand).rejectsOnce(conflict).rejects(taken);
    s3.on(HeadObjectCommand).resolves({ Metadata: { 'vigie-writer': 'somebody' } });
    expect(await bucket.create('claim', 'x')).toBe(false);
  });
});

describe('what S3 refuses says what to do', () => {
  test.each([
    ['AccessDenied', 403, 'AWS_ACCESS_DENIED', /policies/],
    ['NoSuchBucket', 404, 'BUCKET_MISSING', /VIGIE_BUCKET/],
    ['PermanentRedirect', 301, 'BUCKET_REGION', /AWS_REGION/],
    ['SlowDown', 503, 'AWS_THROTTLED', /Run again/],
    ['ExpiredToken', 400, 'AWS_CREDENTIALS', /aws sso login/],
    ['RequestTimeTooSkewed', 403, 'AWS_CLOCK', /clock/],
  ] as const)('%s', async (name, status, code, hint) => {
    s3.on(PutObjectCommand).rejects(failure(name, status));
    await expect(bucket.write('a/b', 'x')).rejects.toMatchObject({
      code,
      message: expect.stringContaining('s3://lake/a/b'),
      hint: expect.stringMatching(hint),
      retryable: code === 'AWS_THROTTLED',
    });
  });

  test('a server error may be tried later', async () => {
    s3.on(PutObjectCommand).rejects(failure('InternalError', 500));
    await expect(bucket.write('a/b', 'x')).rejects.toMatchObject({ code: 'AWS_FAILED', retryable: true });
  });
});
