import type { Command } from 'commander';
import { firstDayMissed } from '../../functions/lake/run/finished.ts';
import type { Manifest } from '../../functions/lake/run/manifest.ts';
import { addDays } from '../../functions/lake/values/day.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { err } from '../colours.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../failure.ts';
import { interruptible } from '../interrupt.ts';
import { dateArgument, globalOptions } from '../options.ts';
import { refuseFuture, todayOf } from '../past-day.ts';
import { jsonProgress, type Progress, plainProgress, terminalProgress } from '../run/progress.ts';
import { runPipeline } from '../run/run-pipeline.ts';
import { printMorning } from '../run/summary.ts';
import type { DeployedStack } from '../stack/find-stack.ts';
import { withContext } from '../with-context.ts';

interface RunOptions {
  date?: string;
  from?: string;
  to?: string;
  json?: boolean;
  wait: boolean;
  redrive?: boolean;
  mail: boolean;
}

export function completeRun(draft: Command): void {
  draft
    .option('--date <day>', 'as-of date (default: yesterday in the company’s time zone)', dateArgument)
    .option('--from <day>', 'first as-of date of a back-fill', dateArgument)
    .option(
      '--to <day>',
      'last as-of date of a back-fill: the only one that mails are sent for',
      dateArgument,
    )
    .option('--no-mail', 'write the mails as files and send none; `vigie send` sends them later')
    .option('--no-wait', 'with --stack: start it, print its ARN, and do not follow it')
    .option('--redrive', 'with --stack: go on where the last run that failed broke off')
    .option('--json', 'one JSON line an event, for machines')
    .addHelpText(
      'after',
      `
Examples:
  vigie run
  vigie run --date 2026-11-20
  vigie run --from 2026-01-01 --to 2026-11-21
  vigie run --stack vigie-production --redrive`,
    )
    .action(async (options: RunOptions, command: Command) => {
      checkOptions(options, globalOptions(command).stack);
      await withContext(
        command,
        async (context) => {
          const manifest = await (context.stack
            ? runDeployed(context, context.stack, options)
            : runHere(context, options));
          if (manifest === null) return;
          if (!options.json) await printMorning(context, manifest, line);
          process.exitCode = hasTrouble(manifest) ? exitCodes.partly : exitCodes.done;
        },
        options.json === true,
      );
    });
}

const line = (text: string): void => void process.stdout.write(`${text}\n`);

async function runHere(context: Context, options: RunOptions): Promise<Manifest> {
  const { asOf, from } = requestOf(options, context);
  const request = { asOf, from: from ?? (await firstDayMissed(context.platform.bucket, asOf)) };
  const told = { ...context, mail: options.mail };
  return interruptible(() => runPipeline(told, request, progressOf(options.json === true)));
}

/** Starts or resumes the run of a stack; null where there is no manifest to show. */
async function runDeployed(
  context: Context,
  stack: DeployedStack,
  options: RunOptions,
): Promise<Manifest | null> {
  const { startOnStack, redriveOnStack, followOnStack } = await import('../stack/run-on-stack.ts');
  const run = { context: { ...context, stack }, progress: progressOf(options.json === true) };
  const { asOf, from } = requestOf(options, context);
  const days = from === asOf ? { date: asOf } : { from: from ?? asOf, to: asOf };
  const arn = await (options.redrive
    ? redriveOnStack(run)
    : startOnStack(run, from === undefined ? {} : days));
  if (!options.wait) line(arn);
  if (!options.wait) return null;
  const manifest = await followOnStack(run, arn);
  if (manifest === null && !options.json) line('Nothing to do: every day up to yesterday is done.');
  return manifest;
}

/** Bars on a terminal, lines elsewhere, JSON on demand. */
export function progressOf(json: boolean): Progress {
  if (json) return jsonProgress(line);
  return process.stderr.isTTY ? terminalProgress(process.stderr) : plainProgress(line);
}

/** Something failed on the way: the run is done, but a person should look. */
export const hasTrouble = (manifest: Manifest): boolean =>
  manifest.pulls.some((pull) => pull.status === 'failed') ||
  manifest.kpis.some((kpi) => kpi.status === 'failed') ||
  manifest.mails.some((mail) => mail.status === 'failed') ||
  manifest.broken.length > 0;

/** Throws `USAGE` for options that contradict each other. */
function checkOptions({ date, from, to, wait, redrive, mail }: RunOptions, stack: string | undefined): void {
  const usage = (message: string, hint: string): VigieError =>
    new VigieError(message, { code: 'USAGE', hint });
  if (date && (from || to))
    throw usage(
      'Give either --date, or --from and --to.',
      '--date is for one day; --from and --to are for a back-fill.',
    );
  if (stack === undefined && (redrive || !wait))
    throw usage(
      `${redrive ? '--redrive' : '--no-wait'} is for runs on AWS: name the stack with --stack.`,
      'On this machine `vigie run` does a day that broke off again: nothing is done or told twice.',
    );
  if (stack !== undefined && !mail)
    throw usage(
      '--no-mail is for runs on this machine.',
      'On AWS set `delivery.live: false` in vigie.yaml and deploy: mails are then written, and sent to nobody.',
    );
  if (redrive && (date || from || to))
    throw usage('--redrive resumes the days of the run that failed.', 'To run other days, leave it out.');
}

/** The days asked for. Without any: yesterday, and `from` undefined, as the days on which nothing ran belong to it. */
function requestOf(options: RunOptions, context: Context): { asOf: string; from: string | undefined } {
  refuseFuture(context, { '--date': options.date, '--from': options.from, '--to': options.to });
  const yesterday = addDays(todayOf(context), -1);
  const asOf = options.date ?? options.to ?? yesterday;
  const from = options.from ?? options.date ?? options.to;
  if (from !== undefined && from > asOf)
    throw new VigieError(`--from ${from} is after the last day, ${asOf}.`, {
      code: 'USAGE',
      hint: 'Name a last day with --to, or an earlier first one. Without --to the last day is yesterday.',
    });
  if (asOf > yesterday)
    process.stderr.write(
      `${err.yellow('!')} ${asOf} is not over yet: its figures will be those of half a day.\n`,
    );
  return { asOf, from };
}
