import { windowsOfDays } from '../daily.ts';
import { byMember, namedRows } from './members.ts';
import type { Part } from './parts.ts';

/** How many rows there were: a window with rows of which none counts is 0, one without any row has no figure. */
export const ROWS = 'vigie_rows';

/** What is added up over the days of a window; `spans`: by spans of days first. */
export function sumsInWindows(part: Part, spans = false): string {
  const names = part.quantities.map(({ name }) => name);
  const { before, after } = windowsOfDays({
    keys: ['dimension', 'member'],
    // Where rows without a value are none, no value is NULL.
    sums: part.known === null ? names : [],
    counts: part.known === null ? [ROWS] : [...names, ROWS],
    levels: [],
    over: 'periods',
    spans,
  });
  return `${before}${sumsOfDays(part)}${after}`;
}

function sumsOfDays(part: Part): string {
  const { entity, dimensions, quantities, known } = part;
  const columns = [...new Set(quantities.map(({ column }) => column))].map((column) => `r.${column}`);
  if (entity === null) {
    const values = [
      ...quantities.map(({ column, name }) => `sum(${column}) AS ${name}`),
      `${rowsCounted(part)} AS ${ROWS}`,
    ];
    const named = `(${namedRows({ ...part, known: null }, ['r.day', ...columns])}) named`;
    return byMember(dimensions, ['day'], values, named) + (known === null ? '' : `\n${whereKnown(known)}`);
  }
  const once = quantities.map(
    ({ by, column, name }) => `${by === null ? 'sum' : 'max'}(${column}) AS ${name}`,
  );
  const named = `(${namedRows(part, ['r.day', `r.${entity}`, ...columns])}) named`;
  const each = byMember(dimensions, ['day', entity], [...once, `count(*) AS ${ROWS}`], named);
  const sums = [...quantities.map(({ name }) => name), ROWS].map((name) => `sum(${name}) AS ${name}`);
  return `SELECT day, dimension, member, ${sums.join(', ')}
FROM (${each}) once
GROUP BY day, dimension, member`;
}

/**
 * Rows without a value are left out where rows are counted, not where they are read: an amount in another currency would
 * be converted twice, to look whether it is there and to add it up.
 */
export const rowsCounted = ({ known }: Pick<Part, 'known'>): string =>
  known === null ? 'count(*)' : `count(${known})`;

/** Of whom no row has a value there is no row, so that nothing rests on them. */
export const whereKnown = (known: string): string => `HAVING count(${known}) > 0`;
