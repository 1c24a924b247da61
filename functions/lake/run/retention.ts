import type { Bucket } from '../../platform/bucket.ts';
import { addDays, lastOfMonth } from '../values/day.ts';
import { finishedByRuns, readFinished } from './finished.ts';
import { isIn, type LakeCopy, readCopy, runOrder } from './lake-copy.ts';

/** Folders whose files go after so many days, in both worlds; on AWS the bucket's lifecycle clears them. */
export const RETENTION = { audiences: 30, landing: 30, lists: 30, rejected: 90, work: 30 } as const;

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
  'alerts/months': 450,
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
    for await (const key of oldIn(bucket, folder, bounds)) {
      if (key.startsWith(`${folder}/${input.asOf}`)) continue;
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

/** The first days that are kept: of what a run left, by the clock; of what belongs to a day, by the last one that is done. */
interface Bounds {
  readonly now: string;
  readonly asOf: string;
}

/** How many folders stand before a run's own: below them, and right below all others, keys are in the order of their days. */
const DEPTHS: Readonly<Record<string, number>> = { landing: 2, rejected: 1, raw: 1 };

/** What is older than the bounds, in a folder. Nothing is gone over beyond the first day that is kept. */
async function* oldIn(bucket: Bucket, folder: string, bounds: Bounds): AsyncIterable<string> {
  for (const prefix of await foldersBelow(bucket, `${folder}/`, DEPTHS[folder] ?? 0))
    for await (const { key } of bucket.list(prefix)) {
      const age = ageOf(key);
      if (age !== undefined && isExpired(age, bounds)) yield key;
      else if (age !== undefined && age.day >= latest(bounds)) break;
    }
}

async function foldersBelow(bucket: Bucket, folder: string, depth: number): Promise<string[]> {
  if (depth === 0) return [folder];
  const names = await bucket.folders(folder);
  return (
    await Promise.all(names.map((name) => foldersBelow(bucket, `${folder}${name}/`, depth - 1)))
  ).flat();
}

/** The as-of date and the start in a run's id; or the day a key begins with; or a month, of which the end counts. */
const RUN = /[/=](\d{4}-\d{2}-\d{2})\.(\d{4})(\d{2})(\d{2})T\d{6}Z/;
const DAY = /\/(\d{4}-\d{2}-\d{2})(?=[./])/;
const MONTH = /\/(\d{4}-\d{2})\.json$/;

interface Age {
  readonly day: string;
  /** When the run began that left it. */
  readonly started?: string;
}

/** How old a key is, by its name; undefined of one that has no day, which stays. */
function ageOf(key: string): Age | undefined {
  const [, asOf, ...started] = RUN.exec(key) ?? [];
  if (asOf !== undefined) return { day: asOf, started: started.join('-') };
  const month = MONTH.exec(key)?.[1];
  const day = month === undefined ? DAY.exec(key)?.[1] : lastOfMonth(month);
  return day === undefined ? undefined : { day };
}

const isExpired = ({ day, started }: Age, bounds: Bounds): boolean =>
  started === undefined ? day < bounds.asOf : started < bounds.now;

/** From this day on nothing is old: a run begins on its day or later. */
const latest = ({ now, asOf }: Bounds): string => (now > asOf ? now : asOf);

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
