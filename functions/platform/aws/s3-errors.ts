import { VigieError } from '../errors.ts';
import { awsError, failureOf, statusOf } from './aws-errors.ts';

/**
 * What S3 says, as an error of ours: `BUCKET_NOT_FOUND` (no such object), `BUCKET_MISSING` (no such bucket),
 * `BUCKET_REGION`, and those of every AWS service (`aws-errors.ts`).
 */
export function s3Error(error: unknown, doing: string, address: string): VigieError {
  if (error instanceof VigieError) return error;
  const { name } = failureOf(error);
  const status = statusOf(error);
  const bucket = address.split('/')[2] ?? address;
  if (name === 'NoSuchBucket') {
    return new VigieError(`${doing} ${address}: there is no bucket ${bucket}`, {
      code: 'BUCKET_MISSING',
      cause: error,
      hint: 'VIGIE_BUCKET names it: deploy the stack, or set the variable to the bucket of the stack that is there.',
    });
  }
  if (status === 404)
    return new VigieError(`no object ${address}`, { code: 'BUCKET_NOT_FOUND', cause: error });
  if (status === 301 || name === 'PermanentRedirect' || name === 'AuthorizationHeaderMalformed') {
    return new VigieError(`${doing} ${address}: the bucket ${bucket} is in another region`, {
      code: 'BUCKET_REGION',
      cause: error,
      hint: 'Set AWS_REGION to the region of the stack.',
    });
  }
  return awsError(error, `${doing} ${address}`);
}
