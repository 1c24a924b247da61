import { dueAt, isOver } from '../lake/company/due.ts';
import { reviewOf, reviewSpans, wantsDigest, wantsReview } from '../lake/company/readers.ts';
import { problemOf } from '../lake/landing/batch.ts';
import type { BrokenPart, MailRun } from '../lake/run/manifest.ts';
import { wasSent } from '../lake/run/outbox.ts';
import type { RunRequest } from '../lake/run/run.ts';
import { areHoursKept, didWait, noteWait, waitingOf } from '../lake/run/waits.ts';
import { addDays } from '../lake/values/day.ts';
import type { Platform } from '../platform/platform.ts';
import { counted } from '../task.ts';
import { type Channel, type Reader, readerOf } from './channels/channel.ts';
import type { PlannedLetter } from './letters/plan.ts';
import type { Day } from './model/day.ts';

/** `kept`: something comes by at the hours of readers (`tellDue`), so letters wait. `unkept`: nothing does, so none may. */
export type Hours = 'kept' | 'unkept';

/** What tells how it goes waits for its reader’s hour; what is wrong does not. */
const WAITING: readonly PlannedLetter['kind'][] = ['digest', 'review'];

interface Kept extends Pick<PlannedLetter, 'kind' | 'stem' | 'reader'> {
  readonly run: string;
  readonly hours?: Hours | undefined;
}

/**
 * Why a letter is not sent now: its reader’s hour has not come, which is noted; or it has waited and its day went by, so that
 * whoever got it would take it for a later one. Undefined where it is to be sent, or was. A letter that never waited is
 * never out of date: a day that is caught up is told late, as it is to who has no hour.
 */
export async function keptBack(
  { bucket, clock }: Pick<Platform, 'bucket' | 'clock'>,
  { sender }: Pick<Channel, 'sender'>,
  { company, asOf }: Pick<Day, 'company' | 'asOf'>,
  { kind, stem, reader, run, hours }: Kept,
): Promise<Pick<MailRun, 'status' | 'until'> | undefined> {
  const due = WAITING.includes(kind) ? dueAt(company, asOf, reader) : undefined;
  if (due === undefined || (await wasSent({ bucket, sender }, asOf, stem))) return undefined;
  const now = clock.now();
  if (now < due && hours === 'kept') {
    const until = due.toISOString();
    await noteWait(bucket, asOf, { id: stem, run, at: now.toISOString(), until });
    return { status: 'waits', until };
  }
  const late = isOver(company, due, now) && (await didWait(bucket, asOf, stem));
  return late ? { status: 'out of date' } : undefined;
}

/** How it is with hours now. `hourly`: something is known to come by every hour, as a stack's timetable does; else it is looked whether something did. */
export const hoursNow = async (
  { bucket, clock }: Pick<Platform, 'bucket' | 'clock'>,
  hourly: boolean | undefined,
): Promise<Hours> => (hourly || (await areHoursKept(bucket, clock.now())) ? 'kept' : 'unkept');

/** How a run goes by the hours of readers, and what operators have to know of them. */
export interface HoursOfRun {
  readonly hours: Hours;
  /** Letters of the day told before that nobody came by to send: lost to their readers. */
  readonly missed: readonly BrokenPart[];
  /** Hours that nobody would come by at: their readers are told now. */
  readonly unkept: readonly BrokenPart[];
}

interface RunOfHours extends Pick<Day, 'company'> {
  readonly run: RunRequest;
  readonly channels: readonly Pick<Channel, 'readers'>[];
  /** Something is known to come by every hour: on AWS, a schedule. Absent: it is looked up whether something did. */
  readonly hourly?: boolean | undefined;
}

/** Looks at the hours of readers before a run tells them. What cannot be looked at makes nobody wait, and is told. */
export async function hoursOfRun(
  platform: Pick<Platform, 'bucket' | 'clock'>,
  { company, run, channels, hourly }: RunOfHours,
): Promise<HoursOfRun> {
  const { bucket } = platform;
  const now = platform.clock.now();
  const readers = channels.flatMap((channel) => channel.readers);
  try {
    const hours = await hoursNow(platform, hourly);
    const early = readers.filter(
      (reader) => isTold(company, run.asOf, reader) && (dueAt(company, run.asOf, reader) ?? now) > now,
    );
    const missed = await missedOn(bucket, addDays(run.from, -1), { company, readers, now });
    return {
      hours,
      missed: missed.length === 0 ? [] : [missedPart(missed, addDays(run.from, -1), hourly === true)],
      unkept: hours === 'kept' || early.length === 0 ? [] : [unkeptPart(early.length)],
    };
  } catch (error) {
    return { hours: 'unkept', missed: [part('hours', problemOf(error))], unkept: [] };
  }
}

/** Whether somebody gets what waits, of that day. */
const isTold = (company: Day['company'], asOf: string, reader: Reader): boolean =>
  wantsDigest(company, asOf, reader) ||
  reviewSpans.some((span) => wantsReview(reader, span) && reviewOf(asOf, span) !== null);

/** Letters of a day that waited, were not sent on the day on which they were due, and have a reader still. */
async function missedOn(
  bucket: Platform['bucket'],
  asOf: string,
  { company, readers, now }: Pick<Day, 'company'> & Pick<Channel, 'readers'> & { readonly now: Date },
): Promise<string[]> {
  const waiting = await waitingOf(bucket, asOf);
  return waiting.filter((id) => {
    const reader = readerOf([{ readers }], id);
    const due = reader && dueAt(company, asOf, reader);
    return due !== undefined && isOver(company, due, now);
  });
}

const part = (item: string, problem: BrokenPart['problem']): BrokenPart => ({
  step: 'report',
  item,
  problem,
});

/** The line of cron that keeps the hours of readers on one machine. */
export const CRON_LINE = '0 * * * *  cd /srv/our-company && npx vigie send --due';

const missedPart = (ids: readonly string[], asOf: string, hourly: boolean): BrokenPart =>
  part('hours missed', {
    code: 'HOUR_MISSED',
    message: `${counted(ids.length, 'letter')} of ${asOf} waited for the hour of the reader, and nothing sent it: ${ids.join(', ')}.`,
    hint: `A day’s digest is not sent once its day has gone by; the report has it, and \`vigie send --date ${asOf} --to ADDRESS\` sends it all the same. ${
      hourly
        ? 'Look at docs/operations/digest-missing.md.'
        : `Is the line of cron still there that comes by every hour? ${CRON_LINE}`
    }`,
  });

const unkeptPart = (readers: number): BrokenPart =>
  part('hours', {
    code: 'HOUR_UNKEPT',
    message: `${counted(readers, 'reader')} should be told at an hour that has not come, and nothing here comes by at it (\`vigie send --due\` was not called in the last day): told now.`,
    hint: `Add a line to cron: ${CRON_LINE}`,
  });
