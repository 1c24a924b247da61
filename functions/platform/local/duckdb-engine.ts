import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import pLimit from 'p-limit';
import type { Bucket } from '../bucket.ts';
import type { Dialect, Engine, LandedFiles, StatementOptions, StatementStats } from '../engine.ts';
import { cancelled, isDamagedFile, openFailed } from './duckdb-errors.ts';
import { type Begun, read, run } from './duckdb-statement.ts';
import { closeFile, PRIVATE_FOLDER, wholeFile } from './private-files.ts';
import { Underway } from './underway.ts';

export interface DuckDbOptions {
  /** Database file; absent: in memory. */
  readonly file?: string;
  /** Reads landed files. */
  readonly bucket: Bucket;
  /** Such as `600MB`, the default; beyond it DuckDB spills to disk. The process takes some 200 MB more. */
  readonly memoryLimit?: string;
  /** Default: the processors there are, at most 4 (each thread has buffers of its own). */
  readonly threads?: number;
}

const MOST_THREADS = 4;

/**
 * The embedded engine. Lake tables live in the schema `lake` of one database file, which is opened by the first
 * statement, as DuckDB is loaded: a command that needs no SQL waits for neither, nor for a run that holds the file. Every statement has a connection of
 * its own, so that a result can be read while others run; statements that write take turns. Closing stops what is
 * under way (`SQL_CANCELLED`); the next statement opens the database anew.
 */
export function duckDbEngine(options: DuckDbOptions): Engine {
  const connections = new Set<DuckDBConnection>();
  const writing = pLimit(1);
  const underway = new Underway();
  let opening: Promise<DuckDBInstance> | undefined;
  let spill: string | undefined;
  let kept = 0;

  const connect = async (statement: StatementOptions | undefined): Promise<DuckDBConnection> => {
    if (underway.ends) throw cancelled(statement);
    // A name of its own in a folder that all users share, made for this one only.
    spill ??=
      options.file === undefined ? mkdtempSync(join(tmpdir(), 'vigie-duckdb-')) : `${options.file}.tmp`;
    opening ??= open(options, spill).catch((error: unknown) => {
      // The next statement may find the file free.
      opening = undefined;
      throw error;
    });
    const connection = await (await opening).connect();
    connections.add(connection);
    await connection.run(`USE ${CATALOG}`).catch((error: unknown) => {
      release(connection);
      throw underway.ends ? cancelled(statement) : error;
    });
    return connection;
  };
  const release = (connection: DuckDBConnection): void => {
    if (connections.delete(connection)) connection.closeSync();
  };
  const begun = (
    connection: DuckDBConnection,
    sql: string,
    statement: StatementOptions | undefined,
  ): Begun => ({
    ...{ connection, underway, sql, statement },
    isOpen: () => connections.has(connection),
  });
  /** Runs a statement that returns no rows. */
  const change = async (sql: string, statement?: StatementOptions): Promise<StatementStats> => {
    const connection = await connect(statement);
    return run(begun(connection, sql, statement)).finally(() => release(connection));
  };
  return {
    dialect: dialect(options.bucket),
    exclusive: true,
    query: (sql, statement) =>
      underway.of(
        connect(statement).then((connection) =>
          read(begun(connection, sql, statement), () => release(connection)),
        ),
      ),
    execute: (sql, statement) => underway.of(writing(() => change(sql, statement))),
    scratch: {
      async keep(select, statement) {
        kept += 1;
        const relation = `memory.main.kept_${kept}`;
        await underway.of(change(`CREATE TABLE ${relation} AS\n${select}`, statement));
        return relation;
      },
      async drop(relation) {
        await underway.of(change(`DROP TABLE ${relation}`));
      },
    },
    files: {
      write: (select, key, statement) =>
        wholeFile(options.bucket.locate(key), async (path) => {
          const sql = `COPY (${select}) TO '${path.replaceAll("'", "''")}' (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)`;
          return (await underway.of(change(sql, statement))).rowsAffected ?? 0;
        }),
    },
    close: () =>
      underway.end(
        () => {
          for (const connection of connections) connection.interrupt();
        },
        async () => {
          for (const connection of [...connections]) release(connection);
          const instance = await opening?.catch(() => undefined);
          opening = undefined;
          instance?.closeSync();
          if (spill !== undefined) rmSync(spill, { recursive: true, force: true });
          spill = undefined;
        },
      ),
  };
}

/** The catalog's own name: taken from the file's name, it could be `lake` too, and `lake.orders` would mean two things. */
const CATALOG = 'vigie';

async function open({ file, ...options }: DuckDbOptions, spill: string): Promise<DuckDBInstance> {
  const { DuckDBInstance: Instance } = await import('@duckdb/node-api');
  const instance = await Instance.create(':memory:', settings(options, spill));
  try {
    if (file !== undefined) mkdirSync(dirname(file), { recursive: true, mode: PRIVATE_FOLDER });
    const connection = await instance.connect();
    await connection.run(`ATTACH '${(file ?? ':memory:').replaceAll("'", "''")}' AS ${CATALOG}`);
    await connection.run(`CREATE SCHEMA IF NOT EXISTS ${CATALOG}.lake`);
    await connection.run("SET GLOBAL TimeZone = 'UTC'");
    connection.closeSync();
    if (file !== undefined) closeFile(file);
    return instance;
  } catch (error) {
    instance.closeSync();
    if (file === undefined || !isDamagedFile(error) || !putAside(file))
      throw openFailed(file ?? ':memory:', error);
    return open({ file, ...options }, spill);
  }
}

/** Moves a damaged database away, so that the lake can be made anew (load/rebuild-lake.ts); false where it cannot be. */
function putAside(file: string): boolean {
  if (!existsSync(file)) return false;
  for (const each of [file, `${file}.wal`])
    if (existsSync(each)) renameSync(each, `${each}.damaged-${Date.now()}`);
  return true;
}

const settings = (
  options: Pick<DuckDbOptions, 'memoryLimit' | 'threads'>,
  spill: string,
): Record<string, string> => ({
  memory_limit: options.memoryLimit ?? '600MB',
  threads: String(options.threads ?? Math.min(MOST_THREADS, availableParallelism())),
  temp_directory: spill,
  preserve_insertion_order: 'false',
  // Never the network: everything that is needed is built in.
  autoinstall_known_extensions: 'false',
});

const dialect = (bucket: Bucket): Dialect => ({
  name: 'duckdb',
  maxStatementBytes: Number.POSITIVE_INFINITY,
  table: (name) => `lake.${name}`,
  landed: (batch: LandedFiles) => {
    const paths = batch.files.map((file) => `'${literalPath(bucket.locate(file)).replaceAll("'", "''")}'`);
    return `read_parquet([${paths.join(', ')}], hive_partitioning = false)`;
  },
});

/** read_parquet takes patterns: a folder called `[2026]` has to be meant literally. */
export const literalPath = (path: string): string => path.replaceAll(/[[*?]/g, '[$&]');
