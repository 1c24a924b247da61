import type { Company } from '../../lake/company/company.ts';
import { businessDate } from '../../lake/values/zone.ts';
import { formatDate } from '../../languages/dates.ts';
import { languageOf } from '../../languages/languages.ts';
import { normalAddress } from '../../platform/address.ts';
import type { Clock } from '../../platform/clock.ts';
import type { OutgoingMessage } from '../../platform/mailer.ts';
import { composeMail } from '../mail/mime.ts';

/** A mail that says only that mails arrive, from the company's sender; each one is another message. */
export function testMail(
  { clock }: { readonly clock: Clock },
  company: Company,
  to: string,
): Promise<OutgoingMessage> {
  const now = clock.now();
  const asOf = businessDate(now, company.company.time_zone);
  const { from, unsubscribe } = company.delivery;
  const known = company.recipients.find(({ email }) => normalAddress(email) === normalAddress(to));
  const language = languageOf(known?.language);
  const { subject, lead, line } = language.mail.test;
  return composeMail(
    {
      language,
      subject: subject(company.company.name),
      preheader: lead,
      blocks: [
        {
          kind: 'title',
          company: company.company.name,
          date: formatDate(asOf, language, 'full'),
          lead,
        },
        {
          kind: 'footer',
          lines: [line('`vigie doctor --mail-to`'), `Vigie · ${company.company.name}`],
          unsubscribe: null,
        },
      ],
    },
    {
      id: `test.${asOf}.${now.getTime()}`,
      kind: 'ops',
      asOf,
      from,
      to: { email: to, name: known?.name },
      unsubscribe,
      date: now,
    },
  );
}
