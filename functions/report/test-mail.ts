import { businessDate } from '../lake/company/calendar.ts';
import type { Company } from '../lake/company/company.ts';
import type { Clock } from '../platform/clock.ts';
import type { OutgoingMessage } from '../platform/mailer.ts';
import { formatDate } from './format.ts';
import { composeMail } from './mime.ts';

/** A mail that says only that mails arrive, from the company's sender; each one is another message. */
export function testMail(
  { clock }: { readonly clock: Clock },
  company: Company,
  to: string,
): Promise<OutgoingMessage> {
  const now = clock.now();
  const asOf = businessDate(now, company.company.time_zone);
  const { from, unsubscribe } = company.delivery;
  const known = company.recipients.find(({ email }) => email.toLowerCase() === to.toLowerCase());
  const language = known?.language ?? 'en';
  const { subject, lead, line } = WORDS[language];
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
        { kind: 'footer', lines: [line, `Vigie · ${company.company.name}`], unsubscribe: null },
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

const WORDS = {
  en: {
    subject: (company: string) => `Vigie of ${company}: a test mail`,
    lead: 'Mails of Vigie arrive here.',
    line: 'Sent by `vigie doctor --mail-to`. If it was in the folder for spam, ask for the sender to be allowed: the digest comes from the same address.',
  },
  fr: {
    subject: (company: string) => `Vigie de ${company}\u202f: un courriel d’essai`,
    lead: 'Les courriels de Vigie arrivent ici.',
    line: 'Envoyé par `vigie doctor --mail-to`. S’il était dans les indésirables, faites autoriser l’expéditeur\u202f: le bulletin vient de la même adresse.',
  },
} as const;
