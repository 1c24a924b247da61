import type { Company, FilesSource } from '../../lake/company/company.ts';
import { type PullReport, problemOf } from '../../lake/landing/batch.ts';
import type { TableDefinition } from '../../lake/tables/table.ts';
import type { Tables } from '../../lake/tables/tables.ts';
import { VigieError } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { orProblem, problemOfTables } from '../outcome.ts';
import { planTable, type TablePlan } from './plan-table.ts';
import { landTables } from './pull-files.ts';

interface FilesInput {
  readonly company: Company;
  readonly tables: Tables;
  readonly source: FilesSource;
  /** Files dated later are left for later. */
  readonly asOf: string;
  readonly run: string;
}

/**
 * Pulls a source of files into the landing zone: every file that is not in the lake as it is now, one batch a table.
 *
 * - `ok`: there are batches to load. `unchanged`: every file is in the lake already.
 * - `failed`: at least one table could not be pulled; `problem` says why. The batches of the other tables are complete
 *   and are returned: load them. Nothing of the failed table is handed over, so that a half is never taken for a whole.
 *
 * Whatever makes a table fail, a bug of Vigie too, is reported and keeps no other table back.
 */
export async function pullFiles(
  platform: Platform,
  { company, tables, source, asOf, run }: FilesInput,
): Promise<PullReport> {
  const found = new Map<string, TablePlan | VigieError>();
  for (const [table, feeds] of byTable(source, tables)) {
    const plan = await orProblem(planTable(platform, { company, source, table, feeds, asOf, run }));
    if (plan) found.set(table.name, plan);
  }
  const plans = [...found.values()].flatMap((plan) => (plan instanceof VigieError ? [] : [plan]));
  const landed = await landTables(platform, plans);
  const outcomes = [...found].map(([table, plan]) => ({
    table,
    outcome: plan instanceof VigieError ? plan : landed.get(table),
  }));
  const batches = outcomes.flatMap(({ outcome }) =>
    outcome === undefined || outcome instanceof VigieError ? [] : [outcome],
  );
  const failed = outcomes.flatMap(({ table, outcome }) =>
    outcome instanceof VigieError ? [{ table, problem: problemOf(outcome) }] : [],
  );
  const problem = problemOfTables(failed);
  if (problem) return { source: source.name, status: 'failed', batches, problem, failed };
  return { source: source.name, status: batches.length > 0 ? 'ok' : 'unchanged', batches };
}

/** The feeds of a source by the table they fill. */
function byTable(source: FilesSource, tables: Tables): Map<TableDefinition, FilesSource['feeds']> {
  const found = new Map<TableDefinition, FilesSource['feeds']>();
  for (const feed of source.feeds) {
    const table = tables.table(feed.table);
    found.set(table, [...(found.get(table) ?? []), feed]);
  }
  return found;
}
