import type { Kpi, PeriodName } from '../../functions/lake/catalogue/kpi.ts';
import { spanOf } from '../../functions/lake/company/calendar.ts';
import { type LoadedState, loadedStateKey } from '../../functions/lake/landing/batch.ts';
import type { SnapshotRow } from '../../functions/lake/snapshot/snapshot.ts';
import { readState } from '../../functions/lake/state/file.ts';
import { lineageColumns } from '../../functions/lake/tables/lineage.ts';
import { queryRows } from '../../functions/platform/engine.ts';
import { out } from '../colours.ts';
import type { Context } from '../context.ts';
import { asTable } from '../print.ts';

/** Newest files shown of each source and table. */
const MOST_FILES = 3;

/** The rows behind the current window by source and run, the files they came from, and who recorded the figure. */
export async function provenanceOf(
  context: Context,
  kpi: Kpi,
  date: string,
  period: PeriodName,
  rows: readonly SnapshotRow[],
): Promise<string[]> {
  const span = spanOf(context.company.company, date, period, 'current');
  const tables = Object.keys(kpi.reads);
  const behind = (await Promise.all(tables.map((table) => rowsBehind(context, table, span)))).flat();
  const files = (await Promise.all(behind.map((row) => filesOf(context, row.table, row.source)))).flat();
  const recorded = rows.find((row) => row.dimension === null && row.comparison === 'current');
  return [
    out.bold('Rows behind the current window'),
    behind.length === 0
      ? '  none'
      : asTable(
          ['table', 'source', 'rows', 'changed last by run'],
          behind.map((row) => [row.table, row.source, row.count.toLocaleString('en'), row.run]),
          [2],
        ),
    '',
    out.bold('Files, newest first'),
    ...[...new Set(files)],
    '',
    out.bold('Recorded'),
    recorded
      ? `  by run ${recorded.run} at ${recorded.recordedAt}; KPI version ${kpi.version.slice(0, 12)}`
      : '  no figure was recorded',
  ];
}

interface RowsBehind {
  readonly table: string;
  readonly source: string;
  readonly run: string;
  readonly count: number;
}

async function rowsBehind(
  context: Context,
  table: string,
  span: { startsOn: string; endsOn: string },
): Promise<RowsBehind[]> {
  const { engine } = context.platform;
  const { businessDate } = context.catalogue.tables.table(table);
  const where = businessDate
    ? `WHERE ${businessDate} BETWEEN DATE '${span.startsOn}' AND DATE '${span.endsOn}'`
    : '';
  const rows = await queryRows(
    engine,
    `SELECT ${lineageColumns.source} AS source, max(${lineageColumns.run}) AS run, count(*) AS row_count
     FROM ${engine.dialect.table(table)} ${where} GROUP BY ${lineageColumns.source} ORDER BY source`,
    { label: `explain ${table}` },
  );
  return rows.map((row) => ({
    table,
    source: String(row['source']),
    run: String(row['run']),
    count: Number(row['row_count']),
  }));
}

async function filesOf(context: Context, table: string, source: string): Promise<string[]> {
  const state = await readState<LoadedState>(context.platform.bucket, loadedStateKey(source, table));
  const inputs = [...(state?.inputs ?? [])].sort((a, b) =>
    (a.date ?? a.name) < (b.date ?? b.name) ? 1 : -1,
  );
  const more =
    inputs.length > MOST_FILES
      ? [out.dim(`  … and ${inputs.length - MOST_FILES} more of ${source} → ${table}`)]
      : [];
  return [
    ...inputs
      .slice(0, MOST_FILES)
      .map(
        (input) =>
          `  ${input.name} (${input.rows.toLocaleString('en')} rows${input.rejected ? `, ${input.rejected} rejected` : ''})`,
      ),
    ...more,
  ];
}
