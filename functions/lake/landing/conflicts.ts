import type { TableDefinition } from '../tables/table.ts';
import { sqlText } from '../values/sql-text.ts';
import { LAST_ROW, landingColumns, type Rivals } from './batch.ts';
import { equal, landed, list, type MergeInput, namesOf, newest, type Superseding, unique } from './merge.ts';

/**
 * Queries that find the rows of a batch which cannot all be right. They are asked only where the batch was seen to
 * hold a key, or a scope, more than once. What they group spills to disk, so memory is bounded however long the files.
 */
const { input, row, empty } = landingColumns;

/** One text for a row's key or scope: `4711 / 10`. */
const joined = (names: readonly string[], alias: string): string =>
  names.map((name) => `CAST(${alias}.${name} AS varchar)`).join(` || ' / ' || `);

/** A scope as one text, the same on every engine. */
export const scopeText = (table: TableDefinition, alias: string): string => joined(table.scope, alias);

/** Columns whose sizes are compared. */
export const measuresOf = (table: TableDefinition): string[] =>
  table.columns.flatMap(({ name, kind }) => (kind === 'decimal' ? [name] : []));

/** Whether the rows of a group say different things. */
function differing(table: TableDefinition, alias: string): string {
  const others = namesOf(table).filter((name) => !table.key.includes(name));
  const tests = others.map((name) => {
    const column = `${alias}.${name}`;
    return `min(${column}) IS DISTINCT FROM max(${column}) OR count(${column}) NOT IN (0, count(*))`;
  });
  return tests.length === 0 ? 'false' : tests.join(' OR ');
}

const dates = ({ businessDate }: TableDefinition, alias: string): string =>
  ['min', 'max']
    .map((pick, index) => {
      const value = businessDate === undefined ? 'CAST(NULL AS date)' : `${alias}.${businessDate}`;
      return `${pick}(${value}) AS ${index === 0 ? 'first_on' : 'last_on'}`;
    })
    .join(', ');

const size = (name: string, alias: string): string => `abs(coalesce(${alias}.${name}, 0))`;
const share = (name: string): string =>
  `CAST(sum(w.lost_${name}) AS double) / NULLIF(CAST(sum(w.all_${name}) AS double), 0) AS share_${name}`;

/** Keys that stand in several rows of one input which differ, with what is lost of them. */
function repeated(merge: MergeInput, superseding: Superseding): string {
  const { table } = merge;
  const lost = measuresOf(table).map(
    (name) => `, sum(${size(name, 'n')}) - max_by(${size(name, 'n')}, n.${row}) AS lost_${name}`,
  );
  return `SELECT ${list(table.key, 'n.')}, n.${input}, count(*) - 1 AS lost_rows, min(n.${row}) AS first_row,
      max(n.${row}) AS last_row, ${dates(table, 'n')}${lost.join('')}
    FROM (${newest(merge, superseding, namesOf(table))}) AS n
    WHERE n.${row} <= ${Math.floor(LAST_ROW / 2)}
    GROUP BY ${list(table.key, 'n.')}, n.${input}
    HAVING count(*) > 1 AND (${differing(table, 'n')})`;
}

/**
 * One row: of keys that one input holds in several rows which differ, `lost_rows`, `inputs`, `first_on`, `last_on`, a
 * sample (`sample_key`, `sample_input`, `first_row`, `last_row`) and `share_<column>`, how much of a column is lost in
 * the inputs concerned.
 */
export function keyConflicts(merge: MergeInput, superseding: Superseding): string {
  const { table } = merge;
  const measures = measuresOf(table);
  const of = (each: (name: string) => string): string => measures.map(each).join('');
  const perInput = `SELECT c.${input}, sum(c.lost_rows) AS lost_rows, min(c.first_on) AS first_on,
      max(c.last_on) AS last_on, min(c.first_row) AS first_row, min_by(c.last_row, c.first_row) AS last_row,
      min_by(${joined(table.key, 'c')}, c.first_row) AS sample_key${of((name) => `, sum(c.lost_${name}) AS lost_${name}`)}
    FROM (${repeated(merge, superseding)}) AS c GROUP BY c.${input}`;
  const whole = `SELECT n.${input}${of((name) => `, sum(${size(name, 'n')}) AS all_${name}`)}
    FROM (${newest(merge, superseding, unique(table.key, measures))}) AS n GROUP BY n.${input}`;
  const both = `SELECT i.*${of((name) => `, a.all_${name}`)} FROM (${perInput}) AS i JOIN (${whole}) AS a ON a.${input} = i.${input}`;
  return `SELECT sum(w.lost_rows) AS lost_rows, count(*) AS inputs, min(w.first_on) AS first_on,
  max(w.last_on) AS last_on, min(w.${input}) AS sample_input, min(w.${input}) AS other_input,
  min_by(w.first_row, w.${input}) AS first_row, min_by(w.last_row, w.${input}) AS last_row,
  min_by(w.sample_key, w.${input}) AS sample_key${of((name) => `,\n  ${share(name)}`)}
FROM (${both}) AS w HAVING count(*) > 0`;
}

/** Scopes of the keys that `keyConflicts` counts: `scope`, at most `limit`. */
export function conflictingScopes(merge: MergeInput, superseding: Superseding, limit: number): string {
  const { table } = merge;
  const names = unique(table.key, table.scope);
  return `SELECT DISTINCT ${scopeText(table, 'n')} AS scope
FROM (${newest(merge, superseding, names)}) AS n
JOIN (${repeated(merge, superseding)}) AS c ON ${equal(table.key, 'c', 'n')} AND c.${input} = n.${input}
ORDER BY 1 LIMIT ${limit}`;
}

/** Rows of rival inputs: `_rival` is their day, `_family` the inputs of that day whose order is known. */
function rivalling(merge: MergeInput, rivals: readonly Rivals[]): string {
  const places = rivals.flatMap(({ families }, rival) =>
    families.flatMap((members, family) => members.map((place) => `(${place}, ${rival}, ${family})`)),
  );
  const names = namesOf(merge.table);
  return `SELECT ${list(names, 'l.')}, l.${input}, v._rival, v._family
    FROM (${landed(merge, names)}) AS l
    JOIN (VALUES ${places.join(', ')}) AS v (_place, _rival, _family) ON v._place = l.${input}
    WHERE NOT l.${empty}`;
}

/** Scopes that rival inputs tell differently, with their first and last input. */
function clashing(merge: MergeInput, rivals: readonly Rivals[]): string {
  const kinds = [
    ...(rivals.some(({ families }) => families.some((members) => members.length > 1)) ? [parted] : []),
    ...(rivals.some(({ families }) => families.length > 1) ? [contradicted] : []),
  ];
  const { scope } = merge.table;
  return `SELECT a._rival, ${list(scope, 'a.')}, min(a.first_input) AS first_input, max(a.last_input) AS last_input
    FROM (${kinds.map((kind) => kind(merge, rivals)).join(' UNION ALL ')}) AS a
    GROUP BY a._rival, ${list(scope, 'a.')}`;
}

/**
 * Of inputs whose order is known a later one may change and drop rows; but if it has none of the earlier one's, the two
 * are parts of a whole, and one part is lost.
 */
function parted(merge: MergeInput, rivals: readonly Rivals[]): string {
  const { scope, key } = merge.table;
  const perKey = `SELECT r._rival, r._family, ${list(unique(scope, key), 'r.')}, count(DISTINCT r.${input}) AS told,
      min(r.${input}) AS first_input, max(r.${input}) AS last_input
    FROM (${rivalling(merge, rivals)}) AS r GROUP BY r._rival, r._family, ${list(unique(scope, key), 'r.')}`;
  return `SELECT k._rival, ${list(scope, 'k.')}, min(k.first_input) AS first_input, max(k.last_input) AS last_input
    FROM (${perKey}) AS k GROUP BY k._rival, k._family, ${list(scope, 'k.')}
    HAVING max(k.told) = 1 AND min(k.first_input) < max(k.last_input)`;
}

/** Where nobody can tell which input is the later one: any difference between the last words of two families. */
function contradicted(merge: MergeInput, rivals: readonly Rivals[]): string {
  const { table } = merge;
  const { scope, key } = table;
  const rows = rivalling(merge, rivals);
  const last = `SELECT r._rival, r._family, ${list(scope, 'r.')}, max(r.${input}) AS last_input
    FROM (${rows}) AS r GROUP BY r._rival, r._family, ${list(scope, 'r.')}`;
  const words = `SELECT r.* FROM (${rows}) AS r JOIN (${last}) AS w
      ON w._rival = r._rival AND w._family = r._family AND w.last_input = r.${input} AND ${equal(scope, 'w', 'r')}`;
  const perKey = `SELECT r._rival, ${list(unique(scope, key), 'r.')}, count(DISTINCT r._family) AS told,
      CASE WHEN ${differing(table, 'r')} THEN 1 ELSE 0 END AS differs
    FROM (${words}) AS r GROUP BY r._rival, ${list(unique(scope, key), 'r.')}`;
  const perScope = `SELECT w._rival, ${list(scope, 'w.')}, count(*) AS families, min(w.last_input) AS first_input,
      max(w.last_input) AS last_input
    FROM (${last}) AS w GROUP BY w._rival, ${list(scope, 'w.')} HAVING count(*) > 1`;
  return `SELECT s._rival, ${list(scope, 's.')}, s.first_input, s.last_input
    FROM (${perScope}) AS s JOIN (${perKey}) AS k ON k._rival = s._rival AND ${equal(scope, 'k', 's')}
    GROUP BY s._rival, ${list(scope, 's.')}, s.first_input, s.last_input, s.families
    HAVING min(k.told) < s.families OR max(k.differs) = 1`;
}

/** Like `keyConflicts`, of scopes that rival inputs tell differently; `sample_input` and `other_input` both hold one. */
export function fileConflicts(merge: MergeInput, rivals: readonly Rivals[]): string {
  const { table } = merge;
  const of = (each: (name: string) => string): string => measuresOf(table).map(each).join('');
  const isLost = `r.${input} < c.last_input`;
  const rows = `SELECT r.${input}, c.first_input, c.last_input, ${scopeText(table, 'r')} AS scope,
      CASE WHEN ${isLost} THEN 1 ELSE 0 END AS lost,
      ${table.businessDate === undefined ? 'CAST(NULL AS date)' : `r.${table.businessDate}`} AS dated_on${of(
        (name) =>
          `, ${size(name, 'r')} AS all_${name}, CASE WHEN ${isLost} THEN ${size(name, 'r')} ELSE 0 END AS lost_${name}`,
      )}
    FROM (${rivalling(merge, rivals)}) AS r
    JOIN (${clashing(merge, rivals)}) AS c ON c._rival = r._rival AND ${equal(table.scope, 'c', 'r')}`;
  return `SELECT sum(w.lost) AS lost_rows, count(DISTINCT w.${input}) AS inputs, min(w.dated_on) AS first_on,
  max(w.dated_on) AS last_on, min_by(w.first_input, w.scope) AS sample_input,
  min_by(w.last_input, w.scope) AS other_input, min(w.scope) AS sample_key${of((name) => `,\n  ${share(name)}`)}
FROM (${rows}) AS w HAVING count(*) > 0`;
}

/** Scopes that `fileConflicts` counts: `scope`, at most `limit`. */
export const clashingScopes = (merge: MergeInput, rivals: readonly Rivals[], limit: number): string =>
  `SELECT DISTINCT ${scopeText(merge.table, 'c')} AS scope FROM (${clashing(merge, rivals)}) AS c ORDER BY 1 LIMIT ${limit}`;

/** Which of these scopes the batch holds: `scope`. */
export function heldScopes(merge: MergeInput, scopes: readonly string[]): string {
  const held = `SELECT ${scopeText(merge.table, 'l')} AS scope FROM (${landed(merge, merge.table.scope)}) AS l`;
  return `SELECT DISTINCT h.scope FROM (${held}) AS h WHERE h.scope IN (${scopes.map(sqlText).join(', ')})`;
}
