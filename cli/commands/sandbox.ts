import { resolve } from 'node:path';
import type { Command } from 'commander';
import { addDays } from '../../functions/lake/values/day.ts';
import { businessDate } from '../../functions/lake/values/zone.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { systemClock } from '../../functions/platform/local/system-clock.ts';
import { TIME_ZONE } from '../../sandbox/kit/calendar.ts';
import type { SandboxOptions as FolderOptions, MadeSandbox } from '../../sandbox/kit/folder.ts';
import { type SpawnedSandbox, spawnSandbox } from '../../sandbox/vendors/spawn.ts';
import { out } from '../colours.ts';
import { consoleLog } from '../console-log.ts';
import { openContext } from '../context.ts';
import { exitCodes } from '../failure.ts';
import { interruptible } from '../interrupt.ts';
import { runPipeline } from '../run/run-pipeline.ts';
import { printMorning } from '../run/summary.ts';
import { freshState } from './fresh-state.ts';
import { hasTrouble, progressOf } from './run.ts';
import {
  type Asked,
  checkOptions,
  describeOptions,
  FIRST_PORT,
  type SandboxOptions,
  withDefaults,
} from './sandbox-options.ts';
import { writeSecrets } from './sandbox-secrets.ts';

/** Days of figures the first run shows: three months of trends, within a minute. */
const BACK_FILL_DAYS = 90;
const PORT_BLOCKS = 5;

export function completeSandbox(draft: Command): void {
  describeOptions(draft).action((asked: Asked) => interruptible(() => morning(withDefaults(asked))));
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

async function run(options: SandboxOptions, summary: MadeSandbox, say: Say): Promise<void> {
  const context = await openContext({ config: summary.config }, consoleLog(options.json === true));
  try {
    const from = addDays(summary.endsOn, 1 - Math.min(BACK_FILL_DAYS, options.days));
    const manifest = await runPipeline(
      context,
      { asOf: summary.endsOn, from },
      progressOf(options.json === true),
    );
    if (!options.json) await printMorning(context, manifest, say);
    say(
      out.dim(
        `\nLook around: cd ${options.folder} && npx vigie values ${options.company.firstKpis.join(' ')}`,
      ),
    );
    process.exitCode = hasTrouble(manifest) ? exitCodes.partly : exitCodes.done;
  } finally {
    await context.close();
  }
}

interface Made {
  readonly summary: MadeSandbox;
  readonly vendors: SpawnedSandbox['vendors'];
  close(): Promise<void>;
}

/** Makes the company; what is kept of another one made here is taken away. */
async function prepare(options: SandboxOptions, say: Say): Promise<Made> {
  const folder = resolve(options.folder);
  const endsOn = options.endsOn ?? addDays(businessDate(systemClock.now(), TIME_ZONE), -1);
  const { company, crm, seed, days, scale, stories } = options;
  const wanted = { seed, days, scale, stories, endsOn };
  const its = crm === undefined ? {} : { crm };
  const started = performance.now();
  say(out.bold(`\n${company.title.replace('a ', 'A ')}: ${days} days of business in ${options.folder}`));
  const asFiles = options.files === true;
  const made = asFiles
    ? { summary: await company.write({ folder, ...wanted }), vendors: [], close: async () => undefined }
    : await spawned(options, { folder, ...wanted });
  const took = out.dim(`${((performance.now() - started) / 1000).toFixed(1)} s`);
  const { files, startsOn } = made.summary;
  const count = made.vendors.length;
  const served = count > 0 ? `${count} ${count === 1 ? 'vendor' : 'vendors'} on loopback, ` : '';
  say(
    `  ${out.green('✓')} ${out.bold('sandbox ')} ${served}${files.length.toLocaleString('en')} export files, ${startsOn} to ${endsOn}  ${took}`,
  );
  if (await freshState(folder, { ...wanted, ...its, company: company.id, files: asFiles }))
    say(
      `    ${out.yellow('!')} The company that was here ended on another day or was made otherwise: its figures and mails were taken away.`,
    );
  if (made.vendors.length > 0) await writeSecrets(folder, made.vendors);
  return made;
}

/** Starts the vendors; where no port was named, on the first ports that are free. */
async function spawned(
  { company, crm, port, chaos }: SandboxOptions,
  wanted: FolderOptions,
): Promise<SpawnedSandbox> {
  for (let block = 0; ; block += 1) {
    try {
      const firstPort = port ?? FIRST_PORT + 10 * block;
      return await spawnSandbox({
        ...{ ...wanted, company: company.id, firstPort, chaos: chaos ?? null },
        ...(crm === undefined ? {} : { crm }),
      });
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
