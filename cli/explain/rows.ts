import {
  type Kpi,
  OTHER_MEMBERS,
  type PeriodName,
  UNKNOWN_MEMBER,
} from '../../functions/lake/catalogue/kpi.ts';
import { spanOf } from '../../functions/lake/company/calendar.ts';
import type { TableDefinition } from '../../functions/lake/tables/table.ts';
import { sqlText } from '../../functions/lake/values/sql-text.ts';
import type { MemberOf } from '../../functions/measure/cut/cut-kpi.ts';
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
  /** Only rows of these members; of those that the table does not tell, all. */
  readonly where?: readonly MemberOf[];
}

export interface RowsBehind {
  readonly table: string;
  /** First and last business day of the rows; null for a table that is read whole. */
  readonly days: readonly [string, string] | null;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** Where to go on; null at the end. */
  readonly next_offset: number | null;
}

/** Rows as they are shown, and the dimensions asked for that the table does not tell. */
export interface FilteredRows extends RowsBehind {
  readonly untold: readonly string[];
}

/**
 * Rows of the lake that a KPI's current window is counted of, by key, a page of them: as loaded, amounts in their own
 * currency. Hashes of personal data are left out. Throws TABLE_UNKNOWN.
 */
export async function rowsBehind(context: Context, asked: AskedRows): Promise<RowsBehind> {
  const { untold: _, ...rows } = await filteredRows(context, asked);
  return rows;
}

/** The same, of some members only, where the table tells of whom its rows are. Throws TABLE_UNKNOWN. */
export async function filteredRows(context: Context, asked: AskedRows): Promise<FilteredRows> {
  const { kpi, table: name, limit, offset } = asked;
  if (!Object.hasOwn(kpi.reads, name))
    throw new VigieError(`${kpi.id} does not read ${name}.`, {
      code: 'TABLE_UNKNOWN',
      hint: `It reads ${Object.keys(kpi.reads).join(', ')}.`,
    });
  const table = context.catalogue.tables.table(name);
  const { startsOn, endsOn } = spanOf(context.company.company, asked.date, asked.period, 'current');
  const { businessDate } = table;
  const members = (asked.where ?? []).map((each) => ({
    ...each,
    condition: conditionOf(context, kpi, table, each),
  }));
  const conditions = [
    ...(businessDate === undefined
      ? []
      : [`${businessDate} BETWEEN DATE '${startsOn}' AND DATE '${endsOn}'`]),
    ...members.flatMap(({ condition }) => condition ?? []),
  ];
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
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
    untold: members.flatMap(({ dimension, condition }) => (condition === null ? [dimension] : [])),
  };
}

/** A table tells a member by a column of the dimension's name, or by the key of the table that has it; else null. */
function conditionOf(
  { catalogue, platform }: Context,
  kpi: Kpi,
  table: TableDefinition,
  { dimension: id, member }: MemberOf,
): string | null {
  const dimension = kpi.brokenDownBy.find((each) => each.id === id);
  if (dimension === undefined || member === OTHER_MEMBERS) return null;
  const { column, from } = dimension;
  const own = (name: string): boolean => table.columns.some((each) => each.name === name && !each.personal);
  const source = dimension.label?.source;
  const is = (name: string): string => {
    if (member === UNKNOWN_MEMBER) return `${name} IS NULL`;
    const plain = `${name} = ${sqlText(member)}`;
    return source !== undefined && own(source)
      ? `(${plain} OR ${source} || '/' || ${name} = ${sqlText(member)})`
      : plain;
  };
  if (table.columns.some((each) => each.name === column && each.kind === 'text'))
    return own(column) ? is(column) : null;
  if (from === null || !own(from.key) || !catalogue.tables.has(from.table)) return null;
  const found = `SELECT ${from.key} FROM ${platform.engine.dialect.table(from.table)}`;
  // Whoever is in no list is unknown, too.
  return member === UNKNOWN_MEMBER
    ? `(${from.key} IS NULL OR ${from.key} NOT IN (${found} WHERE ${from.column} IS NOT NULL AND ${from.key} IS NOT NULL))`
    : `${from.key} IN (${found} WHERE ${is(from.column)})`;
}

/** Whole numbers beyond 2^53 as text: JSON has none. */
const plain = (row: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? String(value) : value]),
  );
