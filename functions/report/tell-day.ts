import { problemOf } from '../lake/landing/batch.ts';
import type { BrokenPart, MailRun } from '../lake/run/manifest.ts';
import { coveredBy, deliver } from '../lake/run/outbox.ts';
import { isToldStill } from '../lake/run/retention.ts';
import { BUG } from '../platform/errors.ts';
import { sha256 } from '../platform/hash.ts';
import type { Platform } from '../platform/platform.ts';
import type { Channel } from './channels/channel.ts';
import { type Hours, keptBack } from './hours.ts';
import { type LinkMaker, withLinks } from './letters/act.ts';
import { type PlannedLetter, planLetters, planReviews } from './letters/plan.ts';
import type { Day } from './model/day.ts';
import type { Review } from './model/review.ts';

export interface TellInput {
  readonly run: string;
  /** Parts of this step that broke off since the day was read. */
  readonly broken?: readonly BrokenPart[];
  /** Weeks and months that end on the day, and that somebody wants to look back upon. */
  readonly reviews?: readonly Review[];
  /** Where letters bring links by which alerts are acknowledged and snoozed. */
  readonly links?: LinkMaker | undefined;
  /** Write the letters as files and send nothing; so it is as well while the company is not live. */
  readonly onlyWrite?: boolean;
  /** Whether digests and reviews wait for the hours of their readers. Absent: everybody is told now, whatever the hour. */
  readonly hours?: Hours | undefined;
  /** Only these letters, by their stems. */
  readonly stems?: readonly string[];
}

export type TellPlatform = Pick<Platform, 'bucket' | 'clock' | 'log'>;

/**
 * Tells people about a day, in every channel: the digest, news on alerts (one letter a reader and run), problems of the
 * run. Nobody is told anything twice, however often a day is run, nor when its figures were restated since. A letter that
 * fails does not keep back the others, whatever made it fail; what could not be composed is told to operators, whose
 * letters go last.
 */
export async function tellDay(
  platform: TellPlatform,
  channels: readonly Channel[],
  day: Day,
  input: TellInput,
): Promise<MailRun[]> {
  // Receipts of a day long past are gone: nobody is told it a second time.
  const onlyWrite = input.onlyWrite === true || !(await isToldStill(platform.bucket, day.asOf));
  const broken: BrokenPart[] = [...day.broken, ...(input.broken ?? [])];
  const onTrouble = (item: string, error: unknown): void => {
    if (!broken.some((part) => part.item === item))
      broken.push({ step: 'report', item, problem: problemOf(error) });
  };
  const runs: MailRun[] = [];
  const tell = async (wanted: (planned: PlannedLetter) => boolean): Promise<void> => {
    const told = { ...day, broken: [...broken] };
    for (const channel of channels)
      for (const planned of [
        ...planLetters(told, channel.readers, onTrouble),
        ...(input.reviews ?? []).flatMap((review) => planReviews(review, channel.readers)),
      ].filter((planned) => wanted(planned) && (input.stems?.includes(planned.stem) ?? true))) {
        const run = await tellOne(platform, channel, told, { ...input, onlyWrite }, planned);
        if (run.problem?.code === BUG)
          broken.push({ step: 'report', item: `${channel.name} ${run.id}`, problem: run.problem });
        runs.push(run);
      }
  };
  await tell(({ kind }) => kind !== 'ops');
  await tell(({ kind }) => kind === 'ops');
  return runs;
}

/** What is still to be told is told; all of it was told before: nothing. News of a later run of the day is another letter. */
async function tellOne(
  platform: TellPlatform,
  channel: Channel,
  day: Day,
  input: TellInput,
  planned: PlannedLetter,
): Promise<MailRun> {
  const { bucket, clock, log } = platform;
  const { kind, stem, reader, tells, content } = planned;
  const about = { kind, channel: channel.name };
  const { asOf } = day;
  try {
    const { sender } = channel;
    const covered = tells.length === 0 ? new Set<string>() : await coveredBy({ bucket, sender }, asOf, stem);
    const covers = tells.filter((key) => !covered.has(key));
    if (tells.length > 0 && covers.length === 0)
      return { id: stem, ...about, status: 'already sent', reference: null };
    const id = tells.length === 0 ? stem : `${stem}.${shortHash(covers)}`;
    const { currency } = day.company.company;
    const compose = () => {
      const said = content(new Set(covers));
      const letter = withLinks(said, input.links, { by: reader.by ?? reader.key, asOf, currency });
      return channel.compose(letter, { id, kind, asOf, to: reader });
    };
    if (input.onlyWrite || !day.company.delivery.live) {
      const { reference } = await channel.write(bucket, await compose(), id, asOf);
      log.info(channel.name, { id, status: 'written' });
      return { id, ...about, status: 'written', reference };
    }
    const kept = input.hours && (await keptBack(platform, channel, day, { ...input, ...planned }));
    if (kept) {
      log.info(channel.name, { id, ...kept });
      return { id, ...about, reference: null, ...kept };
    }
    const delivery = await deliver({ bucket, clock, sender }, { id, asOf, covers, compose }, input.run);
    log.info(channel.name, { id, status: delivery.status });
    return { id, ...about, ...delivery };
  } catch (error) {
    const problem = problemOf(error);
    log.error(channel.name, { id: stem, code: problem.code, message: problem.message });
    return { id: stem, ...about, status: 'failed', reference: null, problem };
  }
}

const shortHash = (keys: readonly string[]): string => sha256(keys.toSorted().join('\n'), 8);
