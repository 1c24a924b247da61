import type { Recipient } from '../lake/company/company.ts';
import { mailStem, readersOf, wantsDigest } from '../lake/company/readers.ts';
import { problemOf } from '../lake/landing/batch.ts';
import type { MailRun } from '../lake/run/manifest.ts';
import { deliver, type Letter, wasSent } from '../lake/run/outbox.ts';
import { languageOf } from '../languages/languages.ts';
import { sha256 } from '../platform/hash.ts';
import { againContent } from './content/again.ts';
import { digestContent } from './content/digest.ts';
import type { MailData } from './content/mail-data.ts';
import { composeMail } from './mime.ts';
import { readMailData } from './read-mail-data.ts';
import type { MailPlatform, SendMailsInput } from './send-mails.ts';

/**
 * Sends a day's digest once more to those who had it already, with the reason at its top; to who had not, for the first
 * time. Once for each reason: the same command given twice, or killed and given again, sends nothing twice.
 */
export async function sendAgain(
  platform: MailPlatform,
  input: SendMailsInput & { readonly reason: string },
): Promise<MailRun[]> {
  const recipients = readersOf(input.only ? [input.only] : input.company.recipients);
  const data = await readMailData(platform.bucket, input);
  const runs: MailRun[] = [];
  for (const recipient of recipients) {
    if (input.only || wantsDigest(input.company, input.asOf, recipient))
      runs.push(await sendOne(platform, input, data, recipient));
  }
  return runs;
}

async function sendOne(
  platform: MailPlatform,
  input: SendMailsInput & { readonly reason: string },
  data: MailData,
  recipient: Recipient,
): Promise<MailRun> {
  const stem = mailStem('digest', input.asOf, recipient.email);
  const again = await wasSent(platform, input.asOf, stem);
  const id = again ? `${stem}.again-${shortHash(input.reason)}` : stem;
  try {
    const letter = letterOf(platform, input, data, { recipient, id, again });
    return { id, kind: 'digest', ...(await deliver(platform, letter, input.run)) };
  } catch (error) {
    const problem = problemOf(error);
    platform.log.error('mail', { id, code: problem.code, message: problem.message });
    return { id, kind: 'digest', status: 'failed', reference: null, problem };
  }
}

function letterOf(
  platform: MailPlatform,
  { company, asOf, reason }: SendMailsInput & { readonly reason: string },
  data: MailData,
  { recipient, id, again }: { readonly recipient: Recipient; readonly id: string; readonly again: boolean },
): Letter {
  const { language, email, name } = recipient;
  const { from, unsubscribe } = company.delivery;
  const compose = () => {
    const digest = digestContent(data, languageOf(language));
    const content = again ? againContent(digest, reason) : digest;
    const envelope = { id, kind: 'digest' as const, asOf, from, to: { email, name }, unsubscribe };
    return composeMail(content, { ...envelope, date: platform.clock.now() });
  };
  return { id, asOf, covers: [], ...(again && { reason }), compose };
}

const shortHash = (reason: string): string => sha256(reason.trim(), 8);
