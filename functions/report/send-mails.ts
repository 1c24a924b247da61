import type { Recipient } from '../lake/company/company.ts';
import { problemOf } from '../lake/landing/batch.ts';
import type { BrokenPart, MailRun } from '../lake/run/manifest.ts';
import { coveredBy, deliver, type Letter } from '../lake/run/outbox.ts';
import { isToldStill } from '../lake/run/retention.ts';
import { BUG } from '../platform/errors.ts';
import { sha256 } from '../platform/hash.ts';
import { writeMail } from '../platform/mail-files.ts';
import type { Platform } from '../platform/platform.ts';
import { type PlannedMail, planMails } from './letters/plan.ts';
import { composeMail } from './mail/mime.ts';
import type { Day } from './model/day.ts';

export interface SendMailsInput {
  readonly run: string;
  /** Only this reader. */
  readonly only?: Recipient;
  /** Parts of this step that broke off since the day was read. */
  readonly broken?: readonly BrokenPart[];
  /** Write the mails as files and send nothing; so it is as well while the company is not live. */
  readonly onlyWrite?: boolean;
}

export type MailPlatform = Pick<Platform, 'bucket' | 'mailer' | 'clock' | 'log'>;

/**
 * Tells people about a day: the digest, news on alerts (one mail a reader and run), problems of the run. Nobody is told
 * anything twice, however often a day is run, nor when its figures were restated since. A mail that fails does not keep
 * back the others, whatever made it fail; what could not be composed is told to operators, whose mails go last.
 */
export async function sendMails(platform: MailPlatform, day: Day, input: SendMailsInput): Promise<MailRun[]> {
  const recipients = input.only ? [input.only] : day.company.recipients;
  if (recipients.length === 0) return [];
  // Receipts of a day long past are gone: nobody is told it a second time.
  const onlyWrite = input.onlyWrite === true || !(await isToldStill(platform.bucket, day.asOf));
  const broken: BrokenPart[] = [...day.broken, ...(input.broken ?? [])];
  const onTrouble = (item: string, error: unknown): void => {
    if (!broken.some((part) => part.item === item))
      broken.push({ step: 'report', item, problem: problemOf(error) });
  };
  const runs: MailRun[] = [];
  const send = async (wanted: (planned: PlannedMail) => boolean): Promise<void> => {
    const data = { ...day, broken: [...broken] };
    for (const planned of planMails(data, recipients, onTrouble).filter(wanted)) {
      const sent = await sendOne(platform, data, { ...input, onlyWrite }, planned);
      if (sent.problem?.code === BUG)
        broken.push({ step: 'report', item: `mail ${sent.id}`, problem: sent.problem });
      runs.push(sent);
    }
  };
  await send(({ kind }) => kind !== 'ops');
  await send(({ kind }) => kind === 'ops');
  return runs;
}

async function sendOne(
  platform: MailPlatform,
  day: Day,
  input: SendMailsInput,
  planned: PlannedMail,
): Promise<MailRun> {
  const { kind, stem } = planned;
  try {
    const letter = await letterOf(platform, day, planned);
    if (letter === null) return { id: stem, kind, status: 'already sent', reference: null };
    if (input.onlyWrite || !day.company.delivery.live) return await write(platform, letter, kind);
    const delivery = await deliver(platform, letter, input.run);
    platform.log.info('mail', { id: letter.id, status: delivery.status });
    return { id: letter.id, kind, ...delivery };
  } catch (error) {
    const problem = problemOf(error);
    platform.log.error('mail', { id: stem, code: problem.code, message: problem.message });
    return { id: stem, kind, status: 'failed', reference: null, problem };
  }
}

/** The outbox is left alone: nobody has been told anything. */
async function write(platform: MailPlatform, letter: Letter, kind: MailRun['kind']): Promise<MailRun> {
  const { reference } = await writeMail(platform.bucket, await letter.compose());
  platform.log.info('mail', { id: letter.id, status: 'written' });
  return { id: letter.id, kind, status: 'written', reference };
}

/** What is still to be told, as a letter; null when all of it was told before. Its id says what it tells: news of a later run of the day is another letter. */
async function letterOf(
  platform: MailPlatform,
  { asOf, company }: Day,
  planned: PlannedMail,
): Promise<Letter | null> {
  const { kind, stem, recipient, tells } = planned;
  const covered = tells.length === 0 ? new Set<string>() : await coveredBy(platform, asOf, stem);
  const covers = tells.filter((key) => !covered.has(key));
  if (tells.length > 0 && covers.length === 0) return null;
  const id = tells.length === 0 ? stem : `${stem}.${shortHash(covers)}`;
  const { from, unsubscribe } = company.delivery;
  const to = { email: recipient.email, name: recipient.name };
  const compose = () =>
    composeMail(planned.content(new Set(covers)), {
      id,
      kind,
      asOf,
      from,
      to,
      unsubscribe,
      date: platform.clock.now(),
    });
  return { id, asOf, covers, compose };
}

const shortHash = (keys: readonly string[]): string => sha256(keys.toSorted().join('\n'), 8);
