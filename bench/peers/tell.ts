import Table from 'cli-table3';

/** What a command took, with all its children. */
export interface Measured {
  readonly what?: string;
  readonly seconds: number;
  /** Processor seconds of all threads and processes. */
  readonly cpu: number;
  /** MB, of the largest process. */
  readonly peak: number;
  /** Processor seconds without the start of the command, where that is known. */
  readonly work?: number;
}

export interface Goal {
  readonly what: string;
  /** A ratio of processor seconds, or MB. */
  readonly is: number;
  /** At most. */
  readonly goal: number;
}

/** What of the large comparison is known not to meet its goal, and why; told beside the ratio. */
const REASONS: readonly [RegExp, string][] = [
  [/incremental dbt/, 'each run starts from the rows, so that restated days count'],
  [/one scan/, 'rows are joined and added up by every dimension; the start is in it too'],
  [/dlt by Arrow/, 'each cell is validated, each refused row told'],
  [/a year to a day/, 'the rows of a year are counted, fetched and recorded; a day’s are 365 times fewer'],
  [/MB, a file/, 'the engine takes its 600 MB before it spills; rows in the making lie beside'],
  [
    /MB, a year/,
    'the engine takes its 600 MB before it spills, Node.js 250 beside (VIGIE_MEMORY=350MB: less)',
  ],
];

const table = (head: readonly string[]): InstanceType<typeof Table> =>
  new Table({ head: [...head], style: { head: [], border: [], compact: true } });

export function printMeasured(title: string, rows: readonly Measured[]): void {
  const ours = rows[0]?.cpu ?? Number.NaN;
  const shown = table(['', 'processor s', 'of that work', 'clock s', 'peak MB', 'Vigie to it']);
  for (const { what = '', cpu, work, seconds, peak } of rows)
    shown.push([
      what,
      cpu.toFixed(2),
      work?.toFixed(2) ?? '',
      seconds.toFixed(2),
      peak.toFixed(0),
      (ours / cpu).toFixed(2),
    ]);
  console.log(`\n${title}\n${shown}`);
}

export function printGoals(goals: readonly Goal[]): void {
  const shown = table(['', 'is', 'goal', '']);
  for (const { what, is, goal } of goals) {
    const why = REASONS.find(([pattern]) => pattern.test(what))?.[1];
    shown.push([
      what,
      is.toFixed(is < 100 ? 2 : 0),
      `≤ ${goal}`,
      is <= goal ? 'met' : `missed${why ? `: ${why}` : ''}`,
    ]);
  }
  const met = goals.filter(({ is, goal }) => is <= goal).length;
  console.log(`\n${shown}\ngoals met: ${met} of ${goals.length}`);
}
