import { visitsOf } from './entities.ts';
import type { Part } from './parts.ts';

/**
 * Entities of the window just before a window, and those of them that came back in it. Of the visits before a window,
 * each entity has exactly one that is the last; it came back when the visit that follows lies in the window. Entities
 * are counted by these two days before they meet the windows.
 */
export function returningInWindows(part: Part): string {
  const visits = visitsOf(part, ["lead(day, 1, DATE '9999-12-31') OVER (ENTITY) AS next_on"]);
  const outputs = part.quantities.map(({ kind, name }) =>
    kind === 'kept'
      ? `sum(CASE WHEN v.came_back THEN s.entities ELSE 0 END) AS ${name}`
      : `sum(s.entities) AS ${name}`,
  );
  return `
WITH entity_days AS (
  ${visits.select}
),
spans AS (
${visits.byMember(['day', 'next_on'], ['count(*) AS entities'], '(SELECT * FROM entity_days WHERE day < next_on) entity_days')}
),
last_visits AS (
  SELECT d.day, d.next_on, p.as_of, p.period, p.comparison, d.next_on <= p.ends_on AS came_back
  FROM (SELECT DISTINCT day, next_on FROM spans) d
  JOIN periods p ON d.day BETWEEN p.prior_starts_on AND p.prior_ends_on AND d.next_on > p.prior_ends_on
)
SELECT v.as_of, v.period, v.comparison, s.dimension, s.member, ${outputs.join(', ')}
FROM last_visits v
JOIN spans s ON s.day = v.day AND s.next_on = v.next_on
GROUP BY v.as_of, v.period, v.comparison, s.dimension, s.member`;
}
