import type { Engine } from '../../functions/platform/engine.ts';
import type { TrinoStats } from '../kit/trino-engine.ts';

/** What a statement takes of Trino. */
export interface Taken {
  /** Read from storage. */
  readonly bytes: number;
  readonly rows: number;
  readonly stages: number;
}

/** Runs a statement of a day, and tells what it took. */
export async function readBy(engine: Engine, sql: string): Promise<Taken> {
  const result = await engine.query(sql, { label: 'a day on Athena' });
  let rows = 0;
  for await (const chunk of result.chunks) rows += chunk.length;
  const { bytesScanned = Number.NaN, stages = Number.NaN } = result.stats() as Partial<TrinoStats>;
  return { bytes: bytesScanned, rows, stages };
}
