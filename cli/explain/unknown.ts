import type { Kpi, PeriodName } from '../../functions/lake/catalogue/kpi.ts';
import { unfedTables } from '../../functions/lake/catalogue/kpi-needs.ts';
import { spanOf } from '../../functions/lake/company/calendar.ts';
import { allFedTables } from '../../functions/lake/company/fed-tables.ts';
import type { SnapshotRow } from '../../functions/lake/snapshot/snapshot.ts';
import { queryRows } from '../../functions/platform/engine.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { out } from '../colours.ts';
import type { Context } from '../context.ts';

/** That a KPI was not measured, and what to do: to run it again would not help one of which no source tells anything. */
export function notMeasured(context: Context, kpi: string, message: string, command: string): VigieError {
  const unfed = unfedTables(context.catalogue.kpi(kpi), allFedTables(context.company.sources));
  const hint =
    unfed.length === 0
      ? `Run \`${command}\` first.`
      : `No source fills ${unfed.join(', ')}: add one to vigie.yaml; docs/tables.md says what its rows are.`;
  return new VigieError(message, { code: 'NO_FIGURES', hint });
}

/** Where the window as it is has no total: why. */
export async function unknownOf(
  context: Context,
  kpi: Kpi,
  date: string,
  period: PeriodName,
  rows: readonly SnapshotRow[],
): Promise<string[]> {
  const known = rows.some((row) => row.dimension === null && row.comparison === 'current');
  return known ? [] : whyUnknown(context, kpi, spanOf(context.company.company, date, period, 'current'));
}

type Span = ReturnType<typeof spanOf>;

/**
 * Why a window that was measured has no figure, as far as the rows tell: of each table that the KPI reads, how many rows lie
 * in the window, and which columns are empty in all of them.
 */
async function whyUnknown(context: Context, kpi: Kpi, span: Span): Promise<string[]> {
  const tables = await Promise.all(Object.keys(kpi.reads).map((table) => rowsOf(context, table, span)));
  return [
    out.bold('Why there is no figure'),
    '  What it is computed from is not known in this window. No data is never taken for 0.',
    ...tables.map(lineOf),
    `  What it needs: ${kpi.runbook}; what fills a column: docs/tables.md`,
    '',
  ];
}

interface TableRows {
  readonly table: string;
  readonly where: string;
  readonly count: number;
  readonly empty: readonly string[];
}

const lineOf = ({ table, where, count, empty }: TableRows): string => {
  if (count === 0) return `  ${table}: no rows${where}`;
  const rows = `${count.toLocaleString('en')} ${count === 1 ? 'row' : 'rows'}${where}`;
  return `  ${table}: ${rows}; ${empty.length === 0 ? 'every column is filled somewhere' : `empty in all of them: ${empty.join(', ')}`}`;
};

async function rowsOf(context: Context, table: string, { startsOn, endsOn }: Span): Promise<TableRows> {
  const { engine } = context.platform;
  const { businessDate, columns } = context.catalogue.tables.table(table);
  const counts = columns.map(({ name }) => `count(${name}) AS ${name}`).join(', ');
  const within = businessDate ? `WHERE ${businessDate} BETWEEN DATE '${startsOn}' AND DATE '${endsOn}'` : '';
  const [row = {}] = await queryRows(
    engine,
    `SELECT count(*) AS row_count, ${counts} FROM ${engine.dialect.table(table)} ${within}`,
    { label: `explain ${table}` },
  );
  return {
    table,
    where: businessDate ? ` from ${startsOn} to ${endsOn}` : '',
    count: Number(row['row_count']),
    empty: columns.map(({ name }) => name).filter((name) => Number(row[name]) === 0),
  };
}
