import type { Bucket } from '../bucket.ts';
import type { Mailer } from '../mailer.ts';

/** Where the files of a message are: `.eml` as a mail program opens it, `.html` for the browser. */
export const mailKey = (asOf: string, id: string, extension: 'eml' | 'html'): string =>
  `mail/${asOf}/${id}.${extension}`;

/**
 * Leaves messages as files. Idempotent: the same id is the same file, so a claim without receipt is simply sent again.
 * The reference is the key of the page a person can open with a double click.
 */
export function emlMailer(bucket: Bucket): Mailer {
  return {
    idempotent: true,
    async send(message) {
      const page = mailKey(message.asOf, message.id, 'html');
      await bucket.write(page, message.page);
      await bucket.write(mailKey(message.asOf, message.id, 'eml'), message.raw);
      return { reference: page };
    },
  };
}
