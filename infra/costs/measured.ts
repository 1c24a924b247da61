import { readFileSync } from 'node:fs';

/** Bytes that something reads on a day, with two years of history in the lake and with three. */
export type Bytes = readonly [two: number, three: number];

/** Figures, with the seal of what they were measured of (`test/engines/seal.ts`): where it holds, they need no measuring. */
interface Sealed {
  readonly bytes: Bytes;
  readonly seal: string;
}

/** A KPI's one statement, and the stages that it runs in. */
export type MeasuredKpi = Sealed & { readonly stages: number };

/** All statements of a check together, and the most stages that one of them runs in, where it asks of several subjects in one. */
export type MeasuredCheck = Sealed & { readonly statements: number; readonly stages?: number };

/** What several KPIs of sales count, counted once: bytes to make the tables, and to take the figures from them; two years of rows. */
export interface MeasuredShared {
  readonly made: number;
  readonly taken: number;
  readonly seal: string;
}

/**
 * What a day's statements read on Trino (`test/engines/bytes.loopback.ts`, `load-bytes.loopback.ts`), which these suites hold
 * it to and `VIGIE_WRITE_COSTS=1` writes anew: never by hand. A few hundred rows a day lie in small files, each with a
 * footer: with more rows a day a row takes less.
 */
export interface Measured {
  /** Rows that a day adds, over all tables. */
  readonly rowsADay: number;
  readonly kpis: Readonly<Record<string, MeasuredKpi>>;
  readonly checks: Readonly<Record<string, MeasuredCheck>>;
  readonly shared: Readonly<Record<string, MeasuredShared>>;
  /** A batch of a table to which a day adds `rowsADay`: each of its statements. */
  readonly load: { readonly rowsADay: number; readonly statements: readonly Bytes[] };
}

export const MEASURED_FILE = 'infra/costs/measured.json';

export const readMeasured = (): Measured => JSON.parse(readFileSync(MEASURED_FILE, 'utf8')) as Measured;
