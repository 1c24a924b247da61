/** A company as the computation sees it. */
export interface Size {
  readonly name: string;
  readonly says: string;
  readonly sources: number;
  /** Tables that a day’s pull fills, over all sources. */
  readonly batches: number;
  readonly kpis: number;
  readonly readers: number;
  /** Rows that arrive a day, over all tables. */
  readonly rowsADay: number;
  /** Years of history in the lake. */
  readonly years: number;
  /** Pages that the sources answer a day. */
  readonly pages: number;
}

export const SIZES: readonly Size[] = [
  {
    ...{ name: 'small', says: 'one ERP system by files, ten readers' },
    ...{ sources: 1, batches: 4, kpis: 25, readers: 10, rowsADay: 2_000, years: 2, pages: 0 },
  },
  {
    ...{ name: 'medium', says: 'SAP, a shop, four ad platforms, tags; forty readers' },
    ...{ sources: 7, batches: 15, kpis: 25, readers: 40, rowsADay: 100_000, years: 3, pages: 500 },
  },
  {
    ...{ name: 'large', says: 'the same, fifty times the rows; 200 readers' },
    ...{ sources: 10, batches: 20, kpis: 40, readers: 200, rowsADay: 5_000_000, years: 5, pages: 10_000 },
  },
];

/** What the computation takes for granted. Measured on the sandbox where a measurement exists, else generous. */
export const ASSUMED = {
  daysAMonth: 30.4,
  /** A row in the lake, compressed Parquet; and in the raw archive, gzip. */
  bytesARow: 40,
  rawBytesARow: 150,
  /** How long the vendors’ answers are kept, in days. */
  rawDays: 400,
  /** Checks ask so many statements at once (`functions/check/run-checks.ts`). */
  checksAtOnce: 4,
  /** Seconds that a function waits for a statement: small ones; and for each GB that it reads. */
  secondsAStatement: 4,
  secondsAGb: 5,
  /** Rows that pull maps in a second on one processor. */
  rowsASecond: 40_000,
  secondsAPage: 0.5,
  secondsAMail: 0.5,
  /** A digest with its pictures. */
  bytesAMail: 150_000,
  /** Objects that an item writes and reads. */
  putsAnItem: 30,
  getsAnItem: 200,
  /** Beside the run, every hour: whose hour has come, and are the digests out that are due. Each a second, and so many lists of S3. */
  callsADay: { report: 24, run: 24 },
  secondsACall: 1,
  listsACall: 5,
  bytesLoggedAnInvocation: 4_000,
  /** Of our own: eight metrics for most stages. */
  metrics: 16,
  dashboards: 1,
} as const;
