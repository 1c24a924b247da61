import type { Dialect, LandedFiles } from '../../platform/engine.ts';
import { sqlType } from '../tables/ddl.ts';
import { inheritedColumn, lineageColumns } from '../tables/lineage.ts';
import { isRequired, type TableDefinition } from '../tables/table.ts';
import { sqlText } from '../values/sql-text.ts';
import { type Batch, landingColumns } from './batch.ts';
import { inMonths, type Reach } from './months.ts';

/**
 * The one MERGE by which a batch gets into its table, and the queries that foretell it. The text is the same on every
 * engine but for the table's name and the landed relation.
 *
 *     landed   the batch's files
 *     newest   its rows, less those whose scope a later input holds too
 *     kept     of those, the last row of each key
 *     gone     rows of the lake whose scope is in the batch and whose key is not
 *
 * Most batches hold each scope and each key once. Finding that out (`probe`) is a GROUP BY that spills; only where it
 * is not so do the statements carry the joins that drop what was superseded. No window function, no sort.
 */
export interface MergeInput {
  readonly dialect: Dialect;
  readonly table: TableDefinition;
  readonly batch: LandedFiles & Pick<Batch, 'columns'>;
  /** The months of the table that the batch concerns: no others are read. Absent: all are. */
  readonly reach?: Reach;
}

/** What has to be dropped from a batch before it is merged. */
export interface Superseding {
  /** Some scope stands in more than one input. */
  readonly scopes: boolean;
  /** Some key stands in more than one row. */
  readonly keys: boolean;
  /** Some row leaves out what it then has from the row it is a part of. */
  readonly inherits?: boolean;
}

/** More than any input has rows: makes one number of (input, row). */
const INPUT_STRIDE = 1_000_000_000_000;

const { input, row, empty } = landingColumns;
export const list = (names: readonly string[], prefix = ''): string =>
  names.map((name) => `${prefix}${name}`).join(', ');
export const equal = (names: readonly string[], left: string, right: string): string =>
  names.map((name) => `${left}.${name} = ${right}.${name}`).join(' AND ');
export const namesOf = (table: TableDefinition): string[] => table.columns.map((column) => column.name);

/**
 * `SELECT … FROM <files>` with the lake's types, for the columns asked; `_input`, `_row` as bigint, `_empty`. A column that
 * the table has gained since is NULL: not every engine reads one that no file has.
 */
export function landed({ dialect, table, batch }: MergeInput, names: readonly string[]): string {
  const wanted = new Set(names);
  const columns = table.columns.filter((column) => wanted.has(column.name));
  const typed = columns.map(({ name, kind }) => {
    const held = batch.columns.includes(name) ? name : 'NULL';
    return `CAST(${held} AS ${sqlType(kind)}) AS ${name}`;
  });
  const place = [input, row].map((name) => `CAST(${name} AS bigint) AS ${name}`);
  return `SELECT ${[...typed, ...place, empty].join(', ')} FROM ${dialect.landed(batch)}`;
}

/**
 * One row: `landed_rows`, `restated_scopes` (in several inputs), `repeated_keys` (in several rows), `inheriting` (rows
 * without the column that their table inherits). A batch of one input has no restated scope: that is not looked into.
 */
export function probe(merge: MergeInput, inputs: number): string {
  const { key, inherits } = merge.table;
  const inheriting = inherits
    ? `(SELECT count(*) FROM (${landed(merge, [inherits.column])}) AS l WHERE NOT ${empty} AND ${inherits.column} IS NULL)`
    : '0';
  const restatedScopes = inputs > 1 ? `(SELECT count(*) FROM (${restated(merge)}) AS r)` : '0';
  return `SELECT
  (SELECT count(*) FROM (${landed(merge, [])}) AS l WHERE NOT ${empty}) AS landed_rows,
  ${restatedScopes} AS restated_scopes,
  ${inheriting} AS inheriting,
  (SELECT count(*) FROM (
    SELECT ${list(key)} FROM (${landed(merge, key)}) AS l WHERE NOT ${empty}
    GROUP BY ${list(key)} HAVING count(*) > 1) AS k) AS repeated_keys`;
}

/** One row: `ties`, the keys whose last row cannot be told, because two rows of an input have the same number. */
export function ties(merge: MergeInput): string {
  const columns = `${list(merge.table.key)}, ${input}, ${row}`;
  return `SELECT count(*) AS ties, min(CAST(${merge.table.key[0]} AS varchar)) AS sample FROM (
    SELECT ${columns} FROM (${landed(merge, merge.table.key)}) AS l WHERE NOT ${empty}
    GROUP BY ${columns} HAVING count(*) > 1) AS k`;
}

export const unique = (...names: (readonly string[])[]): string[] => [...new Set(names.flat())];

const restated = (merge: MergeInput): string => {
  const { scope } = merge.table;
  return `SELECT ${list(scope)}, max(${input}) AS last_input FROM (${landed(merge, scope)}) AS every_row
    GROUP BY ${list(scope)} HAVING min(${input}) < max(${input})`;
};

/** Rows of the batch less those whose scope a later input holds; `_place` orders them. Also `_input` and `_row`. */
export function newest(merge: MergeInput, superseding: Superseding, names: readonly string[]): string {
  const { scope } = merge.table;
  const place = `l.${input}, l.${row}, l.${input} * ${INPUT_STRIDE} + l.${row} AS _place`;
  const head = `SELECT ${list(names, 'l.')}, ${place}`;
  const rows = `(${landed(merge, superseding.scopes ? unique(names, scope) : names)}) AS l`;
  if (!superseding.scopes) return `${head} FROM ${rows} WHERE NOT l.${empty}`;
  return `${head} FROM ${rows}
    LEFT JOIN (${restated(merge)}) AS r ON ${equal(scope, 'r', 'l')}
    WHERE NOT l.${empty} AND (r.last_input IS NULL OR r.last_input = l.${input})`;
}

/** The condition that a row of the table lies where the batch can concern it; undefined: every row does. */
function reached({ table, reach }: MergeInput, alias: string): string | undefined {
  if (reach === undefined || table.businessDate === undefined) return undefined;
  const column = table.columns.find(({ name }) => name === table.businessDate);
  const orNull = column !== undefined && !isRequired(table, column);
  return inMonths(`${alias}.${table.businessDate}`, reach.months, orNull);
}

/** Rows of the table that the batch can concern. */
export function reachedRows(merge: MergeInput): string {
  const name = merge.dialect.table(merge.table.name);
  const where = reached(merge, 'h');
  return where === undefined ? name : `(SELECT h.* FROM ${name} AS h WHERE ${where})`;
}

/** The batch as it shall stand in the lake: one row a key, with the asked columns (the key must be among them). */
export function kept(
  merge: MergeInput,
  superseding: Superseding,
  names: readonly string[] = namesOf(merge.table),
): string {
  const { key } = merge.table;
  const rows = newest(merge, superseding, names);
  if (!superseding.keys) return `SELECT ${list(names, 'n.')} FROM (${rows}) AS n`;
  return `SELECT ${list(names, 'n.')} FROM (${rows}) AS n
    LEFT JOIN (
      SELECT ${list(key)}, max(_place) AS last_place FROM (${newest(merge, superseding, key)}) AS placed
      GROUP BY ${list(key)} HAVING count(*) > 1
    ) AS p ON ${equal(key, 'p', 'n')}
    WHERE p.last_place IS NULL OR p.last_place = n._place`;
}

/** What the MERGE reads: rows to have, and (`_gone`) rows of the lake to remove. One row a key. */
function changes(merge: MergeInput, superseding: Superseding): string {
  const { table } = merge;
  const names = namesOf(table);
  const marked = table.inherits ? `, o.${inheritedColumn}` : '';
  return `SELECT ${completed(table, superseding)}, false AS _gone FROM (${kept(merge, superseding)}) AS k${parents(merge, superseding)}
  UNION ALL
  SELECT ${list(names, 'o.')}${marked}, true AS _gone FROM ${reachedRows(merge)} AS o
  WHERE EXISTS (SELECT 1 FROM (${landed(merge, table.scope)}) AS b WHERE ${equal(table.scope, 'b', 'o')})
    AND NOT EXISTS (SELECT 1 FROM (${newest(merge, superseding, table.key)}) AS b WHERE ${equal(table.key, 'b', 'o')})`;
}

/** The columns of a kept row; what it leaves out and inherits is that of its parent, as far as that is known. */
function completed(table: TableDefinition, { inherits: asked }: Superseding): string {
  const { inherits } = table;
  if (!inherits) return list(namesOf(table), 'k.');
  const { column } = inherits;
  if (!asked) return `${list(namesOf(table), 'k.')}, false AS ${inheritedColumn}`;
  const columns = namesOf(table).map((name) =>
    name === column ? `coalesce(k.${name}, p.${name}) AS ${name}` : `k.${name}`,
  );
  return `${columns.join(', ')}, k.${column} IS NULL AS ${inheritedColumn}`;
}

function parents(
  { dialect, table: { inherits }, reach }: MergeInput,
  { inherits: asked }: Superseding,
): string {
  if (!inherits || !asked) return '';
  const { from, by, column } = inherits;
  const where = reach === undefined ? '' : ` AND ${inMonths(`p.${column}`, reach.months, true)}`;
  return `\n  LEFT JOIN ${dialect.table(from)} AS p ON p.${by} = k.${by}${where}`;
}

/** Whether a matched row is not yet as it shall be. A table of keys only has nothing to differ in. */
function differs(table: TableDefinition): string {
  const others = namesOf(table).filter((name) => !table.key.includes(name));
  const tests = others.map((name) => `t.${name} IS DISTINCT FROM s.${name}`);
  // A row from before the column was there inherits nothing.
  if (table.inherits) tests.push(`coalesce(t.${inheritedColumn}, false) <> s.${inheritedColumn}`);
  return tests.length === 0 ? 'false' : tests.join(' OR ');
}

/** One row with what `merge` would do: `kept_rows`, `inserted`, `updated`, `deleted`. */
export function forecast(merge: MergeInput, superseding: Superseding): string {
  const { table } = merge;
  const known = `t.${table.key[0]} IS NOT NULL`;
  return `SELECT
  count(*) FILTER (WHERE NOT s._gone) AS kept_rows,
  count(*) FILTER (WHERE NOT s._gone AND NOT (${known})) AS inserted,
  count(*) FILTER (WHERE NOT s._gone AND ${known} AND (${differs(table)})) AS updated,
  count(*) FILTER (WHERE s._gone) AS deleted
FROM (${changes(merge, superseding)}) AS s
LEFT JOIN ${reachedRows(merge)} AS t ON ${equal(table.key, 't', 's')}`;
}

/** The MERGE. Rows that are as they shall be are left alone, so that `_run` says who last changed a row. */
export function mergeStatement(merge: MergeInput, superseding: Superseding): string {
  const { dialect, table, batch } = merge;
  const names = [...namesOf(table), ...(table.inherits ? [inheritedColumn] : [])];
  const others = names.filter((name) => !table.key.includes(name));
  const lineage = [sqlText(batch.source), sqlText(batch.run)];
  const set = others.map((name) => `${name} = s.${name}`);
  set.push(`${lineageColumns.source} = ${lineage[0]}`, `${lineageColumns.run} = ${lineage[1]}`);
  const where = reached(merge, 't');
  return `MERGE INTO ${dialect.table(table.name)} AS t
USING (${changes(merge, superseding)}) AS s
ON ${equal(table.key, 't', 's')}${where === undefined ? '' : ` AND ${where}`}
WHEN MATCHED AND s._gone THEN DELETE
WHEN MATCHED AND (${differs(table)}) THEN UPDATE SET ${set.join(', ')}
WHEN NOT MATCHED THEN INSERT (${list([...names, ...Object.values(lineageColumns)])})
  VALUES (${list(names, 's.')}, ${lineage.join(', ')})`;
}

/** What the MERGE comes to where every row that is kept is new and none goes. Given twice, it adds twice. */
export function insertStatement(merge: MergeInput, superseding: Superseding): string {
  const { dialect, table, batch } = merge;
  const names = [...namesOf(table), ...(table.inherits ? [inheritedColumn] : [])];
  return `INSERT INTO ${dialect.table(table.name)} (${list([...names, ...Object.values(lineageColumns)])})
SELECT ${completed(table, superseding)}, ${sqlText(batch.source)}, ${sqlText(batch.run)}
FROM (${kept(merge, superseding)}) AS k${parents(merge, superseding)}`;
}
