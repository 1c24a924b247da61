import type { Kpi, PeriodName } from '../../functions/lake/catalogue/kpi.ts';
import { spanOf } from '../../functions/lake/company/calendar.ts';
import { queryRows } from '../../functions/platform/engine.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import type { Context } from '../context.ts';

export interface AskedRows {
  readonly kpi: Kpi;
  readonly date: string;
  readonly period: PeriodName;
  /** One of the tables that the KPI reads. */
  readonly table: string;
  readonly limit: number;
  readonly offset: number;
}

export interface RowsBehind {
  readonly table: string;
  /** First and last business day of the rows; null for a table that is read whole. */
  readonly days: readonly [string, string] | null;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** Where to go on; null at the end. */
  readonly next_offset: number | null;
}

/**
 * Rows of the lake that a KPI's current window is counted of, by key, a page of them: as loaded, amounts in their own
 * currency. Hashes of personal data are left out. Throws TABLE_UNKNOWN.
 */
export async function rowsBehind(context: Context, asked: AskedRows): Promise<RowsBehind> {
  const { kpi, table: name, limit, offset } = asked;
  if (!Object.hasOwn(kpi.reads, name))
    throw new VigieError(`${kpi.id} does not read ${name}.`, {
      code: 'TABLE_UNKNOWN',
      hint: `It reads ${Object.keys(kpi.reads).join(', ')}.`,
    });
  const table = context.catalogue.tables.table(name);
  const { startsOn, endsOn } = spanOf(context.company.company, asked.date, asked.period, 'current');
  const { businessDate } = table;
  const where =
    businessDate === undefined
      ? ''
      : ` WHERE ${businessDate} BETWEEN DATE '${startsOn}' AND DATE '${endsOn}'`;
  const columns = table.columns.flatMap(({ name: column, personal }) => (personal ? [] : [column]));
  const { engine } = context.platform;
  // One more than asked for tells whether there are more.
  const found = await queryRows(
    engine,
    `SELECT ${columns.join(', ')} FROM ${engine.dialect.table(name)}${where} ORDER BY ${table.key.join(', ')} OFFSET ${offset} LIMIT ${limit + 1}`,
    { label: `rows of ${name}` },
  );
  return {
    table: name,
    days: businessDate === undefined ? null : [startsOn, endsOn],
    rows: found.slice(0, limit).map(plain),
    next_offset: found.length > limit ? offset + limit : null,
  };
}

/** Whole numbers beyond 2^53 as text: JSON has none. */
const plain = (row: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? String(value) : value]),
  );
