import { noteCalled } from '../../functions/lake/run/waits.ts';
import { linkMaker } from '../../functions/report/link-maker.ts';
import { failedIn, tellDue } from '../../functions/report/tell-due.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../failure.ts';
import { printSent } from '../print-sent.ts';

/**
 * Sends what waits for the hour of its reader, once that has come; called every hour by cron, which mails whatever is printed: so
 * only on a terminal it says that there was nothing to do. That it was called is noted first: a run
 * lets nobody wait where nothing comes by.
 */
export async function sendDue(context: Context): Promise<void> {
  const { platform, stack } = context;
  // A stack has its timetable; who looks by hand keeps no hours.
  if (stack === undefined) await noteCalled(platform.bucket, platform.clock.now());
  const days = await tellDue({ ...context, links: linkMaker(stack?.env ?? {}, platform.secrets) });
  const isAsked = process.stdout.isTTY;
  for (const { asOf, mails, waits, heldBy } of days) {
    if (heldBy !== undefined)
      process.stdout.write(
        `${asOf}: ${heldBy} is at work; it tells whose hour has come, and so does the next call.\n`,
      );
    const waiting = waits.map((wait) => ({ ...wait, status: 'waits' as const }));
    if (isAsked || mails.length > 0) printSent(context, asOf, [...mails, ...waiting]);
  }
  if (isAsked && days.length === 0) process.stdout.write('Nobody waits.\n');
  process.exitCode = failedIn(days).length > 0 ? exitCodes.partly : exitCodes.done;
}
