import { dueAt, hourOf } from '../../functions/lake/company/due.ts';
import { getsDigests, mailKeyOf } from '../../functions/lake/company/readers.ts';
import { areHoursKept, lastCalled, waitingOf } from '../../functions/lake/run/waits.ts';
import { addDays } from '../../functions/lake/values/day.ts';
import { wallTime } from '../../functions/lake/values/zone.ts';
import { readerOf } from '../../functions/report/channels/channel.ts';
import { channelsOf } from '../../functions/report/channels/channels.ts';
import { CRON_LINE } from '../../functions/report/hours.ts';
import { counted } from '../../functions/task.ts';
import type { Context } from '../context.ts';
import { todayOf } from '../past-day.ts';
import type { Symptom } from './symptom.ts';

/** Whether somebody comes by at the hours that readers chose, and who waits until when; nothing where nobody chose one. */
export async function examineHours(context: Context): Promise<readonly Symptom[]> {
  const { company, platform, stack } = context;
  const what = 'hours of readers';
  const chosen = [...company.recipients, ...company.channels].filter(
    (reader) => getsDigests(reader) && hourOf(company, reader) !== undefined,
  );
  if (chosen.length === 0) return [];
  const waits = await waitsOf(context);
  const finding = `${counted(chosen.length, 'reader')} chose an hour; ${waits.length === 0 ? 'nobody waits now' : `waiting: ${waits.join(', ')}`}`;
  // A stack has its timetable.
  if (stack !== undefined) return [{ what, status: 'ok', finding }];
  const now = platform.clock.now();
  const called = await lastCalled(platform.bucket);
  const last = called && wallTime(called, company.company.time_zone);
  if (await areHoursKept(platform.bucket, now))
    return [{ what, status: 'ok', finding: `${finding}; \`vigie send --due\` came by last at ${last}` }];
  return [
    {
      what,
      status: 'warning',
      finding: `${counted(chosen.length, 'reader')} chose an hour, and nothing comes by at it: they are told with the run (\`vigie send --due\` was ${last === undefined ? 'never called' : `called last at ${last}`})`,
      remedy: `Add a line to cron: ${CRON_LINE}`,
    },
  ];
}

/** Who waits until when, of yesterday: addresses of vigie.yaml are the operator's own. */
async function waitsOf({ company, platform }: Context): Promise<string[]> {
  const { bucket, clock } = platform;
  const now = clock.now();
  const asOf = addDays(todayOf({ platform, company }), -1);
  const names = new Map([
    ...company.recipients.map(({ email }) => [mailKeyOf(email), email] as const),
    ...company.channels.map(({ kind, name }) => [`${kind}-${name}`, `${kind} ${name}`] as const),
  ]);
  const channels = channelsOf(platform, company);
  return (await waitingOf(bucket, asOf)).flatMap((id) => {
    const reader = readerOf(channels, id);
    const due = reader && dueAt(company, asOf, reader);
    if (reader === undefined || due === undefined || due < now) return [];
    return [`${names.get(reader.key) ?? reader.key} until ${wallTime(due, company.company.time_zone)}`];
  });
}
