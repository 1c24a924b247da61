import type { CubeDimension } from '../../lake/catalogue/cube.ts';
import { windowsOfDays } from '../daily.ts';
import { ROWS } from './sums.ts';

/** Days that share bounds: first of a month, of those who are left of a week. */
type Unit = 'month' | 'week';

/**
 * `top_members` for many as-of dates at once, where moves are kept: what `topMembers` says, for an engine that may read a
 * relation again. Members go by a number, in the order of dimension and member. Who cannot be among the largest is left out
 * by bounds for the as-of dates of a month, and who is left by bounds for those of a week, each of running totals at the
 * edges of its windows.
 */
export function topOfManyDays(ranked: readonly CubeDimension[], ranking: string, asOfs: number): string {
  const units = unitsFor(asOfs);
  const places = `CASE n.dimension ${ranked.map(({ id, top }) => `WHEN '${id}' THEN ${top}`).join(' ')} END`;
  const choose = (then: (dimension: CubeDimension) => string): string =>
    `CASE moved_by ${ranked.map((each) => `WHEN '${each.column}' THEN ${then(each)}`).join(' ')} END`;
  return `top_years AS (
  SELECT as_of, 'year' AS period, 'current' AS comparison, min(starts_on) AS starts_on, as_of AS ends_on
  FROM periods WHERE comparison = 'current' GROUP BY as_of
),
named_moves AS NOT MATERIALIZED (
  SELECT ${choose(({ id }) => `'${id}'`)} AS dimension, ${choose(({ column }) => column)} AS member, moved_on, ${ranking} AS amount, ${ROWS}
  FROM moves
  WHERE moved_by IN (${ranked.map(({ column }) => `'${column}'`).join(', ')})
),
member_numbers AS (
  SELECT row_number() OVER (ORDER BY dimension, member) AS number, dimension, member
  FROM (SELECT DISTINCT dimension, member FROM named_moves) members
),
numbered_moves AS (
  SELECT n.number, m.moved_on, m.amount, m.${ROWS}
  FROM named_moves m
  JOIN member_numbers n ON n.dimension = m.dimension AND n.member = m.member
),
${units.map((unit, at) => candidatesOf(unit, units[at - 1], places)).join(',\n')}${units.length > 0 ? ',\n' : ''}${largest(ranked, units.at(-1), places)}`;
}

/** Of a few dates every member's place costs less than bounds do. */
const unitsFor = (asOfs: number): Unit[] => (asOfs <= 7 ? [] : asOfs <= 62 ? ['week'] : ['month', 'week']);

/**
 * Who may be among the largest on some date of a unit. In all of its years lies the core, and none reaches beyond the whole.
 * A core is cut where the years of the next unit begin and those of the last ended: neighbours share the edges.
 */
function candidatesOf(unit: Unit, among: Unit | undefined, places: string): string {
  const days = windowsOfDays({
    keys: ['number'],
    sums: [],
    counts: ['gained', 'lost', ROWS],
    levels: [],
    over: `${unit}_windows`,
  });
  return `${unit}s AS (
  SELECT unit_on, whole_from, whole_to, coalesce(lead(whole_from) OVER (ORDER BY unit_on), last_from) AS core_from, coalesce(lag(whole_to) OVER (ORDER BY unit_on), first_to) AS core_to
  FROM (
    SELECT date_trunc('${unit}', as_of) AS unit_on, min(starts_on) AS whole_from, max(starts_on) AS last_from, min(as_of) AS first_to, max(as_of) AS whole_to
    FROM top_years GROUP BY 1
  ) units
),
${unit}_windows AS (
  SELECT unit_on AS as_of, 'year' AS period, 'whole' AS comparison, whole_from AS starts_on, whole_to AS ends_on FROM ${unit}s
  UNION ALL SELECT unit_on, 'year', 'core', core_from, core_to FROM ${unit}s WHERE core_from <= core_to
),
${unit}_edges AS (
  SELECT d.moved_on, min(e.edge_on) AS day
  FROM (SELECT DISTINCT moved_on FROM numbered_moves) d
  JOIN (SELECT CAST(starts_on - INTERVAL '1' DAY AS date) AS edge_on FROM ${unit}_windows UNION SELECT ends_on FROM ${unit}_windows) e ON e.edge_on >= d.moved_on
  GROUP BY d.moved_on
),
${unit}_bounds AS (
  SELECT as_of AS unit_on, number,
    sum(CASE WHEN comparison = 'whole' THEN lost ELSE gained END) AS least,
    sum(CASE WHEN comparison = 'whole' THEN gained ELSE lost END) AS most,
    max(CASE WHEN comparison = 'core' THEN 1 ELSE 0 END) AS sure
  FROM (${days.before}SELECT e.day, m.number, sum(CASE WHEN m.amount > 0 THEN m.amount ELSE 0 END) AS gained, sum(CASE WHEN m.amount < 0 THEN m.amount ELSE 0 END) AS lost, sum(m.${ROWS}) AS ${ROWS}
FROM numbered_moves m
JOIN ${unit}_edges e ON e.moved_on = m.moved_on${among === undefined ? '' : `\nJOIN (SELECT DISTINCT number FROM ${among}_candidates) c ON c.number = m.number`}
GROUP BY e.day, m.number${days.after}) bounds
  GROUP BY as_of, number
),
${unit}_places AS (
  SELECT b.unit_on, b.number, n.dimension, b.most, b.least, b.sure, ${places} AS places,
    row_number() OVER (PARTITION BY b.unit_on, n.dimension ORDER BY b.sure DESC, b.least DESC, b.number) AS place
  FROM ${unit}_bounds b
  JOIN member_numbers n ON n.number = b.number
),
${unit}_last AS (
  SELECT unit_on, dimension, least FROM ${unit}_places WHERE place = places AND sure = 1
),
${unit}_candidates AS (
  SELECT p.unit_on, p.number
  FROM ${unit}_places p
  LEFT JOIN ${unit}_last l ON l.unit_on = p.unit_on AND l.dimension = p.dimension
  WHERE l.least IS NULL OR p.most >= l.least
)`;
}

/** The places of those who are left, day by day. */
function largest(ranked: readonly CubeDimension[], unit: Unit | undefined, places: string): string {
  const days = windowsOfDays({
    keys: ['number'],
    sums: [],
    counts: ['amount', ROWS],
    levels: [],
    over: 'top_years',
    among:
      unit === undefined
        ? undefined
        : {
            select: `SELECT y.as_of, c.number AS candidate FROM top_years y JOIN ${unit}_candidates c ON c.unit_on = date_trunc('${unit}', y.as_of)`,
            columns: { candidate: 't.number' },
          },
  });
  const left =
    unit === undefined
      ? ''
      : `\nJOIN (SELECT DISTINCT number FROM ${unit}_candidates) c ON c.number = m.number`;
  return `candidate_windows AS (${days.before}SELECT m.moved_on AS day, m.number, m.amount, m.${ROWS}
FROM numbered_moves m${left}${days.after}
),
top_members AS (
  SELECT as_of, CASE dimension ${ranked.map(({ id, column }) => `WHEN '${id}' THEN '${column}'`).join(' ')} END AS moved_by, dimension, member
  FROM (
    SELECT w.as_of, n.dimension, n.member, ${places} AS places, row_number() OVER (PARTITION BY w.as_of, n.dimension ORDER BY w.amount DESC, w.number) AS place
    FROM candidate_windows w
    JOIN member_numbers n ON n.number = w.number
  ) ranked
  WHERE place <= places
)`;
}
