import { type Bucket, writeJson } from '../../platform/bucket.ts';
import { readStateIfSound } from '../state/file.ts';
import { isReceipt, outboxPrefix } from './outbox.ts';

/**
 * A letter that waits for its reader's hour, at `outbox/<as_of>/<id>/waits.json`: written by the run that did not send it,
 * never removed. Whether it still waits says the outbox: once it was sent, there is a receipt beside it.
 */
export interface Wait {
  readonly id: string;
  readonly run: string;
  /** ISO UTC: since when, and until when as things stood then. */
  readonly at: string;
  readonly until: string;
}

const waitKey = (asOf: string, id: string): string => `${outboxPrefix(asOf)}${id}/waits.json`;

/** Notes that a letter waits. One that waits already stays as it is. */
export const noteWait = async (bucket: Bucket, asOf: string, wait: Wait): Promise<void> =>
  void (await bucket.create(waitKey(asOf, wait.id), `${JSON.stringify(wait, null, 2)}\n`));

/** Whether a letter was made to wait, be it sent since or not. */
export const didWait = (bucket: Bucket, asOf: string, id: string): Promise<boolean> =>
  bucket.exists(waitKey(asOf, id));

/** Ids of the letters of a day that wait and were not sent, ascending. */
export async function waitingOf(bucket: Bucket, asOf: string): Promise<string[]> {
  const [waiting, sent] = [new Set<string>(), new Set<string>()];
  for await (const { key } of bucket.list(outboxPrefix(asOf))) {
    const [, id = '', file = ''] = /^outbox\/[^/]+\/([^/]+)\/([^/]+)$/.exec(key) ?? [];
    if (file === 'waits.json') waiting.add(id);
    else if (isReceipt(key)) sent.add(id);
  }
  return [...waiting].filter((id) => !sent.has(id));
}

const CALLED_KEY = 'state/called.json';
/** As long as somebody may take to come by: a day, the hour that summer time adds to one, and one more. */
const CALLED_HOURS = 26;

/** Notes that something came by to send what is due (`vigie send --due`), as it should every hour. */
export const noteCalled = (bucket: Bucket, now: Date): Promise<void> =>
  writeJson(bucket, CALLED_KEY, { at: now.toISOString() });

/** When something last came by; undefined where nothing ever did. */
export async function lastCalled(bucket: Bucket): Promise<Date | undefined> {
  const called = await readStateIfSound<{ readonly at: string }>(bucket, CALLED_KEY);
  return called && new Date(called.at);
}

/**
 * Whether somebody comes by at the hours of readers: where nobody does, a letter that waited would never be sent. A clock that
 * was set back makes a call no younger.
 */
export async function areHoursKept(bucket: Bucket, now: Date): Promise<boolean> {
  const called = await lastCalled(bucket);
  return called !== undefined && Math.abs(now.getTime() - called.getTime()) <= CALLED_HOURS * 3_600_000;
}
