import type { CubeDimension } from '../../lake/catalogue/cube.ts';
import { windowsOfDays } from '../daily.ts';

/**
 * The relation `top_members`, and those it is made of: of each as-of date and dimension, the members that are largest over
 * its longest window.
 *
 * To rank every member for every day of a back-fill would be the whole cost of it. So members that cannot be among the
 * largest are left out first, by bounds made from whole months: years that start and end in the same two months share
 * them. A movement is in a year exactly when its day is. Only who moved in a month that lies in all of those years is
 * sure to have a place in each: others may have moved after the as-of date alone, and somebody with less than nothing is
 * larger than nobody.
 */
export function topMembers(
  ranked: readonly CubeDimension[],
  ranking: string,
  columns: readonly string[],
): string {
  const days = windowsOfDays({
    keys: ['dimension', 'member'],
    sums: [],
    counts: [ranking, ...columns.slice(-1)],
    levels: [],
    over: 'top_years',
  });
  return `${rankedMoves(ranked, ranking, columns)},
month_pairs AS (
  SELECT DISTINCT CAST(date_trunc('month', starts_on) AS date) AS first_month, CAST(date_trunc('month', as_of) AS date) AS last_month
  FROM top_years
),
member_months AS (
  SELECT dimension, member, CAST(date_trunc('month', moved_on) AS date) AS month_on,
    sum(CASE WHEN ${ranking} > 0 THEN ${ranking} ELSE 0 END) AS gained, sum(CASE WHEN ${ranking} < 0 THEN ${ranking} ELSE 0 END) AS lost
  FROM ranked_moves
  GROUP BY 1, 2, 3
),
bounds AS (
  SELECT p.first_month, p.last_month, m.dimension, m.member,
    sum(m.lost + CASE WHEN m.month_on > p.first_month AND m.month_on < p.last_month THEN m.gained ELSE 0 END) AS least,
    sum(m.gained + CASE WHEN m.month_on > p.first_month AND m.month_on < p.last_month THEN m.lost ELSE 0 END) AS most,
    max(CASE WHEN m.month_on > p.first_month AND m.month_on < p.last_month THEN 1 ELSE 0 END) AS sure
  FROM month_pairs p
  JOIN member_months m ON m.month_on BETWEEN p.first_month AND p.last_month
  GROUP BY p.first_month, p.last_month, m.dimension, m.member
),
places AS (
  SELECT first_month, last_month, dimension, member, most, least, sure,
    row_number() OVER (PARTITION BY first_month, last_month, dimension ORDER BY sure DESC, least DESC, member) AS place
  FROM bounds
),
measured_places AS (
  SELECT dimension, member, most, max(CASE WHEN place = ${placesOf(ranked)} AND sure = 1 THEN least END) OVER (PARTITION BY first_month, last_month, dimension) AS last_least
  FROM places
),
candidates AS (
  SELECT DISTINCT dimension, member FROM measured_places WHERE last_least IS NULL OR most >= last_least
),
candidate_windows AS (${days.before}SELECT m.moved_on AS day, m.dimension, m.member, ${[ranking, ...columns.slice(-1)].map((name) => `m.${name}`).join(', ')}
FROM ranked_moves m
JOIN candidates c ON c.dimension = m.dimension AND c.member = m.member${days.after}
),
${placed(ranked, ranking)}`;
}

/**
 * The same of a single as-of date, where to rank all members at once takes less than to find out who need not be. A condition on
 * days would sort them; who has no row in the year has no place.
 */
export function topMembersOfADay(
  ranked: readonly CubeDimension[],
  ranking: string,
  columns: readonly string[],
): string {
  const inYear = 'm.moved_on >= y.starts_on AND m.moved_on <= y.ends_on';
  return `${rankedMoves(ranked, ranking, columns)},
candidate_windows AS (
  SELECT y.as_of, m.dimension, m.member, sum(CASE WHEN ${inYear} THEN m.${ranking} END) AS ${ranking}
  FROM ranked_moves m
  CROSS JOIN top_years y
  GROUP BY y.as_of, m.dimension, m.member
  HAVING count(CASE WHEN ${inYear} THEN 1 END) > 0
),
${placed(ranked, ranking)}`;
}

const placesOf = (ranked: readonly CubeDimension[]): string =>
  `CASE dimension ${ranked.map(({ id, top }) => `WHEN '${id}' THEN ${top}`).join(' ')} END`;

function rankedMoves(ranked: readonly CubeDimension[], ranking: string, columns: readonly string[]): string {
  const choose = (then: (dimension: CubeDimension) => string): string =>
    `CASE moved_by ${ranked.map((each) => `WHEN '${each.column}' THEN ${then(each)}`).join(' ')} END`;
  return `top_years AS (
  SELECT as_of, 'year' AS period, 'current' AS comparison, min(starts_on) AS starts_on, as_of AS ends_on
  FROM periods WHERE comparison = 'current' GROUP BY as_of
),
ranked_moves AS (
  SELECT ${choose(({ id }) => `'${id}'`)} AS dimension, ${choose(({ column }) => column)} AS member, moved_on, ${[ranking, ...columns.slice(-1)].join(', ')}
  FROM moves
  WHERE moved_by IN (${ranked.map(({ column }) => `'${column}'`).join(', ')})
)`;
}

const placed = (ranked: readonly CubeDimension[], ranking: string): string => `top_members AS (
  SELECT as_of, CASE dimension ${ranked.map(({ id, column }) => `WHEN '${id}' THEN '${column}'`).join(' ')} END AS moved_by, dimension, member
  FROM (
    SELECT as_of, dimension, member, row_number() OVER (PARTITION BY as_of, dimension ORDER BY ${ranking} DESC, member) AS place
    FROM candidate_windows
  ) ranked
  WHERE place <= ${placesOf(ranked)}
)`;
