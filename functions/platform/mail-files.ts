import type { Bucket } from './bucket.ts';
import type { OutgoingMessage } from './mailer.ts';
import type { SendReceipt } from './sender.ts';

/** Where the files of a message are: `.eml` as a mail program opens it, `.html` for the browser. */
export const mailKey = (asOf: string, id: string, extension: 'eml' | 'html'): string =>
  `mail/${asOf}/${id}.${extension}`;

/** Writes a message as files; the reference is the key of the page a person can open with a double click. */
export async function writeMail(bucket: Bucket, message: OutgoingMessage): Promise<SendReceipt> {
  const page = mailKey(message.asOf, message.id, 'html');
  await bucket.write(page, message.page);
  await bucket.write(mailKey(message.asOf, message.id, 'eml'), message.raw);
  return { reference: page };
}
