import type { CubeDimension } from '../../lake/catalogue/cube.ts';
import { OTHER_MEMBERS } from '../../lake/catalogue/kpi.ts';
import { windowsOfDays } from '../daily.ts';
import { lookups, memberOf, TOTAL, whichMember } from './members.ts';
import type { Part } from './parts.ts';
import { ROWS, rowsCounted, whereKnown } from './sums.ts';
import { topMembers } from './top-members.ts';

/**
 * What is added up over the days of a window where a dimension shows only its largest members. They are the largest of the
 * year up to each as-of date, the same in every window and comparison of that date, so that one whose sales collapse stays
 * in sight; what they leave of the total is `(other)`.
 *
 * Rows are first added up by key and by spans of days between which no window starts or ends; members are looked up of
 * these sums.
 */
export function topInWindows(part: Part): string {
  const numbers = part.quantities.flatMap(({ name }) =>
    part.known === null ? [name, `known_${name}`] : [name],
  );
  const columns = [...numbers, ROWS];
  const days = windowsOfDays({
    keys: ['dimension', 'member'],
    sums: [],
    counts: columns,
    levels: [],
    over: 'periods',
  });
  const ranked = part.dimensions.filter(({ top }) => top !== null);
  const outputs = part.quantities.map(({ name }) =>
    part.known === null
      ? `CASE WHEN sum(known_${name}) > 0 THEN sum(${name}) END AS ${name}`
      : `sum(${name}) AS ${name}`,
  );
  return `
WITH moves AS (
${moves(part)}
),
${topMembers(ranked, part.quantities[0]?.name ?? ROWS, columns)},
member_windows AS (${days.before}${memberMoves(part, columns)}${days.after}
),
parts AS (
${partsAndOthers(ranked, columns)}
)
SELECT as_of, period, comparison, dimension, member, ${outputs.join(', ')}
FROM parts
GROUP BY as_of, period, comparison, dimension, member
HAVING sum(${ROWS}) > 0`;
}

/** The key by which a member is known: a column of the rows, or the key of the table that has it. */
const keyOf = ({ inRows, column, from, top }: CubeDimension): string | null =>
  !inRows && from !== null ? from.key : top === null ? null : column;

const keysOf = ({ dimensions }: Part): string[] => [
  ...new Set(dimensions.flatMap((each) => keyOf(each) ?? [])),
];
const plainOf = ({ dimensions }: Part): CubeDimension[] => dimensions.filter((each) => keyOf(each) === null);

/** Sums by span of days: by the rows' own dimensions together, and by each key. `moved_by` says which. */
function moves(part: Part): string {
  const keys = keysOf(part);
  const plain = plainOf(part);
  const named = [
    'd.span_ends_on AS moved_on',
    ...plain.map((each) => `${memberOf(each)} AS ${each.id}`),
    ...keys.map((key) => `coalesce(r.${key}, '(unknown)') AS ${key}`),
    ...[...new Set(part.quantities.map(({ column }) => column))].map((column) => `r.${column}`),
  ];
  const sums = part.quantities.map(({ column, name }) =>
    part.known === null
      ? `coalesce(sum(${column}), 0) AS ${name}, count(${column}) AS known_${name}`
      : `sum(${column}) AS ${name}`,
  );
  const sets = [['moved_on', ...plain.map(({ id }) => id)], ...keys.map((key) => ['moved_on', key])];
  const by = keys.map((key) => `WHEN grouping(${key}) = 0 THEN '${key}'`).join(' ');
  return `  SELECT moved_on, CASE ${by} ELSE 'rows' END AS moved_by, ${[...plain.map(({ id }) => id), ...keys, ...sums].join(', ')}, ${rowsCounted(part)} AS ${ROWS}
  FROM (SELECT ${named.join(', ')} FROM ${part.rows} r JOIN window_days d ON d.day = r.day) named
  GROUP BY GROUPING SETS (${sets.map((set) => `(${set.join(', ')})`).join(', ')})${part.known === null ? '' : `\n  ${whereKnown(part.known)}`}`;
}

/** The sums by every dimension. A sum by one key tells nothing of the dimensions that another has: those are left out. */
function memberMoves(part: Part, columns: readonly string[]): string {
  const looked = part.dimensions.filter(({ inRows }) => !inRows);
  const members = part.dimensions.map((each) => `${movedMember(each)} AS ${each.id}`);
  const named = `(
SELECT m.moved_on, CASE WHEN m.moved_by = 'rows' THEN '${TOTAL}' END AS ${TOTAL}, ${[...members, ...columns.map((name) => `m.${name}`)].join(', ')}
FROM moves m${lookups(looked, 'm')}
  LEFT JOIN (SELECT DISTINCT moved_by, dimension, member FROM top_members) t ON t.moved_by = m.moved_by AND t.member = CASE m.moved_by ${keysOf(
    part,
  )
    .map((key) => `WHEN '${key}' THEN m.${key}`)
    .join(' ')} END
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

function movedMember(dimension: CubeDimension): string {
  const key = keyOf(dimension);
  if (dimension.top !== null) return `CASE WHEN t.dimension = '${dimension.id}' THEN t.member END`;
  return key === null
    ? `m.${dimension.id}`
    : `CASE WHEN m.moved_by = '${key}' THEN ${memberOf(dimension)} END`;
}

/** The largest are looked at for each as-of date anew; of the others there are only sums, in the total. */
function partsAndOthers(ranked: readonly CubeDimension[], columns: readonly string[]): string {
  const names = ranked.map(({ id }) => `'${id}'`);
  const sums = columns.map(
    (name) => `CASE WHEN o.other = w.dimension THEN -w.${name} ELSE w.${name} END AS ${name}`,
  );
  return `  SELECT w.as_of, w.period, w.comparison,
    CASE WHEN o.other = 'none' THEN w.dimension ELSE o.other END AS dimension,
    CASE WHEN o.other = 'none' THEN w.member ELSE '${OTHER_MEMBERS}' END AS member,
    ${sums.join(', ')}
  FROM (
    SELECT w.*
    FROM member_windows w
    LEFT JOIN top_members t ON t.as_of = w.as_of AND t.dimension = w.dimension AND t.member = w.member
    WHERE w.dimension NOT IN (${names.join(', ')}) OR t.member IS NOT NULL
  ) w
  CROSS JOIN (VALUES ('none'), ${names.map((name) => `(${name})`).join(', ')}) AS o (other)
  WHERE o.other = 'none' OR w.dimension = '${TOTAL}' OR w.dimension = o.other`;
}
