import type { CubeDimension } from '../../lake/catalogue/cube.ts';
import { OTHER_MEMBERS } from '../../lake/catalogue/kpi.ts';
import type { Dialect } from '../../platform/engine.ts';
import { type DayColumns, windowsOfDays } from '../daily.ts';
import { TOTAL } from './members.ts';
import { memberMoves, moveColumns, moves } from './moves.ts';
import type { Part } from './parts.ts';
import { ROWS } from './sums.ts';
import { topMembers, topMembersOfADay } from './top-members.ts';
import { topOfManyDays } from './top-of-many-days.ts';

/**
 * What is added up over the days of a window where a dimension shows only its largest members. They are the largest of the
 * year up to each as-of date, the same in every window and comparison of that date, so that one whose sales collapse stays
 * in sight; what they leave of the total is `(other)`.
 *
 * Rows are first added up by key and by spans of days between which no window starts or ends; members are looked up of
 * these sums.
 */
export const topInWindows = (part: Part): string =>
  inWindows(part, `moves AS (\n${moves(part)}\n)`, topMembers);

/**
 * The same of moves that are kept and that a SELECT takes, with or without largest members. DuckDB keeps what a statement names twice:
 * these rows, which are the most there are in a back-fill, would lie in its memory a second time. Trino keeps nothing, and has no word for it.
 */
export function keptMovesInWindows(
  part: Part,
  taken: string,
  { dialect, asOfs }: { readonly dialect: Pick<Dialect, 'name'>; readonly asOfs: readonly string[] },
): string {
  const keeps = dialect.name === 'duckdb';
  const ofMany: typeof topMembers = (ranked, ranking) => topOfManyDays(ranked, ranking, asOfs.length);
  const ranking = asOfs.length === 1 ? topMembersOfADay : keeps ? ofMany : topMembers;
  return inWindows(part, `moves AS ${keeps ? 'NOT MATERIALIZED ' : ''}(\n${taken}\n)`, ranking);
}

function inWindows(part: Part, moved: string, ranking: typeof topMembers): string {
  const columns = moveColumns(part);
  const ranked = part.dimensions.filter(({ top }) => top !== null);
  const days = windowsOfDays({
    keys: ['dimension', 'member'],
    sums: [],
    counts: columns,
    levels: [],
    over: 'periods',
    ...(ranked.length > 0 && { among: shownMembers(part.dimensions) }),
  });
  const outputs = part.quantities.map(({ name }) =>
    part.known === null
      ? `CASE WHEN sum(known_${name}) > 0 THEN sum(${name}) END AS ${name}`
      : `sum(${name}) AS ${name}`,
  );
  const isRanked = ranked.length > 0;
  return `
WITH ${moved},${isRanked ? `\n${ranking(ranked, part.quantities[0]?.name ?? ROWS, columns)},` : ''}
member_windows AS (${days.before}${memberMoves(part, columns)}${days.after}
)${isRanked ? `,\nparts AS (\n${partsAndOthers(ranked, columns)}\n)` : ''}
SELECT as_of, period, comparison, dimension, member, ${outputs.join(', ')}
FROM ${isRanked ? 'parts' : 'member_windows'}
GROUP BY as_of, period, comparison, dimension, member
HAVING sum(${ROWS}) > 0`;
}

/** The largest are looked at for each as-of date anew, before windows are made of them; of other dimensions all members are. */
function shownMembers(dimensions: Part['dimensions']): DayColumns['among'] {
  const names = dimensions.flatMap(({ id, top }) => (top === null ? [] : [`'${id}'`]));
  const whole = [TOTAL, ...dimensions.flatMap(({ id, top }) => (top === null ? [id] : []))];
  return {
    select: `SELECT as_of, dimension AS shown_of, member AS shown FROM top_members
      UNION ALL SELECT d.as_of, w.shown_of, '' AS shown FROM (SELECT DISTINCT as_of FROM periods) d CROSS JOIN (VALUES ${whole.map((id) => `('${id}')`).join(', ')}) AS w (shown_of)`,
    columns: {
      shown_of: 't.dimension',
      shown: `CASE WHEN t.dimension IN (${names.join(', ')}) THEN t.member ELSE '' END`,
    },
  };
}

/** What the largest leave of the total is of all others. */
function partsAndOthers(ranked: readonly CubeDimension[], columns: readonly string[]): string {
  const names = ranked.map(({ id }) => `'${id}'`);
  const sums = columns.map(
    (name) => `CASE WHEN o.other = w.dimension THEN -w.${name} ELSE w.${name} END AS ${name}`,
  );
  return `  SELECT w.as_of, w.period, w.comparison,
    CASE WHEN o.other = 'none' THEN w.dimension ELSE o.other END AS dimension,
    CASE WHEN o.other = 'none' THEN w.member ELSE '${OTHER_MEMBERS}' END AS member,
    ${sums.join(', ')}
  FROM member_windows w
  CROSS JOIN (VALUES ('none'), ${names.map((name) => `(${name})`).join(', ')}) AS o (other)
  WHERE o.other = 'none' OR w.dimension = '${TOTAL}' OR w.dimension = o.other`;
}
