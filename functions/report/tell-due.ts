import { dueAt, isOver } from '../lake/company/due.ts';
import { runThatMeasures } from '../lake/run/at-work.ts';
import type { MailRun } from '../lake/run/manifest.ts';
import { runRef } from '../lake/run/run.ts';
import { waitingOf } from '../lake/run/waits.ts';
import { addDays } from '../lake/values/day.ts';
import { businessDate } from '../lake/values/zone.ts';
import { type Channel, readerOf } from './channels/channel.ts';
import { channelsOf } from './channels/channels.ts';
import { readDay } from './model/read-day.ts';
import { linksOf, type ReportContext, reviewsOf } from './task.ts';
import { tellDay } from './tell-day.ts';

/** What became of the letters of a day that waited. */
export interface DueOfDay {
  readonly asOf: string;
  /** Of those whose hour has come. */
  readonly mails: readonly MailRun[];
  /** Those whose hour is still to come, soonest first. */
  readonly waits: readonly { readonly id: string; readonly until: string }[];
  /** The run that measures the day just now: it tells whose hour has come, and so does the next call. */
  readonly heldBy?: string;
}

/**
 * Tells who waited for an hour that has come, and nobody else: letters that a run noted as waiting, as the day stands now. Called
 * every hour, by whatever keeps time; calling it more often, at once with a run, or late is harmless: a letter goes out once,
 * and on its own day. Days of which nothing waits are left out. Throws where the day cannot be read.
 */
export async function tellDue(context: ReportContext): Promise<DueOfDay[]> {
  const { company, platform } = context;
  const today = businessDate(platform.clock.now(), company.company.time_zone);
  const days: DueOfDay[] = [];
  // Yesterday's; and of the day before, where summer time carried the last hour over midnight.
  for (const asOf of [addDays(today, -2), addDays(today, -1)]) {
    const told = await tellDueOf(context, asOf);
    if (told.mails.length + told.waits.length > 0 || told.heldBy !== undefined) days.push(told);
  }
  return days;
}

/** Letters that failed; one that another call is just sending did not. */
export const failedIn = (days: readonly DueOfDay[]): MailRun[] =>
  days.flatMap(({ mails }) =>
    mails.filter(({ status, problem }) => status === 'failed' && problem?.code !== 'MAIL_IN_HAND'),
  );

async function tellDueOf(context: ReportContext, asOf: string): Promise<DueOfDay> {
  const { company, catalogue, platform } = context;
  const { bucket, clock } = platform;
  const now = clock.now();
  const ids = company.delivery.live ? await waitingOf(bucket, asOf) : [];
  if (ids.length === 0) return { asOf, mails: [], waits: [] };
  const channels = channelsOf(platform, company, context);
  const waiting = waitingFor(context, asOf, { ids, channels, now });
  const due = waiting.filter(({ until }) => until <= now).map(({ id }) => id);
  const waits = waiting
    .filter(({ until }) => until > now)
    .map(({ id, until }) => ({ id, until: until.toISOString() }))
    .toSorted((a, b) => a.until.localeCompare(b.until));
  if (due.length === 0) return { asOf, mails: [], waits };
  const heldBy = await runThatMeasures(bucket, asOf, now);
  if (heldBy !== undefined) return { asOf, mails: [], waits, heldBy };
  const run = `${runRef({ asOf, from: asOf }, now.toISOString()).run}.due`;
  const day = await readDay(bucket, { company, catalogue, asOf, run });
  const { reviews } = await reviewsOf(context, asOf, run);
  const { links } = await linksOf(context);
  const mails = await tellDay(platform, channels, day, {
    ...{ run, reviews, links, hours: 'kept', stems: due },
  });
  return { asOf, mails, waits };
}

interface Waiting {
  readonly ids: readonly string[];
  readonly channels: readonly Channel[];
  readonly now: Date;
}

/** Until when each letter waits as things stand now: who has no hour any more waits no longer, who is no reader is not told. */
function waitingFor(
  { company }: Pick<ReportContext, 'company'>,
  asOf: string,
  { ids, channels, now }: Waiting,
) {
  return ids.flatMap((id) => {
    const reader = readerOf(channels, id);
    if (reader === undefined) return [];
    const until = dueAt(company, asOf, reader) ?? now;
    return isOver(company, until, now) ? [] : [{ id, until }];
  });
}
