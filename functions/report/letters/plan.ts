import type { Recipient } from '../../lake/company/company.ts';
import { type MailKind, mailStem, readersOf, wantsDigest } from '../../lake/company/readers.ts';
import type { Language } from '../../languages/language.ts';
import { languageOf } from '../../languages/languages.ts';
import { newsKey } from '../model/alerts.ts';
import type { Day } from '../model/day.ts';
import { alertContent, newsFor } from './alert-letter.ts';
import type { MailContent } from './blocks.ts';
import { digestContent } from './digest.ts';
import { opsContent, problemsOf } from './ops-letter.ts';

/** A mail that somebody should have. */
export interface PlannedMail {
  readonly kind: MailKind;
  /** Identifies reader, day and kind; ids begin with it. */
  readonly stem: string;
  readonly recipient: Recipient;
  /** Keys of what there is to tell; empty for a digest, which tells the day. */
  readonly tells: readonly string[];
  /** The mail about some of those keys. */
  content(keys: ReadonlySet<string>): MailContent;
}

/** Who should have which mail of a day. Pure; what was already sent is the outbox's business. */
export function planMails(
  data: Day,
  recipients: readonly Recipient[],
  onTrouble?: (item: string, error: unknown) => void,
): PlannedMail[] {
  const digests = new Map<Language, MailContent>();
  const digestIn = (language: Language): MailContent => {
    const content = digests.get(language) ?? digestContent(data, language, onTrouble);
    digests.set(language, content);
    return content;
  };
  return readersOf(recipients).flatMap((recipient) => [
    ...planned(data, 'digest', recipient, () =>
      wantsDigest(data.company, data.asOf, recipient)
        ? [plan(data, 'digest', recipient, [], () => digestIn(languageOf(recipient.language)))]
        : [],
    ),
    ...planned(data, 'alert', recipient, () => alertPlans(data, recipient)),
    ...planned(data, 'ops', recipient, () => opsPlans(data, recipient)),
  ]);
}

/** The plans; where they cannot be made, one mail that fails with the reason, so that the others are sent. */
function planned(data: Day, kind: MailKind, recipient: Recipient, plans: () => PlannedMail[]): PlannedMail[] {
  try {
    return plans();
  } catch (error) {
    const fail = (): never => {
      throw error;
    };
    return [plan(data, kind, recipient, [], fail)];
  }
}

const plan = (
  data: Day,
  kind: MailKind,
  recipient: Recipient,
  tells: readonly string[],
  content: PlannedMail['content'],
): PlannedMail => ({
  kind,
  stem: mailStem(kind, data.asOf, recipient.email),
  recipient,
  tells,
  content,
});

function alertPlans(data: Day, recipient: Recipient): PlannedMail[] {
  const events = newsFor(data, recipient.roles);
  if (events.length === 0) return [];
  const content = (keys: ReadonlySet<string>) =>
    alertContent(
      data,
      events.filter((event) => keys.has(newsKey(event))),
      languageOf(recipient.language),
    );
  return [plan(data, 'alert', recipient, events.map(newsKey), content)];
}

function opsPlans(data: Day, recipient: Recipient): PlannedMail[] {
  const problems = recipient.roles.includes('ops') ? problemsOf(data, languageOf(recipient.language)) : [];
  if (problems.length === 0) return [];
  const content = (keys: ReadonlySet<string>) =>
    opsContent(
      data,
      problems.filter((problem) => keys.has(problem.key)),
      languageOf(recipient.language),
    );
  return [plan(data, 'ops', recipient, [...new Set(problems.map((problem) => problem.key))], content)];
}
