import { once } from 'node:events';
import { createGzip } from 'node:zlib';
import type { Bucket } from '../../platform/bucket.ts';
import { openRedactor, type Redactor } from '../../platform/redact/redactor.ts';

/** A row that was refused, and why. */
export interface Rejection {
  /** File or page. */
  readonly input: string;
  /** Line in the file, or place of the record, from 1. */
  readonly line: number;
  /** Of a wide file: the heading of the column in which the cell stands. */
  readonly heading?: string;
  /** Field of the table, and the source's column where it is another. */
  readonly column: string;
  readonly value: string | null;
  readonly reason: string;
  /** What the source said, of the columns that are read. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** A reason with how often it was given and the first row it hit. */
export interface RejectionSummary {
  readonly column: string;
  readonly reason: string;
  readonly count: number;
  readonly first: Rejection;
}

export interface Rejections {
  add(rejection: Rejection): Promise<void>;
  readonly count: number;
  /** The most frequent reasons. */
  top(limit: number): RejectionSummary[];
  /** Ends the file, if there is one. */
  close(): Promise<void>;
}

export const rejectedKey = (source: string, run: string, table: string): string =>
  `rejected/source=${source}/run=${run}/${table}.ndjson.gz`;

/** So many different reasons are told apart; a reason holds no value of the row, so there are few. */
const MOST_REASONS = 1000;

/** Writes refused rows as compressed newline JSON. E-mail addresses and secrets are blotted out. */
export function openRejections(bucket: Bucket, key: string, redactor: Redactor = openRedactor()): Rejections {
  const summaries = new Map<string, RejectionSummary>();
  let count = 0;
  let file: RejectsFile | undefined;
  return {
    get count() {
      return count;
    },
    async add(rejection) {
      count += 1;
      const safe = redactor.value(rejection);
      summarise(summaries, safe);
      file ??= openFile(bucket, key);
      await file.line(safe);
    },
    top: (limit) => [...summaries.values()].sort((a, b) => b.count - a.count).slice(0, limit),
    close: async () => file?.close(),
  };
}

function summarise(summaries: Map<string, RejectionSummary>, rejection: Rejection): void {
  const { column, reason } = rejection;
  const key = `${column}\n${reason}`;
  const known = summaries.get(key);
  if (!known && summaries.size >= MOST_REASONS) return;
  summaries.set(key, { column, reason, count: (known?.count ?? 0) + 1, first: known?.first ?? rejection });
}

interface RejectsFile {
  line(rejection: Rejection): Promise<void>;
  close(): Promise<void>;
}

function openFile(bucket: Bucket, key: string): RejectsFile {
  const gzip = createGzip();
  let failure: unknown;
  const written = bucket.writeStream(key, gzip).catch((error: unknown) => {
    failure = error;
    gzip.destroy();
  });
  return {
    async line(rejection) {
      if (failure !== undefined) throw failure;
      if (!gzip.write(`${JSON.stringify(rejection)}\n`)) await Promise.race([once(gzip, 'drain'), written]);
    },
    async close() {
      gzip.end();
      await written;
      if (failure !== undefined) throw failure;
    },
  };
}
