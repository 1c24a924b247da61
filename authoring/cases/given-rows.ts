import type { Column, TableDefinition } from '../../functions/lake/tables/table.ts';
import type { Tables } from '../../functions/lake/tables/tables.ts';
import { addDays } from '../../functions/lake/values/day.ts';
import { suggestion } from '../../functions/lake/values/nearest.ts';
import { businessDate } from '../../functions/lake/values/zone.ts';

type Value = string | number | boolean | null;
export type GivenRow = Readonly<Record<string, Value>>;
export type Given = Readonly<Record<string, readonly GivenRow[]>>;

export interface GivenContext {
  readonly tables: Tables;
  readonly currency: string;
  readonly timeZone: string;
  /** The latest as-of date of the case. */
  readonly asOf: string;
}

/** What a required column holds where a case does not say; the rest is derived by `derive`. docs/sql.md lists them. */
const DEFAULTS: Readonly<Record<string, Value>> = {
  kind: 'order',
  status: 'completed',
  quantity: '1',
  net_amount: '0',
  amount: '0',
  item_count: 1,
  property: 'shop',
  session_count: 1,
  ordering_session_count: 0,
  bounced_session_count: 0,
  impressions: 0,
  clicks: 0,
  cost: '0',
  conversions: '0',
  platform: 'google',
  account_id: 'account',
  campaign_id: 'campaign',
  available_quantity: '0',
  dimension: 'total',
  member: 'total',
  own: false,
  crm: 'crm',
};

/** Counts that a source may not know, but usually does: a case says null where it means so. */
const COUNTED = ['ordering_session_count', 'bounced_session_count', 'impressions', 'clicks', 'conversions'];

/** The first value of these tables' closed lists is not what a case means by default. */
const TABLE_DEFAULTS: Partial<Record<string, Readonly<Record<string, Value>>>> = {
  page_views: { kind: 'page' },
  marketing_costs: { kind: 'marketing' },
};

/** Completes the rows a case gives, and checks them against the table's definition: canonical rows come out. */
export function completeRows(given: Given, context: GivenContext): Map<string, Record<string, unknown>[]> {
  const { tables } = context;
  const rows = new Map<string, Record<string, unknown>[]>();
  for (const [name, partial] of Object.entries(given)) {
    if (!tables.has(name))
      throw new Error(`given: there is no table \`${name}\`; ${suggestion(name, tables.names)}`);
    rows.set(
      name,
      (partial ?? []).map((row, index) => completeRow(tables.table(name), row, index, given, context)),
    );
  }
  return rows;
}

function completeRow(
  table: TableDefinition,
  row: GivenRow,
  index: number,
  given: Given,
  context: GivenContext,
): Record<string, unknown> {
  const { name, columns } = table;
  const place = `given.${name}[${index}]`;
  for (const field of Object.keys(row)) {
    const names = columns.map((column) => column.name);
    if (!names.includes(field))
      throw new Error(`${place}: there is no column \`${field}\`; ${suggestion(field, names)}`);
  }
  const derived = derive(table, row, given, context);
  const full = Object.fromEntries(
    columns.map((column) => [
      column.name,
      canonical(
        column,
        column.nullable && row[column.name] === null
          ? null
          : (row[column.name] ?? derived[column.name] ?? fallback(name, column, index, context)),
      ),
    ]),
  );
  for (const column of columns) {
    const value = full[column.name] ?? null;
    const problem = value === null && column.nullable ? undefined : column.schema.safeParse(value).error;
    if (problem)
      throw new Error(`${place}.${column.name}: ${JSON.stringify(value)} ${problem.issues[0]?.message}`);
  }
  return full;
}

/** Values that follow from others: the date of a line from its document, the settling of a cart from its last change. */
function derive(
  table: TableDefinition,
  row: GivenRow,
  given: Given,
  { timeZone, asOf }: GivenContext,
): GivenRow {
  const { name } = table;
  if (name === 'stage_history') return atNoon(row, ['entered_at', 'entered_on'], timeZone, asOf);
  if (name === 'deal_amounts') return atNoon(row, ['changed_at', 'changed_on'], timeZone, asOf);
  if (name === 'carts') return settling(row, timeZone, asOf);
  if (name === 'cart_lines') {
    const cart = parent(given, 'carts', 'cart_id', row);
    const settles_on = cart && (cart['settles_on'] ?? settling(cart, timeZone, asOf)['settles_on'] ?? null);
    return settles_on ? { settles_on, added_on: addDays(String(settles_on), -1) } : {};
  }
  if (name === 'page_views')
    return rename(parent(given, 'sessions', 'session_id', row), 'started_on', 'viewed_on');
  return { ...inherited(table, row, given), ...dated(table, row, timeZone) };
}

/** What a part has from its whole, where the case gives that. */
const inherited = ({ inherits }: TableDefinition, row: GivenRow, given: Given): GivenRow =>
  inherits ? pick(parent(given, inherits.from, inherits.by, row), [inherits.column]) : {};

/** Days of instants that the case gives. */
const dated = ({ columns }: TableDefinition, row: GivenRow, timeZone: string): GivenRow =>
  Object.fromEntries(
    columns.flatMap(({ name, derive: how }) => {
      const instant = how && 'day_of' in how ? row[how.day_of] : null;
      return instant === null || instant === undefined
        ? []
        : [[name, businessDate(String(instant), timeZone)]];
    }),
  );

function settling(cart: GivenRow, timeZone: string, asOf: string): GivenRow {
  const changed = String(
    cart['last_changed_at'] ?? `${addDays(String(cart['settles_on'] ?? asOf), -1)}T12:00:00Z`,
  );
  const settles_at = String(
    cart['settles_at'] ?? new Date(Date.parse(changed) + 24 * 3_600_000).toISOString(),
  );
  return { last_changed_at: changed, settles_at, settles_on: businessDate(settles_at, timeZone) };
}

/** An entry or a change whose instant a case does not say is at noon. */
function atNoon(
  row: GivenRow,
  [instant, day]: readonly [string, string],
  timeZone: string,
  asOf: string,
): GivenRow {
  const at = String(row[instant] ?? `${row[day] ?? asOf}T12:00:00Z`);
  return { [instant]: at, [day]: businessDate(at, timeZone) };
}

const parent = (given: Given, table: string, key: string, row: GivenRow): GivenRow | undefined =>
  given[table]?.find((candidate) => candidate[key] === row[key]);

const pick = (row: GivenRow | undefined, names: readonly string[]): GivenRow =>
  Object.fromEntries(
    names.flatMap((name) => (row?.[name] === undefined ? [] : [[name, row[name] as Value]])),
  );

const rename = (row: GivenRow | undefined, from: string, to: string): GivenRow =>
  row?.[from] === undefined ? {} : { [to]: row[from] as Value };

function fallback(name: string, column: Column, index: number, { currency, asOf }: GivenContext): Value {
  if (column.nullable && !COUNTED.includes(column.name)) return null;
  const known = TABLE_DEFAULTS[name]?.[column.name] ?? DEFAULTS[column.name];
  if (column.values && !column.values.includes(String(known))) return column.values[0] as string;
  if (known !== undefined) return known;
  if (column.name === 'currency') return currency;
  if (column.kind === 'date') return asOf;
  // A key nobody refers to: line numbers, session numbers.
  return column.kind === 'text' ? `${column.name}-${index + 1}` : null;
}

/** YAML numbers as the canonical text of a decimal; keys may be written as numbers. */
function canonical(column: Column, value: Value): Value {
  if (typeof value !== 'number') return value;
  return column.kind === 'decimal' || column.kind === 'rate' || column.kind === 'text'
    ? String(value)
    : value;
}
