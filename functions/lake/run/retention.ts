import type { Bucket } from '../../platform/bucket.ts';
import { addDays } from '../values/day.ts';
import { finishedByRuns, readFinished } from './finished.ts';
import { isIn, type LakeCopy, readCopy, runOrder } from './lake-copy.ts';

/** Folders whose files go after so many days, in both worlds; on AWS the bucket's lifecycle clears them. */
export const RETENTION = { landing: 30, rejected: 90, work: 30 } as const;

/**
 * After so many days receipts of messages go where Vigie clears them itself. A day that lies further back is told to nobody
 * any more: it cannot be known whether it was.
 */
export const TOLD_DAYS = 400;

/** What goes on one machine besides: pages that can be made again, and records that nothing reads any more. */
const ON_ONE_MACHINE = {
  mail: 90,
  reports: 90,
  outbox: TOLD_DAYS,
  // The report's history of alerts goes back 400 days from any day that a run measures again.
  'alerts/state': 450,
  checks: 450,
  runs: 450,
  damaged: 450,
} as const;

export interface ClearInput {
  /** The instant of the run that clears. */
  readonly now: Date;
  readonly rawDays: number;
  /** The day just told: its pages stay until another day is done, however old it is. */
  readonly asOf: string;
}

/**
 * Removes what is older than it is kept; how many files that were. What a run left has the age of the run, what belongs to
 * a day is counted back from the last day that is done: a company that lives on old data keeps what it has just made. A
 * batch goes only once a copy of the lake holds it. Killed anywhere, the next run goes on.
 */
export async function clearExpired(bucket: Bucket, input: ClearInput): Promise<number> {
  const finished = await readFinished(bucket);
  if (finished === undefined) return 0;
  const copies = new Copies(bucket);
  let files = 0;
  const kept = { ...RETENTION, raw: input.rawDays, ...ON_ONE_MACHINE };
  for (const [folder, days] of Object.entries(kept)) {
    const bounds = {
      now: addDays(input.now.toISOString().slice(0, 10), -days),
      asOf: addDays(finished.asOf, -days),
    };
    for await (const { key } of bucket.list(`${folder}/`)) {
      if (!isExpired(key, bounds) || key.startsWith(`${folder}/${input.asOf}`)) continue;
      if (folder === 'landing' && !(await copies.hold(key))) continue;
      await bucket.remove(key);
      files += 1;
    }
  }
  return files;
}

/**
 * Whether receipts of a day's messages are still there. A record that cannot be read is no reason to tell nobody: those
 * of the runs say the same.
 */
export async function isToldStill(bucket: Bucket, asOf: string): Promise<boolean> {
  const finished = await readFinished(bucket).catch(() => finishedByRuns(bucket));
  return finished === undefined || asOf >= addDays(finished.asOf, -TOLD_DAYS);
}

/** The start in a run's id, or the day a key begins with; what has neither stays. */
const STARTED = /[/=]\d{4}-\d{2}-\d{2}\.(\d{4})(\d{2})(\d{2})T\d{6}Z/;
const DAY = /\/(\d{4}-\d{2}-\d{2})(?=[./])/;

function isExpired(key: string, first: { readonly now: string; readonly asOf: string }): boolean {
  const started = STARTED.exec(key)?.slice(1).join('-');
  if (started !== undefined) return started < first.now;
  const day = DAY.exec(key)?.[1];
  return day !== undefined && day < first.asOf;
}

/** The copies of the lake, each read once. */
class Copies {
  readonly #bucket: Bucket;
  readonly #known = new Map<string, Promise<LakeCopy | undefined>>();

  constructor(bucket: Bucket) {
    this.#bucket = bucket;
  }

  /** Whether what a landing file holds is in a copy. */
  async hold(key: string): Promise<boolean> {
    const [, table = '', source = '', run = ''] =
      /^landing\/([^/]+)\/source=([^/]+)\/run=([^/]+)\//.exec(key) ?? [];
    const name = `${source}/${table}`;
    const copy = this.#known.get(name) ?? readCopy(this.#bucket, source, table);
    this.#known.set(name, copy);
    return isIn(await copy, run);
  }
}

/** Whether it is time for a copy: there is none though the first batches may go, or they are as old as those that may. */
export function isCopyDue(copy: LakeCopy | undefined, now: Date, firstRun: string | undefined): boolean {
  const [, started = ''] = runOrder(copy?.run ?? firstRun ?? '').match(/^(\d{8})T/) ?? [];
  const first = addDays(now.toISOString().slice(0, 10), -RETENTION.landing).replaceAll('-', '');
  return started !== '' && started <= first;
}
