import type { Catalogue } from '../lake/catalogue/catalogue.ts';
import type { Company, Recipient } from '../lake/company/company.ts';
import { mailStem } from '../lake/company/readers.ts';
import { languageOf } from '../languages/languages.ts';
import type { Platform } from '../platform/platform.ts';
import { digestContent } from './content/digest.ts';
import { composeMail } from './mime.ts';
import { readMailData } from './read-mail-data.ts';

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
  platform: Pick<Platform, 'bucket' | 'clock'>,
  input: {
    readonly company: Company;
    readonly catalogue: Catalogue;
    readonly asOf: string;
    readonly recipient: Recipient;
  },
): Promise<DigestPreview> {
  const { company, asOf, recipient } = input;
  const data = await readMailData(platform.bucket, input);
  const content = digestContent(data, languageOf(recipient.language));
  const { from, unsubscribe } = company.delivery;
  const to = { email: recipient.email, name: recipient.name };
  const id = mailStem('digest', asOf, recipient.email);
  const mail = await composeMail(content, {
    id,
    kind: 'digest',
    asOf,
    from,
    to,
    unsubscribe,
    date: platform.clock.now(),
  });
  return { subject: content.subject, html: mail.page, text: mail.text, eml: mail.raw };
}
