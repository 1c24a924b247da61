import { Command } from 'commander';
import { version } from '../functions/lake/run/version.ts';
import { VigieError } from '../functions/platform/errors.ts';
import { commandList, type ListedCommand } from './command-list.ts';
import { exitCodes, explainFailure } from './failure.ts';
import { freshRedactor } from './redaction.ts';

/** Runs one command line; gives the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const program = buildProgram();
  process.exitCode = exitCodes.done;
  freshRedactor();
  try {
    await program.parseAsync(unfolded(args), { from: 'user' });
    return typeof process.exitCode === 'number' ? process.exitCode : exitCodes.done;
  } catch (error) {
    return explainFailure(error);
  }
}

/** `vigie help values` is `vigie values --help`, for which the command is loaded. */
const unfolded = (args: readonly string[]): string[] =>
  args[0] === 'help' && args.length > 1 ? [...args.slice(1), '--help'] : [...args];

/** The program with all its commands; parsing a line (`parseAsync`) loads the one it calls and does its work. */
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
  for (const listed of commandList) addDraft(program, listed);
  program.hook('preSubcommand', (_, called) => complete(called));
  return program;
}

/** As much of a command as the help of all needs. */
function addDraft(program: Command, { name, operand, does }: ListedCommand): void {
  const draft = program.command(name).description(does);
  if (operand !== undefined) draft.argument(...operand);
}

/** Loads what a command of the list does, when it is called: nobody waits for the others. */
async function complete(draft: Command): Promise<void> {
  const listed = commandList.find(({ name }) => name === draft.name());
  if (listed === undefined) return;
  (await listed.load())(draft);
  inheritGlobals(draft, listed);
}

/** `vigie values … --config x` must work as well as `vigie --config x values …`. */
function inheritGlobals(command: Command, listed: ListedCommand): void {
  command.exitOverride().showHelpAfterError(`(see \`${pathOf(command)} --help\`)`);
  for (const child of command.commands) inheritGlobals(child, listed);
  if (command.commands.length === 0 && !WITHOUT_COMPANY.includes(command.name())) {
    command.option('-c, --config <file>', 'the company’s configuration (default: vigie.yaml)');
    command.option('--state <folder>', 'where everything is kept (default: .vigie beside the configuration)');
  }
  if (listed.onStack) command.option('--stack <name>', 'what is deployed on AWS, instead of this machine');
  else command.hook('preAction', refuseStack);
}

/** `vigie --stack NAME init` would do something else than it says. */
function refuseStack(command: Command): void {
  if (command.optsWithGlobals<{ stack?: string }>().stack === undefined) return;
  throw new VigieError(`\`${pathOf(command)}\` works on this machine only, not with --stack.`, {
    code: 'USAGE',
    hint: `With --stack: ${commandList
      .filter(({ onStack }) => onStack)
      .map(({ name }) => name)
      .join(', ')}.`,
  });
}

/** Commands that read no vigie.yaml. */
const WITHOUT_COMPANY: readonly string[] = ['kpi', 'sandbox'];

const pathOf = (command: Command): string =>
  command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
