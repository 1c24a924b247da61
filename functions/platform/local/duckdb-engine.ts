import { DuckDBInstance, type DuckDBConnection, type DuckDBType, DuckDBTypeId, type DuckDBValue } from '@duckdb/node-api';
import type { Bucket } from '../bucket.ts';
import type { Cell, Dialect, Engine, LandedFiles, Result, ResultColumn, StatementOptions, StatementStats } from '../engine.ts';
import { messageOf, VigieError } from '../errors.ts';

export interface DuckDbOptions {
  /** Database file; absent: in memory. */
  readonly file?: string;
  /** Reads landed files. */
  readonly bucket: Bucket;
  /** Such as `600MB`; beyond it DuckDB spills to `<file>.tmp`. */
  readonly memoryLimit?: string;
  readonly threads?: number;
}

/** The embedded engine. Lake tables live in the schema `lake` of one database file. */
export async function duckDbEngine(options: DuckDbOptions): Promise<Engine> {
  const instance = await DuckDBInstance.create(options.file ?? ':memory:', settings(options));
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'; CREATE SCHEMA IF NOT EXISTS lake");
  return {
    dialect: dialect(options.bucket),
    query: (sql, statement) => guard(sql, statement, () => stream(connection, sql)),
    async execute(sql, statement) {
      const started = performance.now();
      const result = await guard(sql, statement, () => connection.run(sql));
      return { seconds: (performance.now() - started) / 1000, rowsAffected: Number(result.rowsChanged) };
    },
    async close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

function settings(options: DuckDbOptions): Record<string, string> {
  return {
    ...(options.memoryLimit === undefined ? {} : { memory_limit: options.memoryLimit }),
    ...(options.threads === undefined ? {} : { threads: String(options.threads) }),
    preserve_insertion_order: 'false',
  };
}

function dialect(bucket: Bucket): Dialect {
  return {
    name: 'duckdb',
    maxStatementBytes: Number.POSITIVE_INFINITY,
    table: (name) => `lake.${name}`,
    landed: (batch: LandedFiles) => {
      const paths = batch.files.map((file) => `'${bucket.locate(file).replaceAll("'", "''")}'`);
      return `read_parquet([${paths.join(', ')}], hive_partitioning = false)`;
    },
  };
}

async function guard<T>(sql: string, statement: StatementOptions | undefined, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw new VigieError(`${statement?.label ?? 'statement'}: ${messageOf(error)}`, {
      code: 'SQL_FAILED',
      cause: error,
      where: { sample: sql.slice(0, 2000) },
    });
  }
}

async function stream(connection: DuckDBConnection, sql: string): Promise<Result> {
  const started = performance.now();
  const result = await connection.stream(sql);
  const types = result.columnTypes();
  const columns: ResultColumn[] = result.columnNames().map((name, index) => ({ name, type: typeName(types[index]) }));
  const readers = types.map(cellReader);
  async function* chunks(): AsyncIterable<readonly (readonly Cell[])[]> {
    for (;;) {
      const chunk = await result.fetchChunk();
      if (!chunk || chunk.rowCount === 0) return;
      yield chunk.getRows().map((row) => row.map((value, index) => (value === null ? null : (readers[index] as CellReader)(value))));
    }
  }
  return { columns, chunks: chunks(), stats: (): StatementStats => ({ seconds: (performance.now() - started) / 1000 }) };
}

const TYPE_NAMES: Partial<Record<DuckDBTypeId, string>> = {
  [DuckDBTypeId.VARCHAR]: 'varchar',
  [DuckDBTypeId.INTEGER]: 'integer',
  [DuckDBTypeId.BIGINT]: 'bigint',
  [DuckDBTypeId.DOUBLE]: 'double',
  [DuckDBTypeId.DATE]: 'date',
  [DuckDBTypeId.TIMESTAMP]: 'timestamp',
  [DuckDBTypeId.BOOLEAN]: 'boolean',
};

const typeName = (type: DuckDBType | undefined): string =>
  (type && TYPE_NAMES[type.typeId]) ?? String(type).toLowerCase();

type CellReader = (value: DuckDBValue) => Cell;

/** Turns DuckDB's own value objects into canonical cells. */
function cellReader(type: DuckDBType): CellReader {
  switch (type.typeId) {
    case DuckDBTypeId.TIMESTAMP:
    case DuckDBTypeId.TIMESTAMP_MS:
    case DuckDBTypeId.TIMESTAMP_TZ:
      return (value) => isoInstant(String(value));
    case DuckDBTypeId.BIGINT:
    case DuckDBTypeId.HUGEINT:
      return (value) => (typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : (value as bigint));
    case DuckDBTypeId.DATE:
    case DuckDBTypeId.DECIMAL:
      return (value) => String(value);
    default:
      return (value) => (typeof value === 'object' ? String(value) : value);
  }
}

const isoInstant = (text: string): string => {
  const [day, time = '00:00:00'] = text.replace(/[+Z].*$/, '').split(' ');
  return `${day}T${time}Z`;
};
