import type { Recipient } from '../lake/company/company.ts';
import { mailStem } from '../lake/company/readers.ts';
import { languageOf } from '../languages/languages.ts';
import type { Platform } from '../platform/platform.ts';
import { digestContent } from './letters/digest.ts';
import { composeMail } from './mail/mime.ts';
import type { Day } from './model/day.ts';

export interface DigestPreview {
  readonly subject: string;
  /** A page for the browser, pictures inside. */
  readonly html: string;
  readonly text: string;
  /** The message as it would be sent. */
  readonly eml: Uint8Array;
}

/** The digest of a day as a recipient would get it now. Sends and records nothing. */
export async function previewDigest(
  { clock }: Pick<Platform, 'clock'>,
  day: Day,
  recipient: Recipient,
): Promise<DigestPreview> {
  const { company, asOf } = day;
  const content = digestContent(day, languageOf(recipient.language), {
    reader: { ...recipient, personal: true },
  });
  const { from, unsubscribe } = company.delivery;
  const to = { email: recipient.email, name: recipient.name };
  const id = mailStem('digest', asOf, recipient.email);
  const date = clock.now();
  const mail = await composeMail(content, { id, kind: 'digest', asOf, from, to, unsubscribe, date });
  return { subject: content.subject, html: mail.page, text: mail.text, eml: mail.raw };
}
