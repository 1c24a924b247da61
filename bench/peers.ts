/**
 * The same work by Vigie and by what people would take otherwise: dbt with DuckDB (rebuilding, and incremental), dlt (Arrow
 * and rows), DuckDB alone. Sets them up by itself, from PyPI. Nothing is printed before all have the same figures.
 *
 *     node --import tsx bench/peers.ts [order lines …]     default 1000000 10000000; 10 million take half an hour
 *     node --import tsx bench/peers.ts --year orders …     a year of this KPI alone: years take longest
 *     node --import tsx bench/peers.ts --small             20,000 lines, for CI: that all agree, not how fast
 *
 * A day: eight KPIs with all dimensions, windows and comparisons, of a lake that holds three years. A file: invoice lines as
 * CSV into four tables. A year: bench/measure.ts. Seconds are those of the processor, of all threads and processes, and the
 * whole command's; a ratio is of these. docs/benchmarks.md says what is fair and what is not.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { build } from '../build/build.js';
import { addDays } from '../functions/lake/values/day.ts';
import { peerTools } from '../test/kit/loopback-tools.ts';
import { PEER_KPIS, sameFigures } from './peers/figures.ts';
import { type Goal, type Measured, printGoals, printMeasured } from './peers/tell.ts';
import { aYear, type Year } from './peers/year.ts';

const run = promisify(execFile);
const LAST_DAY = '2026-11-21';
/** dlt by rows takes minutes a million lines, in proportion. */
const MOST_BY_ROWS = 1_000_000;
const MOST_MEGABYTES = 600;
const here = (file: string): string => resolve(import.meta.dirname, file);
/** Below the clone, whose packages it takes. */
const BUILT = here(`../node_modules/.cache/vigie-peers-${process.pid}`);
/** Built as the command is that people run: the others are run as they are installed. */
const VIGIE = [process.execPath, join(BUILT, 'vigie.js')];
/** Nothing is told to anybody. */
const QUIET = {
  DO_NOT_TRACK: '1',
  RUNTIME__DLTHUB_TELEMETRY: 'false',
  DBT_SEND_ANONYMOUS_USAGE_STATS: 'false',
};

class Peers {
  readonly #bin: string;
  readonly #folder: string;

  constructor(bin: string, folder: string) {
    this.#bin = bin;
    this.#folder = folder;
  }

  path = (name: string): string => join(this.#folder, name);
  python = (script: string, ...args: readonly string[]): string[] => [
    join(this.#bin, 'python'),
    here(`peers/${script}`),
    ...args,
  ];

  /** Runs a command; what it printed, and what it took with all its children. */
  async measured(
    command: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<Measured & { readonly printed: string }> {
    const record = this.path('record.json');
    const [program, ...args] = this.python('measured.py', record, ...command);
    const { stdout } = await run(program as string, args, {
      cwd: this.#folder,
      env: { ...process.env, ...QUIET, ...env },
      maxBuffer: 1 << 26,
    }).catch((error: Error & { stdout?: string }) => {
      throw new Error(`${command.join(' ')}\n${error.stdout ?? ''}\n${error.message}`);
    });
    const work = /^work ([\d.]+)$/m.exec(stdout)?.[1];
    return {
      ...(JSON.parse(readFileSync(record, 'utf8')) as Measured),
      ...(work === undefined ? {} : { work: Number(work) }),
      printed: stdout.trim(),
    };
  }

  /** `dbt run` of a day, into a database of its own. */
  dbt(
    lake: string,
    file: string,
    day: { readonly asOf: string; readonly periods: string },
    ...more: string[]
  ) {
    const command = [
      join(this.#bin, 'dbt'),
      ...['run', '--project-dir', here('peers/dbt'), '--profiles-dir', here('peers/dbt')],
      ...['--target-path', this.path(`target-${file}`), '--log-path', this.path('logs'), '--quiet'],
      ...['--vars', JSON.stringify({ as_of: day.asOf, periods: day.periods }), ...more],
    ];
    return this.measured(command, { PEERS_LAKE: lake, PEERS_DBT: this.path(`${file}/peers.duckdb`) });
  }
}

/** A day of the eight KPIs, by everybody; throws where a figure differs. */
async function aDay(
  peers: Peers,
  lake: string,
): Promise<{ readonly rows: Measured[]; readonly figures: number }> {
  const dayOf = async (asOf: string) => {
    const periods = peers.path(`periods-${asOf}.csv`);
    await peers.measured([...VIGIE, 'periods', asOf, periods]);
    return { asOf, periods };
  };
  const [before, today] = [await dayOf(addDays(LAST_DAY, -1)), await dayOf(LAST_DAY)];
  const ours = peers.path('vigie.csv');
  const vigie = await peers.measured([...VIGIE, 'day', lake, LAST_DAY, ours]);
  const agree = async (who: string, file: string): Promise<number> => {
    const out = peers.path(`${file}.csv`);
    await peers.measured(
      peers.python('plain.py', 'figures', peers.path(`${file}/peers.duckdb`), LAST_DAY, out),
    );
    return sameFigures(who, ours, out);
  };
  for (const file of ['rebuilt', 'kept', 'plain']) mkdirSync(peers.path(file));
  // The first one reads the project, those after it what it kept of that.
  const start = (file: string) => peers.dbt(lake, file, today, '--select', 'nothing');
  await start('rebuilt');
  const rebuilding = await peers.dbt(lake, 'rebuilt', today, '--full-refresh');
  await agree('dbt, rebuilding', 'rebuilt');
  await peers.dbt(lake, 'kept', before);
  await start('kept');
  const begun = await start('kept');
  const incremental = await peers.dbt(lake, 'kept', today);
  await agree('dbt, incremental', 'kept');
  const compiled = peers.path('target-rebuilt/compiled/peers/models');
  const plain = await peers.measured(
    peers.python('plain.py', 'models', lake, peers.path('plain/peers.duckdb'), compiled),
  );
  const figures = await agree('DuckDB alone', 'plain');
  const scan = await peers.measured(peers.python('plain.py', 'scan', lake));
  return {
    figures,
    rows: [
      { what: 'Vigie', ...vigie },
      { what: 'dbt, rebuilding', ...rebuilding, work: rebuilding.cpu - begun.cpu },
      { what: 'dbt, incremental', ...incremental, work: incremental.cpu - begun.cpu },
      { what: 'DuckDB alone, dbt’s SELECTs', ...plain },
      { what: 'one scan of the columns', ...scan },
    ],
  };
}

/** A file into four tables, by everybody; throws where they hold something else. */
async function aFile(
  peers: Peers,
  lines: number,
): Promise<{ readonly rows: Measured[]; readonly told: string }> {
  const csv = peers.path('lines.csv');
  await peers.measured(peers.python('plain.py', 'csv', String(lines), csv));
  const loaders: [string, string[]][] = [
    ['Vigie', [...VIGIE, 'file', csv]],
    ['dlt, Arrow', peers.python('dlt_load.py', 'arrow', csv)],
    ['DuckDB alone', peers.python('plain.py', 'load', csv)],
  ];
  if (lines <= MOST_BY_ROWS) loaders.push(['dlt, rows', peers.python('dlt_load.py', 'rows', csv)]);
  const rows: Measured[] = [];
  let told = '';
  for (const [what, command] of loaders) {
    const folder = mkdtempSync(peers.path('load-'));
    const last = what === 'DuckDB alone' ? join(folder, 'plain.duckdb') : folder;
    const { printed, ...spent } = await peers.measured([...command, last]);
    rmSync(folder, { recursive: true });
    const found = printed.split('\n').at(-1) ?? '';
    told ||= found;
    if (found !== told) throw new Error(`${what} loaded something else: ${found}; Vigie: ${told}`);
    rows.push({ what, ...spent });
  }
  rmSync(csv);
  return { rows, told };
}

/** One size; the goals it meets and misses. */
async function compare(bin: string, lines: number, ofYear: readonly string[]): Promise<Goal[]> {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-peers-'));
  try {
    const peers = new Peers(bin, folder);
    const lake = peers.path('business.duckdb');
    const year = aYear(lines, lake, ofYear);
    const day = await aDay(peers, lake);
    rmSync(lake);
    const file = await aFile(peers, lines);
    const size = lines.toLocaleString('en');
    printMeasured(`${size} order lines, a day: ${day.figures} figures of 8 KPIs, the same by all`, day.rows);
    printMeasured(`${size} lines, a file: ${file.told}, the same by all`, file.rows);
    return goalsOf(size, day.rows, file.rows, year);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function goalsOf(
  size: string,
  day: readonly Measured[],
  file: readonly Measured[],
  { ratios, peak }: Year,
): Goal[] {
  const of = (rows: readonly Measured[], what: string, measure: 'cpu' | 'peak'): number =>
    rows.find((row) => row.what === what)?.[measure] ?? Number.NaN;
  const ratio = (rows: readonly Measured[], to: string): number =>
    of(rows, 'Vigie', 'cpu') / of(rows, to, 'cpu');
  return [
    { what: `${size}: a day to incremental dbt`, is: ratio(day, 'dbt, incremental'), goal: 0.5 },
    { what: `${size}: a day to one scan`, is: ratio(day, 'one scan of the columns'), goal: 4 },
    { what: `${size}: a file to dlt by Arrow`, is: ratio(file, 'dlt, Arrow'), goal: 1 },
    ...ratios.map((each) => ({
      what: `${size}: a year to a day, ${each.group}`,
      is: each.ratio,
      goal: each.goal,
    })),
    { what: `${size}: MB, a file to the lake`, is: of(file, 'Vigie', 'peak'), goal: MOST_MEGABYTES },
    { what: `${size}: MB, a year`, is: peak, goal: MOST_MEGABYTES },
  ];
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    small: { type: 'boolean', default: false },
    year: { type: 'string', multiple: true, default: [...PEER_KPIS] },
  },
});
const sizes = positionals.length > 0 ? positionals.map(Number) : [1_000_000, 10_000_000];
const bin = await peerTools();
try {
  await build(BUILT, { vigie: 'bench/peers/vigie.ts' });
  // At a small size everything is start: nothing is said of goals.
  if (values.small) await compare(bin, 20_000, ['orders']);
  else {
    const goals: Goal[] = [];
    for (const lines of sizes) goals.push(...(await compare(bin, lines, values.year)));
    printGoals(goals);
  }
} finally {
  rmSync(BUILT, { recursive: true, force: true });
}
console.log(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB of the bench itself`);
