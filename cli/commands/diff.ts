import type { Command } from 'commander';
import { kpisOn } from '../../functions/lake/company/chosen-kpis.ts';
import { definitionsOf } from '../../functions/lake/run/definitions.ts';
import { version } from '../../functions/lake/run/version.ts';
import { readFigures } from '../../functions/lake/snapshot/store.ts';
import type { Context } from '../context.ts';
import { differs, diffOf, goneKpi, type KpiDiff } from '../diff/kpi-diff.ts';
import { DIFF_COLUMNS, type DiffRow, diffRows, printDiffs } from '../diff/print-diff.ts';
import { exitCodes } from '../failure.ts';
import { dateArgument, formatArgument } from '../options.ts';
import { ownPage } from '../own-pages.ts';
import { asCsv } from '../print.ts';
import { withContext } from '../with-context.ts';
import { measuredDay } from './measured-day.ts';

interface DiffOptions {
  date?: string;
  format: 'table' | 'json' | 'csv';
}

export function completeDiff(draft: Command): void {
  draft
    .option('--date <day>', 'as-of date (default: the latest one measured)', dateArgument)
    .option('--format <format>', 'table, json or csv', formatArgument, 'table')
    .addHelpText(
      'after',
      `
Ends with 0 where nothing differs, with 1 where something does or could not be measured.

Examples:
  npm install ./vigie-0.4.0.tgz && npx vigie diff     what an upgrade changes, before a run
  vigie diff net_revenue                              after a change in your own folder
  vigie diff --stack vigie-production                 what a deployment would change
  vigie diff --format csv > changes.csv`,
    )
    .action(async (ids: string[], options: DiffOptions, command: Command) => {
      await withContext(command, async (context) => {
        const found = await differences(context, ids, options.date);
        process.stdout.write(`${print(context, found, options.format)}\n`);
        process.exitCode = found.diffs.some(differs) ? exitCodes.partly : exitCodes.done;
      });
    });
}

interface Found {
  readonly asOf: string;
  /** The Vigie that recorded the day. */
  readonly recordedBy: string | undefined;
  readonly diffs: readonly KpiDiff[];
}

async function differences(context: Context, ids: readonly string[], date?: string): Promise<Found> {
  const { platform, company, catalogue } = context;
  const wanted = ids.map((id) => catalogue.kpi(id).id);
  const asOf = await measuredDay(context, date);
  const recorded = await readFigures(platform.bucket, { from: asOf, to: asOf });
  const runs = [...new Set(recorded.map(({ run }) => run))];
  const definitions = await definitionsOf(platform.bucket, asOf, runs);
  const on = kpisOn(company, catalogue.kpis);
  const diffs: KpiDiff[] = [];
  for (const kpi of on)
    if (ids.length === 0 || wanted.includes(kpi.id))
      diffs.push(await diffOf(context, kpi, { asOf, recorded, definitions }));
  const gone = [...(definitions?.kpis.keys() ?? [])].filter((id) => !on.some((kpi) => kpi.id === id));
  for (const id of gone) if (ids.length === 0 || wanted.includes(id)) diffs.push(goneKpi(id, recorded));
  return { asOf, recordedBy: definitions?.vigie, diffs };
}

function print(context: Context, found: Found, format: DiffOptions['format']): string {
  const rows = diffRows(found.diffs, context.catalogue);
  if (format === 'json') return JSON.stringify({ ...found, vigie: version, rows }, jsonPart, 2);
  if (format === 'csv') return asCsv<DiffRow>(rows, DIFF_COLUMNS);
  const told = found.diffs.filter(differs);
  const by = found.recordedBy === undefined ? '' : ` by Vigie ${found.recordedBy}`;
  const intro = `Figures of ${found.asOf}, recorded${by}, against what Vigie ${version} measures now. Nothing is recorded.`;
  if (told.length === 0) return `${intro}\n\nNothing differs: ${found.diffs.length} KPIs.`;
  return [intro, '', printDiffs(told, rows), '', ...meaning(found)].join('\n');
}

/** The changes are under `rows`, with their values. */
const jsonPart = (key: string, value: unknown): unknown => (key === 'changes' ? undefined : value);

/** What comes of it, in words. */
function* meaning({ asOf, recordedBy, diffs }: Found): Generator<string> {
  if (recordedBy !== undefined && recordedBy !== version)
    yield `What changed between ${recordedBy} and ${version}, and what to do: ${ownPage('CHANGELOG.md')}`;
  if (diffs.some(({ definition }) => definition === 'changed'))
    yield 'changed: the next run measures the KPI anew for its day and the 35 days before; older days keep what was recorded. `vigie run --no-mail --from <first day> --to <last day>` measures them alike.';
  if (diffs.some(({ definition, changes }) => definition === 'same' && changes.length > 0))
    yield `same, and yet figures differ: data, rates, targets or vigie.yaml changed since ${asOf} was measured.`;
  if (diffs.some(({ definition }) => definition === 'gone'))
    yield 'gone: switched off, or its file is no longer there. What was recorded stays.';
}
