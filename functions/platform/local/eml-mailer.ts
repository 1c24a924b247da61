import type { Bucket } from '../bucket.ts';
import { writeMail } from '../mail-files.ts';
import type { Mailer } from '../mailer.ts';

/** Leaves messages as files. Idempotent: the same id is the same file, so a claim without receipt is simply sent again. */
export const emlMailer = (bucket: Bucket): Mailer => ({
  idempotent: true,
  onlyFiles: true,
  send: (message) => writeMail(bucket, message),
});
