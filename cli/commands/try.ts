import { type Command, InvalidArgumentError } from 'commander';
import { addDays, businessDate } from '../../functions/lake/calendar.ts';
import { trySource } from '../../functions/pull/api/try-source.ts';
import { definitionOf } from '../../functions/pull/source-kinds.ts';
import { consoleLog } from '../console-log.ts';
import { openContext } from '../context.ts';
import { exitCodes } from '../failure.ts';
import { globalOptions } from '../options.ts';
import { apiSourceNamed } from '../sources/api-source-named.ts';
import { printTrial } from '../sources/print-trial.ts';

interface TryOptions {
  entity?: string;
  limit: number;
  json?: boolean;
}

export function addTry(program: Command): void {
  program
    .command('try <source>')
    .description('fetch a little of a source over an API: raw beside canonical, nothing is kept')
    .option('--entity <name>', 'only this one, such as sales-orders')
    .option('--limit <n>', 'records of each entity', countArgument, 3)
    .option('--json', 'for machines')
    .addHelpText(
      'after',
      '\nExamples:\n  vigie try sap --limit 1\n  vigie try google-ads --entity campaigns --json',
    )
    .action(async (name: string, options: TryOptions, command: Command) => {
      const context = await openContext(globalOptions(command), consoleLog(options.json === true));
      try {
        const { company, platform } = context;
        const source = apiSourceNamed(company, name);
        const asOf = addDays(businessDate(platform.clock.now(), company.company.time_zone), -1);
        const { entity, limit } = options;
        const input = { company, source, asOf, limit, ...(entity === undefined ? {} : { entity }) };
        const definition = await definitionOf(source.kind);
        const trial = platform.redactor.value(await trySource(platform, input, definition));
        process.stdout.write(
          options.json
            ? `${JSON.stringify(trial, null, 2)}\n`
            : printTrial(trial, process.stdout.columns ?? 120),
        );
        const trouble = trial.entities.some(
          ({ problem, records }) => problem || records.some(({ refusal }) => refusal),
        );
        process.exitCode = trouble ? exitCodes.partly : exitCodes.done;
      } finally {
        await context.close();
      }
    });
}

function countArgument(value: string): number {
  const count = Number(value);
  if (Number.isInteger(count) && count >= 1 && count <= 1000) return count;
  throw new InvalidArgumentError('Give a number from 1 to 1000.');
}
