import type { CubeDimension } from '../../lake/catalogue/cube.ts';
import { UNKNOWN_MEMBER } from '../../lake/catalogue/kpi.ts';
import type { Part } from './parts.ts';

/** What stands for dimension and member of a total until figures are made. */
export const TOTAL = 'total';

type Rows = Pick<Part, 'rows' | 'dimensions' | 'known'>;

/** A row's member of a dimension; somebody of whom nothing is known is a member too. */
export const memberOf = ({ inRows, column, from }: CubeDimension): string => {
  const known = inRows || from === null ? `r.${column}` : `${from.table}.${from.column}`;
  return `coalesce(${known}, '${UNKNOWN_MEMBER}')`;
};

/** The joins by which members are looked up, each table once. */
export function lookups(dimensions: readonly CubeDimension[], rows = 'r'): string {
  const tables = new Map(
    dimensions.flatMap(({ inRows, from }) => (inRows || from === null ? [] : [[from.table, from.key]])),
  );
  return [...tables]
    .map(([table, key]) => `\n  LEFT JOIN ${table} ON ${table}.${key} = ${rows}.${key}`)
    .join('');
}

/** The rows with a column for each dimension, named by its id, and the given columns of their own. */
export const namedRows = ({ rows, dimensions, known }: Rows, columns: readonly string[]): string =>
  `SELECT ${[...dimensions.map((each) => `${memberOf(each)} AS ${each.id}`), ...columns].join(', ')}
  FROM ${rows} r${lookups(dimensions)}${known === null ? '' : `\n  WHERE r.${known} IS NOT NULL`}`;

/**
 * Named rows in total and by each dimension: `dimension, member` before what is added up. Whether a row of the result is
 * a total is asked of the grouping, not of a NULL.
 */
export function byMember(
  dimensions: readonly Pick<CubeDimension, 'id'>[],
  keys: readonly string[],
  values: readonly string[],
  from: string,
): string {
  const sets = [keys, ...dimensions.map(({ id }) => [...keys, id])].map((set) => `(${set.join(', ')})`);
  const groups = dimensions.length === 0 ? keys.join(', ') : `GROUPING SETS (${sets.join(', ')})`;
  return `SELECT ${[...keys, ...whichMember(dimensions), ...values].join(', ')}
FROM ${from}
GROUP BY ${groups}`;
}

export function whichMember(
  dimensions: readonly Pick<CubeDimension, 'id'>[],
  otherwise = `'${TOTAL}'`,
): [string, string] {
  if (dimensions.length === 0) return [`${otherwise} AS dimension`, `${otherwise} AS member`];
  const choose = (then: (id: string) => string): string =>
    `CASE ${dimensions.map(({ id }) => `WHEN grouping(${id}) = 0 THEN ${then(id)}`).join(' ')} ELSE ${otherwise} END`;
  return [`${choose((id) => `'${id}'`)} AS dimension`, `${choose((id) => id)} AS member`];
}

/** Every row once for the total and once for each dimension: where what is counted differs from one to the next. */
export const eachMember = (part: Rows, columns: readonly string[]): string => {
  const ids = part.dimensions.map(({ id }) => id);
  const cases = ids.map((id) => `WHEN '${id}' THEN n.${id}`).join(' ');
  const member = ids.length === 0 ? `'${TOTAL}'` : `CASE d.dimension ${cases} ELSE '${TOTAL}' END`;
  return `SELECT d.dimension, ${member} AS member, ${columns.map((column) => `n.${column}`).join(', ')}
  FROM (${namedRows(
    part,
    columns.map((column) => `r.${column}`),
  )}) n
  CROSS JOIN (VALUES ${[TOTAL, ...ids].map((id) => `('${id}')`).join(', ')}) AS d (dimension)`;
};
