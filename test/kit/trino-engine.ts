import type {
  Cell,
  Dialect,
  Engine,
  Result,
  ResultColumn,
  StatementOptions,
  StatementStats,
} from '../../functions/platform/engine.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { plainType } from '../../functions/platform/sql-type.ts';

export interface TrinoOptions {
  /** Such as `http://127.0.0.1:18080`. */
  readonly url: string;
  /** Catalog and schema of the Iceberg tables. */
  readonly catalog?: string;
  readonly schema?: string;
  /** A relation over landed files; tests that load have one. */
  readonly landed?: Dialect['landed'];
  /** Session properties of Trino, such as `enable_dynamic_filtering=false`; absent: `QUICK`. */
  readonly session?: string;
}

/**
 * What a statement reads is then the same each time: dynamic filters spare files only where they arrive in time, which on a busy
 * machine they do not. Joins are ordered and spread as Trino does unless told, so that stages are Athena's.
 */
export const STEADY_BYTES =
  'enable_dynamic_filtering=false,join_reordering_strategy=AUTOMATIC,join_distribution_type=AUTOMATIC';

/**
 * Tests ask small things of small tables, several thousand times: what spares an engine time where there are many rows costs it
 * more than it spares. Sorting, writing and filtering in several stages are left out, and statistics, and the rewriting of rows that are given
 * in the statement; the planner's other rules are as they are. Three mornings on a stack and fifteen tables
 * took 59 seconds instead of 73. Whoever counts stages
 * gives its own (`STEADY_BYTES`).
 */
const QUICK = [
  'enable_dynamic_filtering=false',
  'enable_stats_calculator=false',
  'statistics_cpu_timer_enabled=false',
  'execution_policy=all-at-once',
  'distributed_sort=false',
  'redistribute_writes=false',
  'use_preferred_write_partitioning=false',
  'scale_writers=false',
  'task_scale_writers_enabled=false',
  'merge_project_with_values=false',
  'push_filter_into_values_max_row_count=0',
].join(',');

/** A stage of a running statement, with those that it takes rows from. */
interface Stage {
  readonly subStages: readonly Stage[];
}

/** What Trino tells beside what every engine does. */
export interface TrinoStats extends StatementStats {
  /** Stages that the statement was run in. */
  readonly stages: number;
}

/** One answer of Trino's client protocol (POST /v1/statement, then GET nextUri until there is none). */
interface Page {
  readonly nextUri?: string;
  readonly columns?: readonly { readonly name: string; readonly type: string }[];
  readonly data?: readonly (readonly unknown[])[];
  readonly updateCount?: number;
  readonly stats?: { readonly physicalInputBytes?: number; readonly rootStage?: Stage };
  readonly error?: {
    readonly message: string;
    readonly errorName: string;
    readonly errorLocation?: { readonly lineNumber: number; readonly columnNumber: number };
  };
}

/** A real Trino as an engine: the grammar and semantics Athena follows. Times are UTC. */
export function trinoEngine(options: TrinoOptions): Engine {
  const { catalog = 'iceberg', schema = 'vigie', session = QUICK } = options;
  const headers = {
    'X-Trino-User': 'vigie',
    'X-Trino-Catalog': catalog,
    'X-Trino-Schema': schema,
    'X-Trino-Time-Zone': 'UTC',
    'X-Trino-Session': session,
  };
  const dialect: Dialect = {
    name: 'trino',
    maxStatementBytes: 262_144,
    together: 10,
    table: (name) => `${catalog}.${schema}.${name}`,
    landed:
      options.landed ??
      (() => {
        throw new Error('this Trino reads no landed files');
      }),
  };
  const pages = (sql: string, statement?: StatementOptions) => follow(options.url, headers, sql, statement);
  return {
    dialect,
    query: (sql, statement) => result(pages(sql, statement)),
    async execute(sql, statement) {
      let last: Page = {};
      const started = performance.now();
      for await (const page of pages(sql, statement)) last = { ...last, ...page };
      return statsOf(last, started);
    },
    async close() {},
  };
}

async function* follow(
  url: string,
  headers: Record<string, string>,
  sql: string,
  statement?: StatementOptions,
): AsyncGenerator<Page> {
  const signal = statement?.signal ? { signal: statement.signal } : {};
  if (statement?.signal?.aborted) {
    throw new VigieError(`${statement.label ?? 'statement'} was cancelled`, { code: 'SQL_CANCELLED' });
  }
  let response = await fetch(`${url}/v1/statement`, { method: 'POST', headers, body: sql, ...signal });
  for (;;) {
    const page = JSON.parse(exactIntegers(await response.text())) as Page;
    if (page.error) throw failure(page.error, sql, statement);
    yield page;
    if (!page.nextUri) return;
    response = await fetch(page.nextUri, { headers, ...signal });
  }
}

function failure(error: NonNullable<Page['error']>, sql: string, statement?: StatementOptions): VigieError {
  const line = error.errorLocation?.lineNumber;
  const sample = line === undefined ? sql.slice(0, 2000) : (sql.split('\n')[line - 1] ?? '');
  return new VigieError(`${statement?.label ?? 'statement'}: ${error.errorName}: ${error.message}`, {
    code: 'SQL_FAILED',
    where: { ...(line === undefined ? {} : { line }), sample },
  });
}

async function result(pages: AsyncGenerator<Page>): Promise<Result> {
  const started = performance.now();
  let last: Page = {};
  const head: Page[] = [];
  while (!last.columns) {
    const next = await pages.next();
    if (next.done) break;
    last = next.value;
    head.push(last);
  }
  const columns: ResultColumn[] = (last.columns ?? []).map(({ name, type }) => ({
    name,
    type: plainType(type),
  }));
  async function* chunks(): AsyncIterable<readonly (readonly Cell[])[]> {
    for (const page of head)
      if (page.data)
        yield page.data.map((row) => row.map((cell, index) => cellOf(cell, columns[index]?.type ?? '')));
    for await (const page of pages) {
      last = page;
      if (page.data)
        yield page.data.map((row) => row.map((cell, index) => cellOf(cell, columns[index]?.type ?? '')));
    }
  }
  return { columns, chunks: chunks(), stats: () => statsOf(last, started) };
}

const stagesIn = (stage: Stage | undefined): number =>
  stage === undefined ? 0 : stage.subStages.reduce((all, sub) => all + stagesIn(sub), 1);

const statsOf = (page: Page, started: number): TrinoStats => ({
  stages: stagesIn(page.stats?.rootStage),
  seconds: (performance.now() - started) / 1000,
  ...(page.stats?.physicalInputBytes === undefined ? {} : { bytesScanned: page.stats.physicalInputBytes }),
  ...(page.updateCount === undefined ? {} : { rowsAffected: page.updateCount }),
});

/** JSON.parse rounds integers beyond 2^53: they are made text first, and turned to bigint where the column is one. */
const exactIntegers = (json: string): string => json.replace(/(?<=[[,])-?\d{16,}(?=[\],])/g, '"$&"');

function cellOf(cell: unknown, type: string): Cell {
  if (cell === null || cell === undefined) return null;
  if (type === 'timestamp') return `${String(cell).replace(' ', 'T').replace(/\.0+$/, '')}Z`;
  if (type === 'bigint' && typeof cell === 'string') return BigInt(cell);
  return cell as Cell;
}
