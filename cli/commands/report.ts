import type { Command } from 'commander';
import type { BrokenPart } from '../../functions/lake/run/manifest.ts';
import { readDay } from '../../functions/report/model/read-day.ts';
import { writeSite } from '../../functions/report/site/write-site.ts';
import { problemLine } from '../../functions/task.ts';
import { err } from '../colours.ts';
import { exitCodes } from '../failure.ts';
import { dateArgument } from '../options.ts';
import { withContext } from '../with-context.ts';
import { measuredDay } from './measured-day.ts';

export function completeReport(draft: Command): void {
  draft
    .option('--date <day>', 'as-of date (default: the latest one measured)', dateArgument)
    .addHelpText('after', '\nExample:\n  vigie report --date 2026-11-21')
    .action(async (options: { date?: string }, command: Command) => {
      await withContext(command, async (context) => {
        const asOf = await measuredDay(context, options.date);
        const { company, catalogue, platform } = context;
        const day = await readDay(platform.bucket, { company, catalogue, asOf });
        const key = await writeSite(platform, day);
        const broken = day.broken.filter(({ step }) => step === 'report');
        process.stdout.write(`${context.platform.bucket.locate(key)}\n`);
        for (const part of context.platform.redactor.value(broken)) process.stderr.write(notShown(part));
        if (broken.length > 0) process.exitCode = exitCodes.partly;
      });
    });
}

/** What the page lacks, and what to do about it. */
const notShown = ({ item, problem }: BrokenPart): string =>
  `${err.red('✗')} not in the report: ${item}: ${problemLine(problem)}\n`;
