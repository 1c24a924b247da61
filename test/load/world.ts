import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { frozenClock } from '../../functions/platform/clock.ts';
import { type Cell, type Engine, queryRows } from '../../functions/platform/engine.ts';
import { duckDbEngine } from '../../functions/platform/local/duckdb-engine.ts';
import { fileBucket } from '../../functions/platform/local/file-bucket.ts';
import { silentLog } from '../../functions/platform/log.ts';

/** What load and check reach of the world: a folder, DuckDB in memory, a clock that stands still. */
export function localWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-world-'));
  const bucket = fileBucket(join(folder, 'state'));
  const engine = duckDbEngine({ bucket, threads: 1 });
  const close = async () => {
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { folder, bucket, engine, clock: frozenClock('2026-11-22T06:00:00Z'), log: silentLog, close };
}

/** The rows of a lake table, in order. */
export const lakeRows = (engine: Engine, table: string, columns = '*'): Promise<Record<string, Cell>[]> =>
  queryRows(engine, `SELECT ${columns} FROM ${engine.dialect.table(table)} ORDER BY ALL`);
