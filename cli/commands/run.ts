import type { Command } from 'commander';
import { addDays, businessDate } from '../../functions/lake/calendar.ts';
import { firstDayMissed } from '../../functions/lake/finished.ts';
import type { Manifest } from '../../functions/lake/manifest.ts';
import type { RunRequest } from '../../functions/lake/run.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { err } from '../colours.ts';
import { consoleLog } from '../console-log.ts';
import { type Context, openContext } from '../context.ts';
import { exitCodes } from '../failure.ts';
import { interruptible } from '../interrupt.ts';
import { dateArgument, globalOptions } from '../options.ts';
import { jsonProgress, type Progress, plainProgress, terminalProgress } from '../run/progress.ts';
import { runPipeline } from '../run/run-pipeline.ts';
import { printMorning } from '../run/summary.ts';

interface RunOptions {
  date?: string;
  from?: string;
  to?: string;
  json?: boolean;
}

export function addRun(program: Command): void {
  program
    .command('run')
    .description('read the exports, load, check, compute the figures, judge the alerts, tell people')
    .option('--date <day>', 'as-of date (default: yesterday in the company’s time zone)', dateArgument)
    .option('--from <day>', 'first as-of date of a back-fill', dateArgument)
    .option(
      '--to <day>',
      'last as-of date of a back-fill: the only one that mails are sent for',
      dateArgument,
    )
    .option('--json', 'one JSON line an event, for machines')
    .addHelpText(
      'after',
      '\nExamples:\n  vigie run\n  vigie run --date 2026-11-20\n  vigie run --from 2026-01-01 --to 2026-11-21',
    )
    .action(async (options: RunOptions, command: Command) => {
      const context = await openContext(globalOptions(command), consoleLog(options.json === true));
      try {
        const request = await requestOf(options, context);
        const manifest = await interruptible(() =>
          runPipeline(context, request, progressOf(options.json === true)),
        );
        if (!options.json) await printMorning(context, manifest, (line) => process.stdout.write(`${line}\n`));
        process.exitCode = hasTrouble(manifest) ? exitCodes.partly : exitCodes.done;
      } finally {
        await context.close();
      }
    });
}

/** Bars on a terminal, lines elsewhere, JSON on demand. */
export function progressOf(json: boolean): Progress {
  const line = (text: string): void => void process.stdout.write(`${text}\n`);
  if (json) return jsonProgress(line);
  return process.stderr.isTTY ? terminalProgress(process.stderr) : plainProgress(line);
}

/** Something failed on the way: the run is done, but a person should look. */
export const hasTrouble = (manifest: Manifest): boolean =>
  manifest.pulls.some((pull) => pull.status === 'failed') ||
  manifest.kpis.some((kpi) => kpi.status === 'failed') ||
  manifest.mails.some((mail) => mail.status === 'failed');

/** Yesterday by default, and the days before it on which nothing ran. */
async function requestOf(options: RunOptions, context: Context): Promise<RunRequest> {
  if (options.date && (options.from || options.to)) {
    throw new VigieError('Give either --date, or --from and --to.', {
      code: 'USAGE',
      hint: '--date is for one day; --from and --to are for a back-fill.',
    });
  }
  const yesterday = addDays(
    businessDate(context.platform.clock.now(), context.company.company.time_zone),
    -1,
  );
  const asOf = options.date ?? options.to ?? yesterday;
  const asked = options.from ?? options.date ?? options.to;
  const from = asked ?? (await firstDayMissed(context.platform.bucket, asOf));
  if (from > asOf)
    throw new VigieError(`--from ${from} is after the last day, ${asOf}.`, {
      code: 'USAGE',
      hint: 'Name a last day with --to, or an earlier first one. Without --to the last day is yesterday.',
    });
  if (asOf > addDays(yesterday, 1))
    process.stderr.write(`${err.yellow('!')} ${asOf} lies in the future: most figures will have no data.\n`);
  return { asOf, from };
}
