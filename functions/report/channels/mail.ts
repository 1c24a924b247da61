import type { Company, Recipient } from '../../lake/company/company.ts';
import { mailKeyOf, readersOf } from '../../lake/company/readers.ts';
import { localPartOf } from '../../platform/address.ts';
import { writeMail } from '../../platform/mail-files.ts';
import type { OutgoingMessage } from '../../platform/mailer.ts';
import type { Platform } from '../../platform/platform.ts';
import { composeMail } from '../mail/mime.ts';
import { asChannel, type Channel, type Reader } from './channel.ts';

interface MailReader extends Reader {
  readonly email: string;
  readonly name?: string | undefined;
}

/** Mails to people: somebody who is listed twice is one reader. */
export function mailChannel(
  { mailer, clock }: Pick<Platform, 'mailer' | 'clock'>,
  { delivery }: Pick<Company, 'delivery'>,
  recipients: readonly Recipient[],
): Channel {
  const { from, unsubscribe } = delivery;
  return asChannel<MailReader, OutgoingMessage>({
    name: 'mail',
    readers: readersOf(recipients).map((recipient) => ({
      ...recipient,
      key: mailKeyOf(recipient.email),
      by: recipient.name ?? localPartOf(recipient.email),
      personal: true,
    })),
    compose: (content, { id, kind, asOf, to }) =>
      composeMail(content, {
        ...{ id, kind, asOf, from, unsubscribe, date: clock.now() },
        to: { email: to.email, name: to.name },
      }),
    sender: mailer,
    write: (bucket, message) => writeMail(bucket, message),
  });
}
