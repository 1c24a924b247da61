import type { CubeDimension, CubeQuantity } from '../../lake/catalogue/cube.ts';
import { lookups, memberOf, TOTAL, whichMember } from './members.ts';
import type { Part } from './parts.ts';
import { ROWS, rowsCounted, whereKnown } from './sums.ts';

/** The key by which a member is known: a column of the rows, or the key of the table that has it. */
const keyOf = ({ inRows, column, from, top }: CubeDimension): string | null =>
  !inRows && from !== null ? from.key : top === null ? null : column;

const keysOf = ({ dimensions }: Pick<Part, 'dimensions'>): string[] => [
  ...new Set(dimensions.flatMap((each) => keyOf(each) ?? [])),
];
const plainOf = ({ dimensions }: Pick<Part, 'dimensions'>): CubeDimension[] =>
  dimensions.filter((each) => keyOf(each) === null);

/** The columns in which moves are added up: of a value that need not be known, how many are, too. */
export const moveColumns = ({ quantities, known }: Part): string[] => [
  ...quantities.flatMap(({ name }) => (known === null ? [name, `known_${name}`] : [name])),
  ROWS,
];

/**
 * Sums by span of days: by the rows' own dimensions together, and by each key. `moved_by` says which. `byDay`: those by the rows'
 * own dimensions by each `day` of a span too, which are few beside those by key.
 */
export function moves(part: Part, byDay = false): string {
  const keys = keysOf(part);
  const plain = plainOf(part);
  const days = byDay ? ['day'] : [];
  const named = [
    'd.span_ends_on AS moved_on',
    ...days.map((day) => `r.${day}`),
    ...plain.map((each) => `${memberOf(each)} AS ${each.id}`),
    ...keys.map((key) => `coalesce(r.${key}, '(unknown)') AS ${key}`),
    ...[...new Set(part.quantities.map(({ column }) => column))].map((column) => `r.${column}`),
  ];
  const sums = part.quantities.map(({ column, name }) =>
    part.known === null
      ? `coalesce(sum(${column}), 0) AS ${name}, count(${column}) AS known_${name}`
      : `sum(${column}) AS ${name}`,
  );
  const sets = [['moved_on', ...days, ...plain.map(({ id }) => id)], ...keys.map((key) => ['moved_on', key])];
  const by = keys.map((key) => `WHEN grouping(${key}) = 0 THEN '${key}'`).join(' ');
  const movedBy = keys.length === 0 ? "'rows'" : `CASE ${by} ELSE 'rows' END`;
  return `  SELECT moved_on, ${movedBy} AS moved_by, ${[...days, ...plain.map(({ id }) => id), ...keys, ...sums].join(', ')}, ${rowsCounted(part)} AS ${ROWS}
  FROM (SELECT ${named.join(', ')} FROM ${part.rows} r JOIN window_days d ON d.day = r.day) named
  GROUP BY GROUPING SETS (${sets.map((set) => `(${set.join(', ')})`).join(', ')})${part.known === null ? '' : `\n  ${whereKnown(part.known)}`}`;
}

/** The moves of a part, taken from those of a larger one that are kept: where every value has a count of those known. */
export function movesFrom(relation: string, part: Part, keptAs: (quantity: CubeQuantity) => string): string {
  const { quantities, known } = part;
  const [first] = quantities.map(keptAs);
  const columns = quantities.flatMap((quantity) => {
    const own = `${keptAs(quantity)} AS ${quantity.name}`;
    return known === null ? [own, `known_${keptAs(quantity)} AS known_${quantity.name}`] : [own];
  });
  const keys = keysOf(part);
  const rows = known === null ? ROWS : `known_${first} AS ${ROWS}`;
  const own = ['rows', ...keys].map((by) => `'${by}'`);
  return `  SELECT moved_on, moved_by, ${[...plainOf(part).map(({ id }) => id), ...keys, ...columns, rows].join(', ')}
  FROM ${relation}
  WHERE moved_by IN (${own.join(', ')})${known === null ? '' : ` AND known_${first} > 0`}`;
}

/** Of kept moves `byDay` the totals of each day on which a value is known. */
export const dayTotals = (relation: string, value: string): string =>
  `SELECT day, sum(${value}) AS total
FROM ${relation}
WHERE moved_by = 'rows' AND known_${value} > 0
GROUP BY day`;

/** The sums by every dimension. A sum by one key tells nothing of the dimensions that another has: those are left out. */
export function memberMoves(part: Part, columns: readonly string[]): string {
  const isRanked = part.dimensions.some(({ top }) => top !== null);
  const looked = part.dimensions.filter(({ inRows }) => !inRows);
  const members = part.dimensions.map((each) => `${movedMember(each)} AS ${each.id}`);
  const named = `(
SELECT m.moved_on, CASE WHEN m.moved_by = 'rows' THEN '${TOTAL}' END AS ${TOTAL}, ${[...members, ...columns.map((name) => `m.${name}`)].join(', ')}
FROM moves m${lookups(looked, 'm')}${isRanked ? topOf(part) : ''}
) named`;
  const dimensions = [{ id: TOTAL }, ...part.dimensions];
  const sets = dimensions.map(({ id }) => `(moved_on, ${id})`).join(', ');
  return `SELECT day, dimension, member, ${columns.join(', ')}
FROM (
SELECT moved_on AS day, ${[...whichMember(dimensions, 'NULL'), ...columns.map((name) => `sum(${name}) AS ${name}`)].join(', ')}
FROM ${named}
GROUP BY GROUPING SETS (${sets})
) member_moves
WHERE member IS NOT NULL`;
}

/** Of a key that is among the largest, its member. */
function topOf(part: Part): string {
  const keys = keysOf(part).map((key) => `WHEN '${key}' THEN m.${key}`);
  return `
  LEFT JOIN (SELECT DISTINCT moved_by, dimension, member FROM top_members) t ON t.moved_by = m.moved_by AND t.member = CASE m.moved_by ${keys.join(' ')} END`;
}

function movedMember(dimension: CubeDimension): string {
  const key = keyOf(dimension);
  if (dimension.top !== null) return `CASE WHEN t.dimension = '${dimension.id}' THEN t.member END`;
  return key === null
    ? `m.${dimension.id}`
    : `CASE WHEN m.moved_by = '${key}' THEN ${memberOf(dimension)} END`;
}
