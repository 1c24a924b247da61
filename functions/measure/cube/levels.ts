import { windowsOfDays } from '../daily.ts';
import { byMember, namedRows } from './members.ts';
import type { Part } from './parts.ts';

const MOVES = 'vigie_moves';

/** What stands at the end of a window, or stood on the day before it: from the first day on which a member has a row. */
export function levelsInWindows(part: Part): string {
  const { dimensions, quantities } = part;
  const columns = [...new Set(quantities.map(({ column }) => column))];
  const gained = quantities.filter(({ kind }) => kind === 'opening').map(({ column }) => `${column}_gained`);
  const { before, after } = windowsOfDays({
    keys: ['dimension', 'member'],
    sums: [],
    counts: [...new Set(gained)],
    levels: [...columns, MOVES],
    over: 'periods',
  });
  const values = [
    ...columns.map((column) => `coalesce(sum(${column}), 0) AS ${column}`),
    ...[...new Set(gained)].map((name) => `coalesce(sum(${name.replace(/_gained$/, '')}), 0) AS ${name}`),
    `count(*) AS ${MOVES}`,
  ];
  const days = byMember(
    dimensions,
    ['day'],
    values,
    `(${namedRows(part, ['r.day', ...columns.map((column) => `r.${column}`)])}) named`,
  );
  const outputs = quantities.map(({ kind, column, name }) =>
    kind === 'opening' ? `${column} - ${column}_gained AS ${name}` : `${column} AS ${name}`,
  );
  return `
SELECT as_of, period, comparison, dimension, member, ${outputs.join(', ')}
FROM (${before}${days}${after}) levels
WHERE ${MOVES} > 0`;
}
