import { Command, CommanderError } from 'commander';
import pc from 'picocolors';
import { version } from '../functions/lake/version.ts';
import { formatWhere, VigieError } from '../functions/platform/errors.ts';
import { addAlerts } from './commands/alerts.ts';
import { addDigest } from './commands/digest.ts';
import { addDoctor } from './commands/doctor.ts';
import { addExplain } from './commands/explain.ts';
import { addInit } from './commands/init.ts';
import { addNew } from './commands/new.ts';
import { addReport } from './commands/report.ts';
import { addRun } from './commands/run.ts';
import { addSandbox } from './commands/sandbox.ts';
import { addValues } from './commands/values.ts';

/**
 * Exit codes: 0 done; 1 done, but something failed on the way (a source, a KPI, a mail); 2 the user’s mistake
 * (arguments, configuration); 70 a bug of ours.
 */
export const exitCodes = { done: 0, partly: 1, usage: 2, bug: 70 } as const;

/** Runs one command line; gives the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const program = buildProgram();
  try {
    await program.parseAsync([...args], { from: 'user' });
    return typeof process.exitCode === 'number' ? process.exitCode : exitCodes.done;
  } catch (error) {
    return explainFailure(error);
  }
}

function buildProgram(): Command {
  const program = new Command('vigie')
    .description('The KPI lookout: reads the day’s exports, computes the figures, tells people.')
    .version(version)
    .option('-c, --config <file>', 'the company’s configuration', 'vigie.yaml')
    .option('--state <folder>', 'where everything is kept (default: .vigie beside the configuration)')
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
  vigie explain cart_abandonment_rate --date 2026-11-21`,
    );
  for (const add of [
    addRun,
    addValues,
    addExplain,
    addAlerts,
    addDigest,
    addReport,
    addDoctor,
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
    child.exitOverride().showHelpAfterError('(see `--help`)');
    if (child.commands.length > 0) inheritGlobals(child);
    else {
      child.option('-c, --config <file>', 'the company’s configuration (default: vigie.yaml)');
      child.option('--state <folder>', 'where everything is kept (default: .vigie beside the configuration)');
    }
  }
}

function explainFailure(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  if (error instanceof VigieError) {
    const where = formatWhere(error.where);
    process.stderr.write(`${pc.red('✗')} ${where ? `${where}: ` : ''}${error.message}\n`);
    if (error.hint) process.stderr.write(`  ${error.hint}\n`);
    process.stderr.write(pc.dim(`  [${error.code}]\n`));
    return exitCodes.usage;
  }
  process.stderr.write(`${pc.red('✗')} This is a bug in Vigie; please report it with the lines below.\n`);
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return exitCodes.bug;
}
