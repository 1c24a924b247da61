import type { ColumnChunk, Engine, Result, StatementStats } from './engine.ts';

/** What some statements took together; `bytesScanned` and `usd` are null where the engine tells nothing of them. */
export interface Spent {
  readonly seconds: number;
  readonly bytesScanned: number | null;
  readonly usd: number | null;
}

export interface Meter {
  /** The engine, each statement noted. Closing it closes the one it stands for. */
  readonly engine: Engine;
  /** What was spent so far; a result counts once it was read to its end, or given up. */
  spent(): Spent;
}

/** Notes what every statement takes: small ones too, of which Athena bills each as 10 MB. */
export function meteredEngine(engine: Engine): Meter {
  const noted: StatementStats[] = [];
  const note = <T extends StatementStats>(stats: T): T => {
    noted.push(stats);
    return stats;
  };
  return {
    engine: {
      dialect: engine.dialect,
      query: async (sql, options) => notedResult(await engine.query(sql, options), note),
      execute: async (sql, options) => note(await engine.execute(sql, options)),
      ...(engine.scratch && { scratch: engine.scratch }),
      ...(engine.files && { files: engine.files }),
      close: () => engine.close(),
    },
    spent: () => ({
      seconds: noted.reduce((sum, { seconds }) => sum + seconds, 0),
      bytesScanned: total(noted.map(({ bytesScanned }) => bytesScanned)),
      usd: total(noted.map(({ usd }) => usd)),
    }),
  };
}

function notedResult(result: Result, note: (stats: StatementStats) => void): Result {
  async function* until<T>(source: AsyncIterable<T>): AsyncGenerator<T> {
    try {
      yield* source;
    } finally {
      note(result.stats());
    }
  }
  const columnChunks: { columnChunks?: AsyncIterable<ColumnChunk> } = result.columnChunks
    ? { columnChunks: until(result.columnChunks) }
    : {};
  return { columns: result.columns, chunks: until(result.chunks), stats: result.stats, ...columnChunks };
}

function total(numbers: readonly (number | undefined)[]): number | null {
  const known = numbers.filter((number) => number !== undefined);
  return known.length === 0 ? null : known.reduce((sum, number) => sum + number, 0);
}
