import type { Recipient } from '../lake/company/company.ts';
import { mailStem, readersOf, wantsDigest } from '../lake/company/readers.ts';
import { problemOf } from '../lake/landing/batch.ts';
import type { MailRun } from '../lake/run/manifest.ts';
import { deliver, type Letter, wasSent } from '../lake/run/outbox.ts';
import { languageOf } from '../languages/languages.ts';
import { sha256 } from '../platform/hash.ts';
import { againContent } from './letters/again.ts';
import { digestContent } from './letters/digest.ts';
import { composeMail } from './mail/mime.ts';
import type { Day } from './model/day.ts';
import type { MailPlatform, SendMailsInput } from './send-mails.ts';

type AgainInput = Pick<SendMailsInput, 'run' | 'only'> & { readonly reason: string };

/**
 * Sends a day's digest once more to those who had it already, with the reason at its top; to who had not, for the first
 * time. Once for each reason: the same command given twice, or killed and given again, sends nothing twice.
 */
export async function sendAgain(platform: MailPlatform, day: Day, input: AgainInput): Promise<MailRun[]> {
  const recipients = readersOf(input.only ? [input.only] : day.company.recipients);
  const runs: MailRun[] = [];
  for (const recipient of recipients) {
    if (input.only || wantsDigest(day.company, day.asOf, recipient))
      runs.push(await sendOne(platform, day, input, recipient));
  }
  return runs;
}

async function sendOne(
  platform: MailPlatform,
  day: Day,
  input: AgainInput,
  recipient: Recipient,
): Promise<MailRun> {
  const stem = mailStem('digest', day.asOf, recipient.email);
  const again = await wasSent(platform, day.asOf, stem);
  const id = again ? `${stem}.again-${shortHash(input.reason)}` : stem;
  try {
    const letter = letterOf(platform, day, input.reason, { recipient, id, again });
    return { id, kind: 'digest', ...(await deliver(platform, letter, input.run)) };
  } catch (error) {
    const problem = problemOf(error);
    platform.log.error('mail', { id, code: problem.code, message: problem.message });
    return { id, kind: 'digest', status: 'failed', reference: null, problem };
  }
}

function letterOf(
  platform: MailPlatform,
  day: Day,
  reason: string,
  { recipient, id, again }: { readonly recipient: Recipient; readonly id: string; readonly again: boolean },
): Letter {
  const { asOf, company } = day;
  const { language, email, name } = recipient;
  const { from, unsubscribe } = company.delivery;
  const compose = () => {
    const digest = digestContent(day, languageOf(language));
    const content = again ? againContent(digest, reason) : digest;
    const envelope = { id, kind: 'digest' as const, asOf, from, to: { email, name }, unsubscribe };
    return composeMail(content, { ...envelope, date: platform.clock.now() });
  };
  return { id, asOf, covers: [], ...(again && { reason }), compose };
}

const shortHash = (reason: string): string => sha256(reason.trim(), 8);
