import type { Command } from 'commander';
import { problemOf } from '../../functions/lake/landing/batch.ts';
import type { MailRun } from '../../functions/lake/run/manifest.ts';
import { runRef } from '../../functions/lake/run/run.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { channelsOf } from '../../functions/report/channels/channels.ts';
import { mailChannel } from '../../functions/report/channels/mail.ts';
import { hoursNow } from '../../functions/report/hours.ts';
import type { LinkMaker } from '../../functions/report/letters/act.ts';
import { linkMaker } from '../../functions/report/link-maker.ts';
import { readDay } from '../../functions/report/model/read-day.ts';
import { readReviews } from '../../functions/report/model/review.ts';
import { tellAgain } from '../../functions/report/tell-again.ts';
import { tellDay } from '../../functions/report/tell-day.ts';
import { problemLine } from '../../functions/task.ts';
import { err } from '../colours.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../failure.ts';
import { dateArgument } from '../options.ts';
import { printSent } from '../print-sent.ts';
import { withContext } from '../with-context.ts';
import { measuredDay } from './measured-day.ts';
import { recipientNamed } from './recipient-named.ts';
import { sendDue } from './send-due.ts';

interface SendOptions {
  date?: string;
  to?: string;
  again?: boolean;
  reason?: string;
  due?: boolean;
}

export function completeSend(draft: Command): void {
  draft
    .option('--date <day>', 'as-of date (default: the latest one measured)', dateArgument)
    .option('--to <email>', 'only this recipient, whatever her hour')
    .option('--again', 'the digest, also to those who had it; needs --reason, and sends once for each reason')
    .option('--reason <text>', 'why it is sent again: stands at the top of the mail')
    .option('--due', 'only what waits for the hour of its reader, once that has come: for cron, every hour')
    .addHelpText(
      'after',
      `
Examples:
  vigie send                                       after \`vigie run --no-mail\`
  vigie send --due                                 in cron, every hour: 0 * * * *
  vigie send --date 2026-11-20 --again --reason "Returns of Thursday were missing."`,
    )
    .action(async (options: SendOptions, command: Command) => {
      checkOptions(options);
      await withContext(command, async (context) => {
        if (options.due) return sendDue(context);
        refuseInSetUp(context);
        const asOf = await measuredDay(context, options.date);
        const mails = await send(context, asOf, options);
        printSent(context, asOf, mails);
        process.exitCode = mails.some(({ status }) => status === 'failed')
          ? exitCodes.partly
          : exitCodes.done;
      });
    });
}

function checkOptions({ again, reason, due, date, to }: SendOptions): void {
  if (due && (again || reason || date || to))
    throw new VigieError('--due stands alone.', {
      code: 'USAGE',
      hint: 'It sends what waits, once the hour of its reader has come. To send one reader’s now: vigie send --to ADDRESS.',
    });
  if (Boolean(again) === Boolean(reason?.trim())) return;
  throw new VigieError(again ? '--again needs a --reason.' : '--reason is for --again.', {
    code: 'USAGE',
    hint: 'Everybody gets a day’s digest once. To send it again, say why: vigie send --again --reason "Returns were missing."',
  });
}

function refuseInSetUp({ company, configFile }: Context): void {
  if (company.delivery.live) return;
  throw new VigieError('This company is being set up: nobody is sent anything (delivery.live is false).', {
    code: 'NOT_LIVE',
    hint: `Set \`delivery: { live: true }\` in ${configFile} once the figures are right. \`vigie doctor --mail-to ADDRESS\` sends a test mail before that.`,
  });
}

async function send(context: Context, asOf: string, { to, reason }: SendOptions): Promise<MailRun[]> {
  const { company, catalogue, platform } = context;
  const run = `${runRef({ asOf, from: asOf }, platform.clock.now().toISOString()).run}.send`;
  const channels =
    to === undefined
      ? channelsOf(platform, company)
      : [mailChannel(platform, company, [recipientNamed(company, to)])];
  const day = await readDay(platform.bucket, { company, catalogue, asOf, run });
  const links = await linksOf(context);
  return reason === undefined
    ? tellDay(platform, channels, day, {
        ...{ run, links },
        reviews: await readReviews(platform.bucket, { company, catalogue, asOf, run }),
        // Who is named is told now: somebody asked for it.
        hours: to === undefined ? await hoursNow(platform, context.stack !== undefined) : undefined,
      })
    : tellAgain(platform, channels, day, { run, reason, links, whoever: to !== undefined });
}

/** Of a stack that answers links; who may not read their key sends letters without, and is told so. */
async function linksOf({ stack, platform }: Context): Promise<LinkMaker | undefined> {
  try {
    return await linkMaker(stack?.env ?? {}, platform.secrets)?.();
  } catch (error) {
    process.stderr.write(
      `${err.yellow('!')} No links to acknowledge alerts in these letters: ${problemLine(problemOf(error))}\n`,
    );
    return undefined;
  }
}
