import { isOfEntity } from '../../lake/catalogue/cube.ts';
import { windowsOfDays } from '../daily.ts';
import { byMember, eachMember, lookups, memberOf } from './members.ts';
import type { Part } from './parts.ts';

interface Visits {
  /** An entity's days, with its columns of dimensions. */
  readonly select: string;
  /** Sums of a relation with the columns of `select`, in total and by member. */
  byMember(keys: readonly string[], values: readonly string[], from: string): string;
  /** The columns of `select` that say which member a row is of. */
  readonly columns: readonly string[];
}

/**
 * The days on which an entity has a row. `ENTITY` in an expression stands for its days in order: those of the entity, and
 * where it can be of several members of a dimension (a customer who orders in two channels), those of each alone.
 */
export function visitsOf(part: Part, expressions: readonly string[]): Visits {
  const entity = part.entity ?? '';
  const { dimensions, rows } = part;
  const ordered = (by: string): string[] =>
    expressions.map((each) => each.replace('ENTITY', `PARTITION BY ${by} ORDER BY day`));
  if (visitsAreOfEntity(dimensions, entity)) {
    const members = dimensions.map((each) => `${memberOf(each)} AS ${each.id}`);
    return {
      select: `SELECT ${[...members, 'r.day', ...ordered(`r.${entity}`)].join(', ')}
  FROM ${rows} r${lookups(dimensions)}
  WHERE r.${entity} IS NOT NULL`,
      byMember: (keys, values, from) => byMember(dimensions, keys, values, from),
      columns: dimensions.map(({ id }) => id),
    };
  }
  return {
    select: `SELECT ${['dimension', 'member', 'day', ...ordered(`dimension, member, ${entity}`)].join(', ')}
  FROM (${eachMember(part, ['day', entity])}) members
  WHERE ${entity} IS NOT NULL`,
    byMember: (keys, values, from) =>
      `SELECT ${[...keys, 'dimension, member', ...values].join(', ')}\nFROM ${from}\nGROUP BY ${[...keys, 'dimension, member'].join(', ')}`,
    columns: ['dimension', 'member'],
  };
}

/** Whether an entity is of one member of each dimension, so that its days need to be put in order once. */
export const visitsAreOfEntity = (dimensions: Part['dimensions'], entity: string): boolean =>
  dimensions.every((dimension) => isOfEntity(dimension, entity));

/**
 * Entities with a row in a window, and those with two. They do not add up from day to day, but the changes of their number
 * do. As a window of one kind moves on, an entity counts from a row on until the window leaves that row behind or the next
 * one takes over; as one of two rows, until the window leaves the earlier behind or the next takes over. So of three rows
 * one after the other, each with the day `expires_on` on which windows that end there no longer hold it:
 *
 *   first alone        +1 entity on the day of the first
 *   first and second   -1 entity, +1 with two, on the day of the second, or when the first expires if earlier
 *   first and third    -1 with two on the day of the third, or when the first expires if earlier
 *
 * Two days between which no window starts or ends lie in the same windows, so each day is first replaced by the first of
 * its span: the steps between two spans are counted once. A row outside all windows takes nothing over that has not
 * expired by then. A rolling window leaves a day behind after its own length; one to date, when the next month, quarter
 * or year begins, before which no window of that start ends.
 */
export function entitiesInWindows(part: Part): string {
  const twice = part.quantities.some(({ kind }) => kind === 'repeated');
  const later = twice ? ['second', 'third'] : ['second'];
  const visits = visitsOf(
    part,
    later.map((which, at) => `lead(day, ${at + 1}) OVER (ENTITY) AS ${which}_on`),
  );
  const counts = twice ? ['entities', 'repeated_entities'] : ['entities'];
  const { before, after } = windowsOfDays({
    keys: ['period', 'dimension', 'member'],
    sums: [],
    counts: [],
    levels: counts,
    over: 'periods',
  });
  const outputs = part.quantities.map(
    ({ kind, name }) => `${kind === 'repeated' ? 'repeated_entities' : 'entities'} AS ${name}`,
  );
  return `
SELECT as_of, period, comparison, dimension, member, ${outputs.join(', ')}
FROM (${before}${steps(visits, later, counts)}${after}) entities
WHERE entities > 0`;
}

function steps(visits: Visits, later: readonly string[], counts: readonly string[]): string {
  const columns = visits.columns.map((column) => `v.${column}, `).join('');
  const own = visits.columns.map((column) => `${column}, `).join('');
  const moves = later.length === 2 ? '(1, 1, 0), (2, -1, 1), (3, 0, -1)' : '(1, 1), (2, -1)';
  const due = later.map((which, at) => `WHEN ${at + 2} THEN v.${which}_on`).join(' ');
  const sums = counts.map((name) => `sum(${name}) AS ${name}`);
  return `WITH entity_days AS (
  ${visits.select}
),
spanned_visits AS (
  SELECT ${columns}first_day.span_starts_on AS visited_on, ${later.map((which) => `coalesce(${which}_day.span_starts_on, DATE '9999-12-31') AS ${which}_on`).join(', ')}
  FROM entity_days v
  JOIN window_days first_day ON first_day.day = v.day${later.map((which) => `\n  LEFT JOIN window_days ${which}_day ON ${which}_day.day = v.${which}_on`).join('')}
),
steps AS (
  SELECT ${columns}v.visited_on, CASE s.step WHEN 1 THEN v.visited_on ${due} END AS due_on, ${counts.map((name) => `s.${name}`).join(', ')}
  FROM spanned_visits v
  CROSS JOIN (VALUES ${moves}) AS s (step, ${counts.join(', ')})
),
member_steps AS (
${visits.byMember(['visited_on', 'due_on'], sums, `(SELECT ${own}visited_on, due_on, ${counts.join(', ')} FROM steps) steps`)}
),
kinds AS (
  SELECT period, CASE WHEN period IN ('mtd', 'qtd', 'ytd') THEN starts_on ELSE DATE '0001-01-01' END AS starts_on, max(ends_on) AS last_on,
    max(CASE WHEN period NOT IN ('mtd', 'qtd', 'ytd') THEN date_diff('day', starts_on, ends_on) + 1 END) AS days
  FROM periods
  GROUP BY 1, 2
),
expiries AS (
  SELECT k.period, d.visited_on, CASE WHEN k.days IS NULL THEN CAST(k.last_on + INTERVAL '1' DAY AS date) ELSE CAST(d.visited_on + k.days * INTERVAL '1' DAY AS date) END AS expires_on
  FROM (SELECT DISTINCT span_starts_on AS visited_on FROM window_days) d
  JOIN kinds k ON d.visited_on BETWEEN k.starts_on AND k.last_on
)
SELECT x.period, m.dimension, m.member, CASE WHEN m.due_on < x.expires_on THEN m.due_on ELSE x.expires_on END AS day, ${counts.map((name) => `m.${name}`).join(', ')}
FROM member_steps m
JOIN expiries x ON x.visited_on = m.visited_on`;
}
