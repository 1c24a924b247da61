import { readFileSync } from 'node:fs';

/** Bytes that something reads on a day, with two years of history in the lake and with three. */
export type Bytes = readonly [two: number, three: number];

/**
 * What a day's statements read on Trino (`test/engines/bytes.loopback.ts`, `load-bytes.loopback.ts`), which these suites hold
 * it to and `VIGIE_WRITE_COSTS=1` writes anew. A few hundred rows a day lie in small files, each with a footer: with more
 * rows a day a row takes less.
 */
export interface Measured {
  /** Rows that a day adds, over all tables. */
  readonly rowsADay: number;
  /** By KPI, by id: its one statement. */
  readonly kpis: Readonly<Record<string, Bytes>>;
  /** By check: all of its statements together. */
  readonly checks: Readonly<Record<string, { readonly statements: number; readonly bytes: Bytes }>>;
  /** A batch of a table to which a day adds `rowsADay`: each of its statements. */
  readonly load: { readonly rowsADay: number; readonly statements: readonly Bytes[] };
}

export const MEASURED_FILE = 'infra/costs/measured.json';

export const readMeasured = (): Measured => JSON.parse(readFileSync(MEASURED_FILE, 'utf8')) as Measured;
