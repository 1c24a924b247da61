/**
 * Where SQL runs: DuckDB on one machine, Athena on AWS, Trino in tests. Statements are written in the common
 * subset of the three (docs/sql.md), so that an engine needs few opinions; those it has are in `dialect`.
 */
export interface Engine {
  readonly dialect: Dialect;
  /** Runs a SELECT and reads its result in chunks, in constant memory. */
  query(sql: string, options?: StatementOptions): Promise<Result>;
  /** Runs a statement that returns no rows (DDL, MERGE). */
  execute(sql: string, options?: StatementOptions): Promise<StatementStats>;
  /**
   * Where a result is kept for nothing while the engine is open, so that what several statements need is computed once.
   * Absent where that would be a table to pay, to name and to clear (Athena).
   */
  readonly scratch?: Scratch;
  /** Writes files of the bucket by itself; absent where that takes a table and files of many names (Athena). */
  readonly files?: EngineFiles;
  /**
   * Nobody else writes while it is open, and a statement ends with its process: what one statement found still holds in
   * the next. Absent where a statement may outlive whoever gave it (Athena).
   */
  readonly exclusive?: true;
  close(): Promise<void>;
}

export interface Scratch {
  /** Keeps what a SELECT gives; the relation to name after FROM. Whoever keeps it drops it; all of it goes with the engine. */
  keep(select: string, options?: StatementOptions): Promise<string>;
  drop(relation: string): Promise<void>;
}

export interface EngineFiles {
  /** Writes what a SELECT gives as one Parquet file, whole or not at all; how many rows it has. */
  write(select: string, key: string, options?: StatementOptions): Promise<number>;
}

export interface StatementOptions {
  /** Said in logs and errors: `kpi net_revenue`, `load orders`. */
  readonly label?: string;
  readonly signal?: AbortSignal;
  /** When it has to have ended. Only engines that outlive their caller look at it: elsewhere it dies with the process. */
  readonly deadline?: Date;
}

export type DialectName = 'duckdb' | 'trino' | 'athena';

export interface Dialect {
  readonly name: DialectName;
  /** The longest statement accepted, in bytes of UTF-8 (Athena: 262,144). */
  readonly maxStatementBytes: number;
  /** How many small statements to put into one, where each has its price and its wait, however little it reads; absent: none. */
  readonly together?: number;
  /** The name of a lake table in SQL, such as `lake.orders` or `"iceberg"."vigie"."orders"`. */
  table(name: string): string;
  /** A relation (usable after FROM) over the Parquet files of one landed batch. */
  landed(batch: LandedFiles): string;
  /** Where a table's files go, on engines whose DDL has to say it: `s3://…/lake/orders/` (Athena). */
  location?(name: string): string;
}

/** The Parquet files of one batch: `files` are bucket keys below `prefix`. */
export interface LandedFiles {
  readonly table: string;
  readonly source: string;
  readonly run: string;
  readonly files: readonly string[];
}

/**
 * A cell as every engine returns it: text, DATE as `YYYY-MM-DD`, TIMESTAMP as ISO UTC (`…T…Z`), DECIMAL as exact
 * plain text (`-12.3400`), integers as number (bigint beyond 2^53), DOUBLE as number, BOOLEAN, NULL as null.
 */
export type Cell = string | number | bigint | boolean | null;

export interface ResultColumn {
  readonly name: string;
  /** In Trino's words: `varchar`, `integer`, `bigint`, `double`, `decimal(18,4)`, `date`, `timestamp`, `boolean`. */
  readonly type: string;
}

export interface Result {
  readonly columns: readonly ResultColumn[];
  /** The rows in chunks; every row has the cells in the order of `columns`. Can be read once. */
  readonly chunks: AsyncIterable<readonly (readonly Cell[])[]>;
  /** The same rows by column, from an engine that holds them so; read instead of `chunks`, not as well. */
  readonly columnChunks?: AsyncIterable<ColumnChunk>;
  /** Known once the chunks are read to the end. */
  stats(): StatementStats;
}

/** Some rows of a result, by column: a long result costs half as much to read as in rows. */
export interface ColumnChunk {
  readonly rows: number;
  /** The cells of a column, by its place in `columns`. */
  column(index: number): readonly Cell[];
  /** An integer or DECIMAL column as whole numbers, times 10^decimals; undefined where that would not be exact. */
  scaled(index: number, decimals: number): readonly (bigint | null)[] | undefined;
}

/** A result by column, whatever the engine gives. */
export async function* columnChunks(result: Result): AsyncGenerator<ColumnChunk> {
  if (result.columnChunks) yield* result.columnChunks;
  else
    for await (const chunk of result.chunks) {
      const column = (index: number) => chunk.map((row) => row[index] ?? null);
      yield { rows: chunk.length, column, scaled: () => undefined };
    }
}

export interface StatementStats {
  readonly seconds: number;
  /** Bytes read from storage, where the engine tells; Athena bills by it. */
  readonly bytesScanned?: number;
  /** What the provider bills for the statement, in US dollars, where it bills by statement. */
  readonly usd?: number;
  readonly rowsAffected?: number;
}

/** All rows of a query as objects: for small results, checks and tests. */
export async function queryRows(
  engine: Engine,
  sql: string,
  options?: StatementOptions,
): Promise<Record<string, Cell>[]> {
  const result = await engine.query(sql, options);
  const rows: Record<string, Cell>[] = [];
  for await (const chunk of result.chunks) {
    for (const cells of chunk) {
      rows.push(
        Object.fromEntries(result.columns.map((column, index) => [column.name, cells[index] ?? null])),
      );
    }
  }
  return rows;
}
