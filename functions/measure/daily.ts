/** The relations that windows are made with; an author never sees their names. */
const DAILY = 'vigie_daily';

/**
 * Around the SELECT of a KPI of grain `day`: what it gives for each day and member is summed into windows. A window's
 * sum is the running total up to its last day less the total up to the day before its first: two rows looked up
 * instead of every day of the window, which is what makes a year's back-fill cheap. A window in which a member has no
 * row has no figure; one in which every value is unknown (NULL) has no value.
 */
export function windowsOfDays(ratio: boolean): { readonly before: string; readonly after: string } {
  const values = ratio ? ['numerator', 'denominator'] : ['numerator'];
  const counts = values.map((value) => `known_${value}s`);
  const each = (names: readonly string[], write: (name: string) => string): string =>
    names.map(write).join(', ');
  const sums = ['days', ...values, ...counts];
  const moves = [
    'count(*) AS days',
    ...values.map((value) => `coalesce(sum(${value}), 0) AS ${value}`),
    ...values.map((value, index) => `count(${value}) AS ${counts[index]}`),
  ];
  const known = (value: string): string => `CASE WHEN known_${value}s > 0 THEN ${value} END AS ${value}`;
  return {
    before: `,\n${DAILY} AS (\n`,
    after: `
),
vigie_edges AS (
  SELECT as_of, period, comparison, ends_on AS edge_on, false AS opening FROM periods
  UNION ALL
  SELECT as_of, period, comparison, CAST(starts_on - INTERVAL '1' DAY AS date) AS edge_on, true AS opening FROM periods
),
vigie_moves AS (
  SELECT dimension, member, day AS moved_on, ${moves.join(', ')}
  FROM ${DAILY}
  GROUP BY dimension, member, day
  UNION ALL
  SELECT m.dimension, m.member, e.edge_on, ${each(sums, () => '0')}
  FROM (SELECT DISTINCT dimension, member FROM ${DAILY}) m
  CROSS JOIN (SELECT DISTINCT edge_on FROM vigie_edges) e
),
vigie_totals AS (
  SELECT dimension, member, moved_on,
    ${each(sums, (name) => `sum(sum(${name})) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS ${name}`)}
  FROM vigie_moves
  GROUP BY dimension, member, moved_on
)
SELECT as_of, period, comparison, dimension, member, ${known('numerator')}, ${ratio ? known('denominator') : 'CAST(NULL AS decimal(18,4)) AS denominator'}
FROM (
  SELECT e.as_of, e.period, e.comparison, t.dimension, t.member,
    ${each(sums, (name) => `sum(CASE WHEN e.opening THEN -t.${name} ELSE t.${name} END) AS ${name}`)}
  FROM vigie_edges e
  JOIN vigie_totals t ON t.moved_on = e.edge_on
  GROUP BY e.as_of, e.period, e.comparison, t.dimension, t.member
) sums
WHERE days > 0
ORDER BY as_of, period, comparison, dimension, member`,
  };
}
