import type { Recipient } from '../lake/company/company.ts';
import { mailStem } from '../lake/company/readers.ts';
import { languageOf } from '../languages/languages.ts';
import type { Platform } from '../platform/platform.ts';
import { digestContent } from './letters/digest.ts';
import { reviewContent } from './letters/review-letter.ts';
import { composeMail } from './mail/mime.ts';
import type { Day } from './model/day.ts';
import type { Review } from './model/review.ts';

export interface DigestPreview {
  readonly subject: string;
  /** A page for the browser, pictures inside. */
  readonly html: string;
  readonly text: string;
  /** The message as it would be sent. */
  readonly eml: Uint8Array;
}

/** The digest of a day, or a review, as a recipient would get it now. Sends and records nothing. */
export async function previewDigest(
  { clock }: Pick<Platform, 'clock'>,
  day: Day,
  recipient: Recipient,
  review?: Review,
): Promise<DigestPreview> {
  const { company, asOf } = day;
  const language = languageOf(recipient.language);
  const content = review
    ? reviewContent(review, language, recipient)
    : digestContent(day, language, { reader: { ...recipient, personal: true } });
  const { from, unsubscribe } = company.delivery;
  const to = { email: recipient.email, name: recipient.name };
  const kind = review ? 'review' : 'digest';
  const id = mailStem(kind, asOf, recipient.email);
  const date = clock.now();
  const mail = await composeMail(content, { id, kind, asOf, from, to, unsubscribe, date });
  return { subject: content.subject, html: mail.page, text: mail.text, eml: mail.raw };
}
