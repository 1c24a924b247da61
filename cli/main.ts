import { Command } from 'commander';
import { version } from '../functions/lake/run/version.ts';
import { VigieError } from '../functions/platform/errors.ts';
import { addAlerts } from './commands/alerts.ts';
import { addDigest } from './commands/digest.ts';
import { addDoctor } from './commands/doctor.ts';
import { addExplain } from './commands/explain.ts';
import { addInit } from './commands/init.ts';
import { addKpis } from './commands/kpis.ts';
import { addNew } from './commands/new.ts';
import { addReplay } from './commands/replay.ts';
import { addReport } from './commands/report.ts';
import { addRun } from './commands/run.ts';
import { addSandbox } from './commands/sandbox.ts';
import { addSend } from './commands/send.ts';
import { addTry } from './commands/try.ts';
import { addValues } from './commands/values.ts';
import { exitCodes, explainFailure } from './failure.ts';
import { freshRedactor } from './redaction.ts';

/** Runs one command line; gives the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const program = buildProgram();
  process.exitCode = exitCodes.done;
  freshRedactor();
  process.stdout.on('error', endOfPipe);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return typeof process.exitCode === 'number' ? process.exitCode : exitCodes.done;
  } catch (error) {
    return explainFailure(error);
  } finally {
    process.stdout.removeListener('error', endOfPipe);
  }
}

/** `vigie values … | head -1`: who reads has read enough. */
function endOfPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit(exitCodes.done);
}

/** The program with all its commands; parsing a line does the work. */
export function buildProgram(): Command {
  const program = new Command('vigie')
    .description('The KPI lookout: reads the day’s exports, computes the figures, tells people.')
    .version(version)
    .option('-c, --config <file>', 'the company’s configuration', 'vigie.yaml')
    .option('--state <folder>', 'where everything is kept (default: .vigie beside the configuration)')
    .option('--stack <name>', 'what is deployed on AWS, instead of this machine')
    .showHelpAfterError('(see `vigie --help`)')
    .exitOverride()
    .addHelpText(
      'after',
      `
Examples:
  npm start                                        a made-up company’s morning, end to end
  vigie init                                       write a first vigie.yaml
  vigie run                                        yesterday’s figures, alerts and mails
  vigie run --from 2026-01-01 --to 2026-11-21      back-fill
  vigie values net_revenue orders --period mtd
  vigie explain cart_abandonment_rate --date 2026-11-21
  vigie values net_revenue --stack vigie-production   of what is deployed on AWS`,
    );
  for (const add of [
    addRun,
    addKpis,
    addValues,
    addExplain,
    addAlerts,
    addDigest,
    addSend,
    addReport,
    addDoctor,
    addTry,
    addReplay,
    addInit,
    addNew,
    addSandbox,
  ])
    add(program);
  inheritGlobals(program);
  return program;
}

/** `vigie values … --config x` must work as well as `vigie --config x values …`. */
function inheritGlobals(command: Command): void {
  for (const child of command.commands) {
    child.exitOverride().showHelpAfterError(`(see \`${pathOf(child)} --help\`)`);
    if (child.commands.length > 0) inheritGlobals(child);
    else if (!WITHOUT_COMPANY.includes(child.name())) {
      child.option('-c, --config <file>', 'the company’s configuration (default: vigie.yaml)');
      child.option('--state <folder>', 'where everything is kept (default: .vigie beside the configuration)');
    }
    if (worksOnStack(child))
      child.option('--stack <name>', 'what is deployed on AWS, instead of this machine');
    else child.hook('preAction', refuseStack);
  }
}

/** Commands about what is deployed. */
const ON_STACK: readonly string[] = [
  'run',
  'kpis',
  'values',
  'explain',
  'alerts',
  'digest',
  'send',
  'report',
  'doctor',
];

const worksOnStack = (command: Command): boolean =>
  ON_STACK.includes(command.name()) || (command.parent !== null && ON_STACK.includes(command.parent.name()));

/** `vigie --stack NAME init` would do something else than it says. */
function refuseStack(command: Command): void {
  if (command.optsWithGlobals<{ stack?: string }>().stack === undefined) return;
  throw new VigieError(`\`${pathOf(command)}\` works on this machine only, not with --stack.`, {
    code: 'USAGE',
    hint: `With --stack: ${ON_STACK.join(', ')}.`,
  });
}

/** Commands that read no vigie.yaml. */
const WITHOUT_COMPANY: readonly string[] = ['kpi', 'sandbox'];

const pathOf = (command: Command): string =>
  command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
