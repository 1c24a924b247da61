import { shapeError } from '../record-reader.ts';
import type { Vendor } from '../vendor.ts';

export interface Job<State> {
  /** For people: `Meta insights`. */
  readonly what: string;
  /** Seconds before the first look; each wait is twice the one before. */
  readonly firstSeconds: number;
  /** The longest wait between two looks. */
  readonly mostSeconds: number;
  /** A job that takes longer has no end (`VENDOR_JOB_TIMEOUT`). Default: an hour. */
  readonly timeoutSeconds?: number;
  look(): Promise<State>;
  /** `waiting`: look again. A state nobody knows is the vendor's new form; one that failed throws its own error. */
  judge(state: State): 'done' | 'waiting' | { readonly unknown: unknown; readonly field: string };
}

const HOUR_SECONDS = 3600;

/** Looks at a job that was ordered until it is done, and gives its last state. Throws `VENDOR_SHAPE`, `VENDOR_JOB_TIMEOUT`. */
export async function finishedJob<State>(vendor: Vendor, job: Job<State>): Promise<State> {
  const { what, firstSeconds, mostSeconds, timeoutSeconds = HOUR_SECONDS } = job;
  for await (const _ of vendor.polls({ firstSeconds, mostSeconds, timeoutSeconds })) {
    const state = await job.look();
    const verdict = job.judge(state);
    if (verdict === 'done') return state;
    if (verdict !== 'waiting') throw shapeError(what, verdict.field, verdict.unknown);
  }
  throw new Error('polls end with an answer or an error');
}
