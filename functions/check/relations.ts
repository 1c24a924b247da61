import type { TableDefinition } from '../lake/tables/table.ts';
import { addDays } from '../lake/values/day.ts';
import { sqlText } from '../lake/values/sql-text.ts';
import type { CheckContext } from './context.ts';

/** A relation that a check's SELECT finds: its name and the SELECT behind it. */
export interface Relation {
  readonly name: string;
  readonly select: string;
}

export type History = number | 'all';
type Literal = string | null;

export const textValue = (value: Literal): string =>
  value === null ? 'CAST(NULL AS varchar)' : sqlText(value);
export const dateValue = (value: Literal): string =>
  value === null ? 'CAST(NULL AS date)' : `DATE '${value}'`;

/** A relation of literal rows; without any it still has its columns (`empty` gives a row of the right types). */
export function literalRelation(
  name: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  empty: readonly string[],
): Relation {
  const shown = rows.length > 0 ? rows : [empty];
  const values = shown.map((row) => `(${row.join(', ')})`).join(', ');
  const none = rows.length > 0 ? '' : ' WHERE false';
  return { name, select: `SELECT * FROM (VALUES ${values}) AS v (${columns.join(', ')})${none}` };
}

/** `run(run, as_of, today, currency)`: one row. */
export const runRelation = ({ run, asOf, today, company }: CheckContext): Relation =>
  literalRelation(
    'run',
    ['run', 'as_of', 'today', 'currency'],
    [[sqlText(run), dateValue(asOf), dateValue(today), sqlText(company.company.currency)]],
    [],
  );

/** Which rows of a table are wanted. Tables without a business date arrive whole. */
export interface Cut {
  /** Days before the as-of date. */
  readonly history: History;
  /** Rows dated after the as-of date too: a back-fill has them, and mistakes look like them. */
  readonly ahead?: boolean;
  /** Conditions on `t`. */
  readonly where?: readonly string[];
}

function rowsWithin(
  { dialect, asOf }: CheckContext,
  table: TableDefinition,
  { history, ahead, where }: Cut,
): string {
  const { businessDate, inherits } = table;
  // A part whose whole is missing has no date yet. It is not to be overlooked for that.
  const orNone = inherits?.column === businessDate ? ` OR t.${businessDate} IS NULL` : '';
  const conditions = [
    ...(businessDate === undefined || ahead ? [] : [`(t.${businessDate} <= DATE '${asOf}'${orNone})`]),
    ...(businessDate === undefined || history === 'all'
      ? []
      : [`(t.${businessDate} >= DATE '${addDays(asOf, -history)}'${orNone})`]),
    ...(where ?? []),
  ];
  return `FROM ${dialect.table(table.name)} AS t${conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`}`;
}

/** The key of a row as one text: `4711 / 10`. */
export const rowKey = (table: TableDefinition): string =>
  table.key.map((name) => `CAST(t.${name} AS varchar)`).join(` || ' / ' || `);

const businessDate = (table: TableDefinition): string =>
  table.businessDate === undefined ? 'CAST(NULL AS date)' : `t.${table.businessDate}`;

/** Rows with `row_key` and `business_date` beside the columns of `select`. */
export function keyedRows(
  context: CheckContext,
  table: TableDefinition,
  cut: Cut,
  select: readonly string[] = [],
): string {
  const columns = [
    `${rowKey(table)} AS row_key`,
    `${businessDate(table)} AS business_date`,
    't._source AS source',
    ...select,
  ];
  return `SELECT ${columns.join(', ')} ${rowsWithin(context, table, cut)}`;
}

/** Dates before the first, or more than so many days after today, belong to no company's business. */
const FIRST_PLAUSIBLE = '1990-01-01';
const MOST_DAYS_AHEAD = 366;

/**
 * `far_rows`: as `lake_rows`, those dated where no business can be. By literal dates, so that an engine which keeps the least
 * and the largest date of its files opens none of the others: a lake of many years costs nothing here.
 */
export function farRows(context: CheckContext, table: TableDefinition): string {
  const date = businessDate(table);
  const latest = addDays(context.today, MOST_DAYS_AHEAD);
  const where = [`(${date} < DATE '${FIRST_PLAUSIBLE}' OR ${date} > DATE '${latest}')`];
  return keyedRows(context, table, { history: 'all', ahead: true, where }, [`DATE '${latest}' AS latest_on`]);
}

/** A table under its own name, for `reads`. */
export const tableRelation = (context: CheckContext, name: string, history: History): Relation => ({
  name,
  select: `SELECT * ${rowsWithin(context, context.tables.table(name), { history })}`,
});

/** `batches(source, table_name, first_date, last_date)`: what this run loaded. */
export const batchesRelation = ({ batches }: CheckContext): Relation =>
  literalRelation(
    'batches',
    ['source', 'table_name', 'first_date', 'last_date'],
    batches.map((batch) => [
      sqlText(batch.source),
      sqlText(batch.table),
      dateValue(batch.firstDate),
      dateValue(batch.lastDate),
    ]),
    [textValue(null), textValue(null), dateValue(null), dateValue(null)],
  );

/** `kpi_dimensions(kpi, dimension)`: what figures there are, the whole of a KPI as dimension `total`. */
export const kpiDimensionsRelation = ({ catalogue }: CheckContext): Relation =>
  literalRelation(
    'kpi_dimensions',
    ['kpi', 'dimension'],
    catalogue.flatMap(({ id, dimensions }) =>
      ['total', ...Object.keys(dimensions)].map((dimension) => [sqlText(id), sqlText(dimension)]),
    ),
    [textValue(null), textValue(null)],
  );

/** `recorded(as_of, amount, started_at)`: the totals of a KPI's days, and when the run that recorded them began (as in run ids). */
export const recordedRelation = ({ recorded }: CheckContext, kpi: string): Relation =>
  literalRelation(
    'recorded',
    ['as_of', 'amount', 'started_at'],
    recorded
      .filter((row) => row.kpi === kpi && row.numerator !== null)
      .map((row) => [
        dateValue(row.asOf),
        `CAST('${row.numerator}' AS decimal(38,6))`,
        sqlText(startOf(row.run)),
      ]),
    [dateValue(null), 'CAST(NULL AS decimal(38,6))', textValue(null)],
  );

/** `2026-11-21.20261122T060000Z` → `20261122T060000Z`. */
const startOf = (run: string): string => run.slice(run.indexOf('.') + 1);
