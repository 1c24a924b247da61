import { type Command, InvalidArgumentError } from 'commander';
import type { ApiSource } from '../../functions/lake/company/api-source.ts';
import type { FilesSource } from '../../functions/lake/company/company.ts';
import { addDays } from '../../functions/lake/values/day.ts';
import { suggestion } from '../../functions/lake/values/nearest.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { trySource } from '../../functions/pull/api/try-source.ts';
import { tryFiles } from '../../functions/pull/files/try-feed.ts';
import { definitionOf } from '../../functions/pull/source-kinds.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../failure.ts';
import { todayOf } from '../past-day.ts';
import { printFilesTrial } from '../sources/print-files-trial.ts';
import { printTrial } from '../sources/print-trial.ts';
import { sourceNamed } from '../sources/source-named.ts';
import { withContext } from '../with-context.ts';

interface TryOptions {
  entity?: string;
  limit: number;
  json?: boolean;
}

export function completeTry(draft: Command): void {
  draft
    .option('--entity <name>', 'only this one, such as sales-orders; of files: only this table')
    .option('--limit <n>', 'records shown of each', countArgument, 3)
    .option('--json', 'for machines')
    .addHelpText(
      'after',
      '\nExamples:\n  vigie try erp\n  vigie try sap --limit 1\n  vigie try google-ads --entity campaigns --json',
    )
    .action(async (name: string, options: TryOptions, command: Command) => {
      await withContext(
        command,
        async (context) => {
          const source = sourceNamed(context.company, name);
          const fits =
            'feeds' in source
              ? await tryFilesHere(context, source, options)
              : await tryApiHere(context, source, options);
          process.exitCode = fits ? exitCodes.done : exitCodes.partly;
        },
        options.json === true,
      );
    });
}

const width = (): number => process.stdout.columns ?? 120;

const say = (trial: unknown, options: TryOptions, text: () => string): void =>
  void process.stdout.write(options.json ? `${JSON.stringify(trial, null, 2)}\n` : text());

/** Whether everything fits. */
async function tryApiHere(context: Context, source: ApiSource, options: TryOptions): Promise<boolean> {
  const { company, tables, platform } = context;
  const { entity, limit } = options;
  const asOf = addDays(todayOf(context), -1);
  const input = { company, tables, source, asOf, limit, ...(entity === undefined ? {} : { entity }) };
  const definition = await definitionOf(source.kind);
  const trial = platform.redactor.value(await trySource(platform, input, definition));
  say(trial, options, () => printTrial(trial, width()));
  return !trial.entities.some(({ problem, records }) => problem || records.some(({ refusal }) => refusal));
}

async function tryFilesHere(context: Context, source: FilesSource, options: TryOptions): Promise<boolean> {
  const { company, platform } = context;
  const { entity: table, limit } = options;
  const tables = [...new Set(source.feeds.map((feed) => feed.table))];
  if (table !== undefined && !tables.includes(table))
    throw new VigieError(`${source.name} fills no table "${table}"; ${suggestion(table, tables)}`, {
      code: 'ENTITY_UNKNOWN',
      where: { field: 'entity', sample: table },
      hint: `It fills ${tables.join(', ')}.`,
    });
  const input = {
    company,
    tables: context.tables,
    source,
    asOf: todayOf(context),
    ...(table === undefined ? {} : { table }),
  };
  const trials = platform.redactor.value(await tryFiles(platform, input));
  say(trials, options, () => printFilesTrial(trials, limit, width()));
  return !trials.some(
    ({ problem, refused, conflict, warnings }) => problem || refused > 0 || conflict || warnings.length > 0,
  );
}

function countArgument(value: string): number {
  const count = Number(value);
  if (Number.isInteger(count) && count >= 1 && count <= 1000) return count;
  throw new InvalidArgumentError('Give a number from 1 to 1000.');
}
