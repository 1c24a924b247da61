/** What the rows of a relation of grain `day` hold beside `day`. */
export interface DayColumns {
  /** What a row is about: `dimension` and `member`; with `period` too where a row counts in windows of one kind only. */
  readonly keys: readonly string[];
  /** Added up over the days of a window. NULL where no value is known in it. */
  readonly sums: readonly string[];
  /** Added up over the days of a window; never NULL. */
  readonly counts: readonly string[];
  /** Added up from the first day there is to the last day of a window: what stands then. Never NULL. */
  readonly levels: readonly string[];
  /** The relation of windows: `periods`, or a view with its columns. */
  readonly over: string;
  /** Whether days are added up by the spans of `window_days` first; a day in no window is left out. Not for levels. */
  readonly spans?: boolean;
  /**
   * Where keys count in the windows of some as-of dates only: a SELECT of `as_of` and columns that say which, and for each of
   * these columns what of a key (`t`) it is compared with.
   */
  readonly among?:
    | undefined
    | { readonly select: string; readonly columns: Readonly<Record<string, string>> };
}

/**
 * Around a SELECT of grain `day`: what it gives for each day and key is summed into windows. A window's sum is the
 * running total up to its last day less the total up to the day before its first: two rows looked up instead of every
 * day of the window, which is what makes a year's back-fill cheap. So that every key has a row on each of these edges,
 * its first day is joined with all of them. The SELECT stands in the statement once: Trino and Athena would run it
 * again for each time it is named. A window in which a key has nothing known and nothing counted has no row of it, unless
 * there are levels.
 */
export function windowsOfDays(columns: DayColumns): { readonly before: string; readonly after: string } {
  return {
    before: `
SELECT ${list(['as_of', 'period', 'comparison', ...otherKeys(columns)])}, ${outputs(columns)}
FROM (
  SELECT e.as_of, e.period, e.comparison, ${inWindows(columns)}
  FROM (
    SELECT ${list(columns.keys)}, edge_on,
      ${totals(columns)}
    FROM (
      SELECT ${list(columns.keys, 'd.')}, x.edge_on, coalesce(x.edge_on, d.day) AS moved_on, ${onDays(columns)}
      FROM (
        SELECT ${list(columns.keys)}, ${columns.spans ? `${dayOf(columns)} AS day` : 'day'}, ${moves(columns)},
          row_number() OVER (PARTITION BY ${list(columns.keys)} ORDER BY ${dayOf(columns)}) = 1 AS is_first
        FROM (
`,
    after: `
        ) days${columns.spans ? '\n        JOIN window_days w ON w.day = days.day' : ''}
        GROUP BY ${list(columns.keys)}, ${dayOf(columns)}
      ) d
      JOIN (
        SELECT DISTINCT ${byPeriod(columns) ? 'p.period, ' : ''}s.is_first, ${edge('p', 's')}
        FROM ${columns.over} p
        CROSS JOIN (VALUES ${edgesOf(columns, "(true, 'EDGE')")}, (true, 'day'), (false, 'day')) AS s (is_first, what)
      ) x ON x.is_first = d.is_first${byPeriod(columns) ? ' AND x.period = d.period' : ''}
    ) moves
  ) t
  JOIN (
    SELECT p.as_of, p.period, p.comparison, s.what = 'opening' AS opening, ${edge('p', 's')}${amongColumns(columns)}
    FROM ${columns.over} p
    CROSS JOIN (VALUES ${edgesOf(columns, "('EDGE')")}) AS s (what)${columns.among ? `\n    JOIN (${columns.among.select}) a ON a.as_of = p.as_of` : ''}
  ) e ON e.edge_on = t.edge_on${byPeriod(columns) ? ' AND e.period = t.period' : ''}${isAmong(columns)}
  GROUP BY e.as_of, e.period, e.comparison${otherKeys(columns)
    .map((key) => `, t.${key}`)
    .join('')}
) windows${something(columns)}`,
  };
}

const list = (names: readonly string[], prefix = ''): string =>
  names.map((name) => `${prefix}${name}`).join(', ');
const dayOf = ({ spans }: DayColumns): string => (spans ? 'w.span_ends_on' : 'day');
const byPeriod = ({ keys }: DayColumns): boolean => keys.includes('period');
const otherKeys = ({ keys }: DayColumns): string[] => keys.filter((key) => key !== 'period');

/** Every number that is carried along: the values, and of sums how many are known. */
const numbers = ({ sums, counts, levels }: DayColumns): string[] => [
  ...sums.flatMap((name) => [name, `known_${name}`]),
  ...counts,
  ...levels,
];

const moves = ({ sums, counts, levels }: DayColumns): string =>
  [
    ...sums.map((name) => `coalesce(sum(${name}), 0) AS ${name}, count(${name}) AS known_${name}`),
    ...[...counts, ...levels].map((name) => `sum(${name}) AS ${name}`),
  ].join(', ');

const onDays = (columns: DayColumns): string =>
  numbers(columns)
    .map((name) => `CASE WHEN x.edge_on IS NULL THEN d.${name} ELSE 0 END AS ${name}`)
    .join(', ');

/** Rows of one day are peers, so that a total on an edge holds the day itself. */
const totals = (columns: DayColumns): string =>
  numbers(columns)
    .map((name) => `sum(${name}) OVER (PARTITION BY ${list(columns.keys)} ORDER BY moved_on) AS ${name}`)
    .join(',\n      ');

function inWindows(columns: DayColumns): string {
  const keys = otherKeys(columns).map((key) => `t.${key}`);
  const sums = numbers(columns).map((name) =>
    columns.levels.includes(name)
      ? `sum(CASE WHEN e.opening THEN 0 ELSE t.${name} END) AS ${name}`
      : `sum(CASE WHEN e.opening THEN -t.${name} ELSE t.${name} END) AS ${name}`,
  );
  return [...keys, ...sums].join(', ');
}

const outputs = ({ sums, counts, levels }: DayColumns): string =>
  [
    ...sums.map((name) => `CASE WHEN known_${name} > 0 THEN ${name} END AS ${name}`),
    ...counts,
    ...levels,
  ].join(', ');

/** What stands at the end of a window stands there whatever happened in it; the rest only where something did. */
function something({ sums, counts, levels }: DayColumns): string {
  if (levels.length > 0) return '';
  return `\nWHERE ${[...sums.map((name) => `known_${name}`), ...counts].map((name) => `${name} <> 0`).join(' OR ')}`;
}

const amongColumns = ({ among }: DayColumns): string =>
  Object.keys(among?.columns ?? {})
    .map((name) => `, a.${name}`)
    .join('');

const isAmong = ({ among }: DayColumns): string =>
  Object.entries(among?.columns ?? {})
    .map(([name, key]) => ` AND e.${name} = ${key}`)
    .join('');

/** What stands at a window's end needs no look at its beginning. */
const edgesOf = ({ sums, counts }: DayColumns, row: string): string =>
  [...(sums.length + counts.length > 0 ? ['opening'] : []), 'closing']
    .map((what) => row.replace('EDGE', what))
    .join(', ');

const edge = (periods: string, edges: string): string =>
  `CASE ${edges}.what WHEN 'opening' THEN CAST(${periods}.starts_on - INTERVAL '1' DAY AS date) WHEN 'closing' THEN ${periods}.ends_on END AS edge_on`;
