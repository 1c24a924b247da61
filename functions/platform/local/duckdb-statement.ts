import type { DuckDBConnection, DuckDBResult } from '@duckdb/node-api';
import type { ColumnChunk, Result, StatementOptions, StatementStats } from '../engine.ts';
import { cancelled, statementFailed } from './duckdb-errors.ts';
import type { Underway } from './underway.ts';

/** A statement on a connection of its own. */
export interface Begun {
  readonly connection: DuckDBConnection;
  /** Whether the connection is open still: nothing may be read through one that is not. */
  readonly isOpen: () => boolean;
  readonly underway: Underway;
  readonly sql: string;
  readonly statement: StatementOptions | undefined;
}

/** Runs work that a signal, or the end of the engine, can stop. */
async function interruptible<T>(
  { connection, isOpen, underway, sql, statement }: Begun,
  work: () => Promise<T>,
): Promise<T> {
  const signal = statement?.signal;
  const isStopped = (): boolean => signal?.aborted === true || underway.ends || !isOpen();
  if (isStopped()) throw cancelled(statement);
  const interrupt = () => connection.interrupt();
  signal?.addEventListener('abort', interrupt, { once: true });
  try {
    return await underway.of(work());
  } catch (error) {
    throw isStopped() ? cancelled(statement) : statementFailed(sql, statement, error);
  } finally {
    signal?.removeEventListener('abort', interrupt);
  }
}

/** Runs a statement that returns no rows. */
export async function run(begun: Begun): Promise<StatementStats> {
  const started = performance.now();
  const result = await interruptible(begun, () => begun.connection.run(begun.sql));
  return { seconds: secondsSince(started), rowsAffected: Number(result.rowsChanged) };
}

const secondsSince = (started: number): number => (performance.now() - started) / 1000;

/**
 * A result that breaks off amid its rows ends as one that is read to its end does: `fetchChunk` gives null for both, and the
 * error, which the library has, is not handed out (as in DuckDB's other bindings: duckdb-rs #664). But of a result with an error its statement is of no kind. What
 * the error was is heard by running the statement again, at once instead of in pieces.
 */
async function refuseBroken(begun: Begun, result: DuckDBResult): Promise<void> {
  const { StatementType } = await import('@duckdb/node-api');
  if (result.statementType !== StatementType.INVALID) return;
  await interruptible(begun, () => begun.connection.run(begun.sql));
  throw statementFailed(begun.sql, begun.statement, new Error('its result broke off amid its rows'));
}

/** A result that is read as it comes; its connection is given back after the last chunk, or when the reader stops early. */
export async function read(begun: Begun, done: () => void): Promise<Result> {
  const started = performance.now();
  try {
    const { columnChunk, columnReader, columnsOfResult } = await import('./duckdb-cells.ts');
    const result = await interruptible(begun, () => begun.connection.stream(begun.sql));
    const types = result.columnTypes();
    const readers = types.map(columnReader);
    async function* columnar(): AsyncGenerator<ColumnChunk> {
      try {
        for (;;) {
          const chunk = await interruptible(begun, () => result.fetchChunk());
          if (!chunk || chunk.rowCount === 0) return await refuseBroken(begun, result);
          yield columnChunk(chunk, types, readers);
        }
      } finally {
        done();
      }
    }
    async function* chunks(): Result['chunks'] {
      for await (const chunk of columnar()) {
        const columns = readers.map((_, index) => chunk.column(index));
        yield Array.from({ length: chunk.rows }, (_, row) => columns.map((cells) => cells[row] ?? null));
      }
    }
    return {
      columns: columnsOfResult(result),
      chunks: chunks(),
      columnChunks: columnar(),
      stats: () => ({ seconds: secondsSince(started) }),
    };
  } catch (error) {
    done();
    throw error;
  }
}
