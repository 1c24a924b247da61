import { join, resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { addDays, businessDate } from '../../functions/lake/calendar.ts';
import { systemClock } from '../../functions/platform/local/system-clock.ts';
import { TIME_ZONE } from '../../sandbox/calendar.ts';
import { type SandboxSummary, sandboxDefaults, writeSandbox } from '../../sandbox/write-sandbox.ts';
import { out } from '../colours.ts';
import { consoleLog } from '../console-log.ts';
import { openContext } from '../context.ts';
import { exitCodes } from '../failure.ts';
import { interruptible } from '../interrupt.ts';
import { dateArgument } from '../options.ts';
import { runPipeline } from '../run/run-pipeline.ts';
import { printMorning } from '../run/summary.ts';
import { freshState } from './fresh-state.ts';
import { hasTrouble, progressOf } from './run.ts';

interface SandboxOptions {
  folder: string;
  endsOn?: string;
  days: number;
  seed: number;
  scale: number;
  stories: boolean;
  run: boolean;
  json?: boolean;
}

/** Days of figures the first run shows: four months of trends, within a minute. */
const BACK_FILL_DAYS = 120;

const numberArgument = (value: string): number => {
  const number = Number(value);
  if (!Number.isFinite(number) || number <= 0) throw new InvalidArgumentError('Give a number above 0.');
  return number;
};

export function addSandbox(program: Command): void {
  program
    .command('sandbox')
    .description('a made-up wholesaler’s morning, end to end: what `npm start` runs')
    .option('--folder <folder>', 'where the company goes', join('.vigie', 'sandbox'))
    .option('--ends-on <day>', 'its last day (default: yesterday)', dateArgument)
    .option('--days <n>', 'days of history', numberArgument, sandboxDefaults.days)
    .option('--seed <n>', 'another seed, another company', numberArgument, sandboxDefaults.seed)
    .option('--scale <n>', 'volume: 1 is some 260 order lines a day', numberArgument, sandboxDefaults.scale)
    .option('--no-stories', 'nothing out of the ordinary happens')
    .option('--no-run', 'only write the exports')
    .option('--json', 'one JSON line an event, for machines')
    .addHelpText(
      'after',
      '\nExamples:\n  vigie sandbox\n  vigie sandbox --folder elsewhere --ends-on 2026-11-21 --scale 10',
    )
    .action((options: SandboxOptions) => interruptible(() => morning(options)));
}

async function morning(options: SandboxOptions): Promise<void> {
  const say = (line: string): void => void (options.json || process.stdout.write(`${line}\n`));
  const summary = await prepare(options, say);
  if (!options.run) return;
  const context = await openContext({ config: summary.config }, consoleLog(options.json === true));
  try {
    const from = addDays(summary.endsOn, 1 - Math.min(BACK_FILL_DAYS, options.days));
    const manifest = await runPipeline(
      context,
      { asOf: summary.endsOn, from },
      progressOf(options.json === true),
    );
    if (!options.json) await printMorning(context, manifest, say);
    if (!options.json)
      say(out.dim(`\nLook around: cd ${options.folder} && npx vigie values net_revenue orders`));
    process.exitCode = hasTrouble(manifest) ? exitCodes.partly : exitCodes.done;
  } finally {
    await context.close();
  }
}

/** Writes the company; what is kept of another one made here is taken away. */
async function prepare(options: SandboxOptions, say: (line: string) => void): Promise<SandboxSummary> {
  const folder = resolve(options.folder);
  const endsOn = options.endsOn ?? addDays(businessDate(systemClock.now(), TIME_ZONE), -1);
  const { seed, days, scale, stories } = options;
  const wanted = { seed, days, scale, stories, endsOn };
  const started = performance.now();
  say(out.bold(`\nA made-up wholesaler: ${days} days of exports in ${options.folder}`));
  const summary = await writeSandbox({ folder, ...wanted });
  const took = out.dim(`${((performance.now() - started) / 1000).toFixed(1)} s`);
  say(
    `  ${out.green('✓')} ${out.bold('sandbox ')} ${summary.files.length.toLocaleString('en')} export files, ${summary.startsOn} to ${summary.endsOn}  ${took}`,
  );
  if (await freshState(folder, wanted))
    say(
      `    ${out.yellow('!')} The company that was here ended on another day or was made otherwise: its figures and mails were taken away.`,
    );
  return summary;
}
