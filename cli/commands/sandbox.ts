import { join, resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { addDays } from '../../functions/lake/values/day.ts';
import { businessDate } from '../../functions/lake/values/zone.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { systemClock } from '../../functions/platform/local/system-clock.ts';
import {
  type SandboxSummary,
  sandboxDefaults,
  writeSandbox,
} from '../../sandbox/companies/wholesale/write-sandbox.ts';
import { TIME_ZONE } from '../../sandbox/kit/calendar.ts';
import { type SpawnedSandbox, spawnSandbox } from '../../sandbox/vendors/spawn.ts';
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
import { writeSecrets } from './sandbox-secrets.ts';

interface SandboxOptions {
  folder: string;
  endsOn?: string;
  days: number;
  seed: number;
  scale: number;
  stories: boolean;
  run: boolean;
  files?: boolean;
  serve?: boolean;
  chaos?: number;
  port?: number;
  json?: boolean;
}

/** Days of figures the first run shows: three months of trends, within a minute. */
const BACK_FILL_DAYS = 90;
/** Ports of the simulated vendors when none are named: the first that are free, from here on in steps of ten. */
const FIRST_PORT = 18_870;
const PORT_BLOCKS = 5;

const numberArgument = (value: string): number => {
  const number = Number(value);
  if (!Number.isFinite(number) || number <= 0) throw new InvalidArgumentError('Give a number above 0.');
  return number;
};

export function completeSandbox(draft: Command): void {
  draft
    .option('--folder <folder>', 'where the company goes', join('.vigie', 'sandbox'))
    .option('--ends-on <day>', 'its last day (default: yesterday)', dateArgument)
    .option('--days <n>', 'days of history', numberArgument, sandboxDefaults.days)
    .option('--seed <n>', 'another seed, another company', numberArgument, sandboxDefaults.seed)
    .option('--scale <n>', 'volume: 1 is some 260 order lines a day', numberArgument, sandboxDefaults.scale)
    .option('--no-stories', 'nothing out of the ordinary happens')
    .option('--files', 'everything comes as files; no vendor is simulated')
    .option('--serve', 'keep the simulated vendors answering afterwards, until Ctrl-C')
    .option('--chaos <seed>', 'the simulated vendors misbehave, as the seed says', numberArgument)
    .option('--port <n>', `port of the first simulated vendor (default: ${FIRST_PORT})`, numberArgument)
    .option('--no-run', 'only make the company')
    .option('--json', 'one JSON line an event, for machines')
    .addHelpText(
      'after',
      `
Examples:
  vigie sandbox
  vigie sandbox --serve --no-run          then, elsewhere: vigie run, vigie try, vigie doctor
  vigie sandbox --chaos 7
  vigie sandbox --folder elsewhere --ends-on 2026-11-21 --scale 10`,
    )
    .action((options: SandboxOptions) => interruptible(() => morning(options)));
}

type Say = (line: string) => void;

async function morning(options: SandboxOptions): Promise<void> {
  const say: Say = (line) => void (options.json || process.stdout.write(`${line}\n`));
  checkOptions(options);
  const made = await prepare(options, say);
  try {
    if (options.run) await run(options, made.summary, say);
    if (options.serve) await serve(made, say);
  } finally {
    await made.close();
  }
}

function checkOptions({ files, serve, chaos, port, endsOn }: SandboxOptions): void {
  const today = businessDate(systemClock.now(), TIME_ZONE);
  if (endsOn !== undefined && endsOn > today)
    throw new VigieError(`--ends-on ${endsOn} lies in the future: today is ${today}.`, {
      code: 'USAGE',
      hint: 'Leave it out to end yesterday.',
    });
  if (files && (serve || chaos !== undefined || port !== undefined))
    throw new VigieError('With --files no vendor is simulated: --serve, --chaos and --port say nothing.', {
      code: 'USAGE',
      hint: 'Leave --files out to have the vendors.',
    });
}

async function run(options: SandboxOptions, summary: SandboxSummary, say: Say): Promise<void> {
  const context = await openContext({ config: summary.config }, consoleLog(options.json === true));
  try {
    const from = addDays(summary.endsOn, 1 - Math.min(BACK_FILL_DAYS, options.days));
    const manifest = await runPipeline(
      context,
      { asOf: summary.endsOn, from },
      progressOf(options.json === true),
    );
    if (!options.json) await printMorning(context, manifest, say);
    say(out.dim(`\nLook around: cd ${options.folder} && npx vigie values net_revenue orders`));
    process.exitCode = hasTrouble(manifest) ? exitCodes.partly : exitCodes.done;
  } finally {
    await context.close();
  }
}

interface Made {
  readonly summary: SandboxSummary;
  readonly vendors: SpawnedSandbox['vendors'];
  close(): Promise<void>;
}

/** Makes the company; what is kept of another one made here is taken away. */
async function prepare(options: SandboxOptions, say: Say): Promise<Made> {
  const folder = resolve(options.folder);
  const endsOn = options.endsOn ?? addDays(businessDate(systemClock.now(), TIME_ZONE), -1);
  const { seed, days, scale, stories } = options;
  const wanted = { seed, days, scale, stories, endsOn };
  const started = performance.now();
  say(out.bold(`\nA made-up wholesaler: ${days} days of business in ${options.folder}`));
  const made = options.files
    ? { summary: await writeSandbox({ folder, ...wanted }), vendors: [], close: async () => undefined }
    : await spawned(options, { folder, ...wanted });
  const took = out.dim(`${((performance.now() - started) / 1000).toFixed(1)} s`);
  const { files, startsOn } = made.summary;
  const served = made.vendors.length > 0 ? `${made.vendors.length} vendors on loopback, ` : '';
  say(
    `  ${out.green('✓')} ${out.bold('sandbox ')} ${served}${files.length.toLocaleString('en')} export files, ${startsOn} to ${endsOn}  ${took}`,
  );
  if (await freshState(folder, { ...wanted, files: options.files === true }))
    say(
      `    ${out.yellow('!')} The company that was here ended on another day or was made otherwise: its figures and mails were taken away.`,
    );
  if (made.vendors.length > 0) await writeSecrets(folder, made.vendors);
  return made;
}

/** Starts the vendors; where no port was named, on the first ports that are free. */
async function spawned(
  { port, chaos }: SandboxOptions,
  wanted: Parameters<typeof writeSandbox>[0],
): Promise<SpawnedSandbox> {
  for (let block = 0; ; block += 1) {
    try {
      const firstPort = port ?? FIRST_PORT + 10 * block;
      return await spawnSandbox({ ...wanted, firstPort, chaos: chaos ?? null });
    } catch (error) {
      const taken = error instanceof VigieError && error.code === 'SANDBOX_PORT';
      if (!taken || port !== undefined || block + 1 === PORT_BLOCKS) throw error;
    }
  }
}

/** Until Ctrl-C, which ends the program. */
async function serve({ vendors }: Made, say: Say): Promise<never> {
  say(`\n${out.bold('Serving')} ${out.dim('(Ctrl-C ends it)')}`);
  for (const { kind, origin } of vendors) say(`  ${kind.padEnd(14)} ${origin}`);
  return new Promise<never>(() => setInterval(() => undefined, 60_000));
}
