import { suggestion } from '../values/nearest.ts';
import type { CubeDimension } from './cube.ts';
import type { Dimension } from './dimension.ts';
import type { SqlFile } from './front-matter.ts';
import type { Quantity } from './quantity.ts';
import { selectColumns } from './select-text.ts';

type Dimensions = Iterable<Dimension>;

/**
 * The columns of a SELECT that returns rows, checked: each has a name and a meaning (the day, a quantity or its entity, a
 * key, a dimension), none comes twice. Throws FRONT_MATTER_INVALID with the line of the SELECT that is wrong.
 */
export function rowColumns(
  file: SqlFile<unknown>,
  quantities: readonly Quantity[],
  dimensions: Dimensions,
  keys: ReadonlySet<string>,
): string[] {
  const columns = selectColumns(file.sql);
  const wanted = [
    ...new Set(['day', ...quantities.flatMap(({ column, by }) => [column, ...(by === null ? [] : [by])])]),
  ];
  const allowed = [...new Set([...wanted, ...keys, ...[...dimensions].map(({ column }) => column)])];
  const names: string[] = [];
  for (const { name, text, line } of columns) {
    if (name === undefined)
      throw file.wrong(
        line,
        `the SELECT returns \`${text}\` without a name`,
        'Write each column out, with AS where it is an expression.',
      );
    if (names.includes(name)) throw file.wrong(line, `the SELECT returns the column \`${name}\` twice`);
    if (!allowed.includes(name))
      throw file.wrong(
        line,
        `the SELECT returns the column \`${name}\`, of which nothing is said; ${suggestion(name, allowed)}`,
        'It returns `day`, quantities, keys (customer_id) and columns of its dimensions; Vigie makes total, members and windows.',
      );
    names.push(name);
  }
  const missing = wanted.filter((name) => !names.includes(name));
  if (missing.length === 0) return names;
  throw file.wrong(
    0,
    `the SELECT does not return the column ${missing.map((name) => `\`${name}\``).join(', ')}; it returns ${names.join(', ') || 'nothing'}`,
    'Rows have a `day`, and the columns that are counted.',
  );
}

/** Whether rows with these columns tell a dimension, and how. */
export function toldBy(dimension: Dimension, columns: readonly string[]): CubeDimension | undefined {
  if (columns.includes(dimension.column)) return { ...dimension, inRows: true };
  return dimension.from !== null && columns.includes(dimension.from.key)
    ? { ...dimension, inRows: false }
    : undefined;
}

/** The columns by which members are looked up, and that are members themselves. */
export const keysOf = (dimensions: Dimensions): Set<string> =>
  new Set([...dimensions].flatMap(({ from, label }) => [from, label].flatMap((each) => each?.key ?? [])));
