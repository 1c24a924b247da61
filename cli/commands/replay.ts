import type { Command } from 'commander';
import { runRef } from '../../functions/lake/run/run.ts';
import { addDays } from '../../functions/lake/values/day.ts';
import { businessDate } from '../../functions/lake/values/zone.ts';
import { ensureTables } from '../../functions/load/ensure-tables.ts';
import { loadBatch } from '../../functions/load/load-batch.ts';
import { type ReplayedRun, replay } from '../../functions/pull/api/replay.ts';
import { definitionOf } from '../../functions/pull/source-kinds.ts';
import { out } from '../colours.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../failure.ts';
import { asTable } from '../print.ts';
import { apiSourceNamed } from '../sources/source-named.ts';
import { withContext } from '../with-context.ts';
import { wrap } from '../wrap.ts';

export function completeReplay(draft: Command): void {
  draft
    .option('--run <id>', 'only what this run archived')
    .addHelpText(
      'after',
      '\nExamples:\n  vigie replay google-ads\n  vigie replay sap --run 2026-11-21.20261122T060004Z',
    )
    .action(async (name: string, options: { run?: string }, command: Command) => {
      await withContext(command, async (context) => {
        const problems = await replayHere(context, name, options.run);
        process.exitCode = problems > 0 ? exitCodes.partly : exitCodes.done;
      });
    });
}

const line = (text: string): void => void process.stdout.write(`${text}\n`);

/** Loads each run before the next is mapped: the later one has the last word. The number of problems. */
async function replayHere(
  { company, tables, platform }: Context,
  name: string,
  of: string | undefined,
): Promise<number> {
  const source = apiSourceNamed(company, name);
  const now = platform.clock.now();
  const asOf = addDays(businessDate(now, company.company.time_zone), -1);
  const { run } = runRef({ asOf, from: asOf }, now.toISOString());
  const input = { company, tables, source, asOf, run: `${run}.replay`, ...(of === undefined ? {} : { of }) };
  let problems = 0;
  let last: ReplayedRun | undefined;
  await ensureTables(platform, tables.all);
  for await (const replayed of replay(platform, input, await definitionOf(source.kind))) {
    last = replayed;
    problems += replayed.problems.length;
    line(await loadReplayed(platform, tables, replayed));
  }
  if (problems === 0) line(conclusion(last));
  return problems;
}

async function loadReplayed(
  platform: Context['platform'],
  tables: Context['tables'],
  { of, pages, batches, problems }: ReplayedRun,
): Promise<string> {
  const rows: string[][] = [];
  for (const batch of batches) {
    const { inserted, updated, deleted } = await loadBatch(platform, batch, tables);
    rows.push([
      batch.table,
      ...[batch.rows, batch.rejected, inserted, updated, deleted].map((count) => count.toLocaleString('en')),
    ]);
  }
  const table = asTable(
    ['table', 'rows', 'rejected', 'inserted', 'updated', 'deleted'],
    rows,
    [1, 2, 3, 4, 5],
  );
  const trouble = problems.map(
    ({ message, hint }) => `${out.red('✗')} ${message}${hint === undefined ? '' : `\n  ${hint}`}`,
  );
  return [
    `${out.bold(of)}, ${pages.toLocaleString('en')} pages`,
    ...(rows.length > 0 ? [table] : []),
    ...trouble,
  ].join('\n');
}

function conclusion(last: ReplayedRun | undefined): string {
  const missing = last?.incomplete ?? [];
  const rest =
    missing.length === 0
      ? ''
      : ` The archive does not reach back to the first day wanted of ${missing.join('; ')}: if the mapping’s version changed, the next run asks the vendor for all of it.`;
  return wrap(
    `The lake holds what today’s mapping makes of the archive. \`vigie run\` computes the figures anew.${rest}`,
    '',
    process.stdout.columns,
  );
}
