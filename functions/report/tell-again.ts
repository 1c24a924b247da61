import { wantsDigest } from '../lake/company/readers.ts';
import { problemOf } from '../lake/landing/batch.ts';
import type { MailRun } from '../lake/run/manifest.ts';
import { deliver, wasSent } from '../lake/run/outbox.ts';
import { languageOf } from '../languages/languages.ts';
import { sha256 } from '../platform/hash.ts';
import type { Channel, Reader } from './channels/channel.ts';
import { type LinkMaker, withLinks } from './letters/act.ts';
import { againContent } from './letters/again.ts';
import { digestContent } from './letters/digest.ts';
import type { Day } from './model/day.ts';
import type { TellPlatform } from './tell-day.ts';

interface AgainInput {
  readonly run: string;
  readonly reason: string;
  /** Also to a reader who gets no digest: it was asked for by name. */
  readonly whoever?: boolean;
  /** Where letters bring links by which alerts are acknowledged and snoozed. */
  readonly links?: LinkMaker | undefined;
}

/**
 * Sends a day's digest once more to those who had it already, with the reason at its top; to who had not, for the first
 * time. Once for each reason: the same command given twice, or killed and given again, sends nothing twice.
 */
export async function tellAgain(
  platform: TellPlatform,
  channels: readonly Channel[],
  day: Day,
  input: AgainInput,
): Promise<MailRun[]> {
  const runs: MailRun[] = [];
  for (const channel of channels)
    for (const reader of channel.readers)
      if (input.whoever || wantsDigest(day.company, day.asOf, reader))
        runs.push(await tellOne(platform, channel, day, input, reader));
  return runs;
}

async function tellOne(
  { bucket, clock, log }: TellPlatform,
  channel: Channel,
  day: Day,
  { run, reason, links }: AgainInput,
  reader: Reader,
): Promise<MailRun> {
  const { sender } = channel;
  const { asOf, company } = day;
  const { currency } = company.company;
  const stem = `digest.${asOf}.${reader.key}`;
  const again = await wasSent({ bucket, sender }, asOf, stem);
  const id = again ? `${stem}.again-${sha256(reason.trim(), 8)}` : stem;
  const about = { id, kind: 'digest', channel: channel.name } as const;
  try {
    const compose = () => {
      const digest = digestContent(day, languageOf(reader.language), { reader });
      const content = again ? againContent(digest, reason) : digest;
      const letter = withLinks(content, links, { by: reader.by ?? reader.key, asOf, currency });
      return channel.compose(letter, { id, kind: 'digest', asOf, to: reader });
    };
    const letter = { id, asOf, covers: [], ...(again && { reason }), compose };
    return { ...about, ...(await deliver({ bucket, clock, sender }, letter, run)) };
  } catch (error) {
    const problem = problemOf(error);
    log.error(channel.name, { id, code: problem.code, message: problem.message });
    return { ...about, status: 'failed', reference: null, problem };
  }
}
