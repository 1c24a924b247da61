import type { Batch, PullReport, ReportedProblem } from '../lake/batch.ts';
import type { Company, Source } from '../lake/company.ts';
import { isTableName, type TableName } from '../lake/tables.ts';
import { VigieError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import { pullTable } from './sources/files/pull-files.ts';

export interface PullInput {
  readonly company: Company;
  readonly source: Source;
  /** Files dated later are left for later. */
  readonly asOf: string;
  readonly run: string;
}

/**
 * Pulls one source into the landing zone: every file that is not in the lake as it is now, one batch a table.
 *
 * - `ok`: there are batches to load. `unchanged`: every file is in the lake already.
 * - `failed`: at least one table could not be pulled; `problem` says why. The batches of the other tables are complete
 *   and are returned: load them. Nothing of the failed table is handed over, so that a half is never taken for a whole.
 *
 * What Vigie understands (a `VigieError`) is reported; anything else is a bug and is thrown.
 */
export async function pullSource(
  platform: Platform,
  { company, source, asOf, run }: PullInput,
): Promise<PullReport> {
  const batches: Batch[] = [];
  const problems: VigieError[] = [];
  for (const [table, feeds] of byTable(source)) {
    try {
      const batch = await pullTable(platform, { company, source, table, feeds, asOf, run });
      if (batch) batches.push(batch);
    } catch (error) {
      if (!(error instanceof VigieError)) throw error;
      problems.push(error);
    }
  }
  const problem = reportOf(problems);
  if (problem) return { source: source.name, status: 'failed', batches, problem };
  return { source: source.name, status: batches.length > 0 ? 'ok' : 'unchanged', batches };
}

function byTable(source: Source): Map<TableName, Source['feeds']> {
  const tables = new Map<TableName, Source['feeds']>();
  for (const feed of source.feeds) {
    if (isTableName(feed.table)) tables.set(feed.table, [...(tables.get(feed.table) ?? []), feed]);
  }
  return tables;
}

function reportOf(problems: readonly VigieError[]): ReportedProblem | undefined {
  const [first] = problems;
  if (!first) return undefined;
  const message = problems.map((problem) => problem.message).join('\n');
  return { code: first.code, message, ...(first.hint === undefined ? {} : { hint: first.hint }) };
}
