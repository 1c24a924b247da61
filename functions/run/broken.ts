import type { ReportedProblem } from '../lake/landing/batch.ts';
import { readLock, releaseLock } from '../lake/run/lock.ts';
import { saveManifest } from '../lake/run/record.ts';
import type { RunRef } from '../lake/run/run.ts';
import type { Announcement, Announcer } from '../platform/announcer.ts';
import type { Bucket } from '../platform/bucket.ts';

/** What Step Functions tells of an execution that did not end well (detail of its event). */
export interface BrokenExecution {
  readonly executionArn: string;
  readonly status: 'FAILED' | 'TIMED_OUT' | 'ABORTED';
}

export interface BrokenPlatform {
  readonly bucket: Bucket;
  readonly announcer: Announcer;
  /** A topic that a chat listens to, where there is one. */
  readonly chat?: Announcer | undefined;
}

/**
 * Tells ops at once of a run that broke off, and gives the lock back. Told first: an announcement that fails is tried
 * again by whoever called (no topic waits for the other), and the lock shows which run it was. The manifest stays unfinished.
 */
export async function broken(
  { bucket, announcer, chat }: BrokenPlatform,
  { executionArn, status }: BrokenExecution,
  problem: ReportedProblem,
): Promise<RunRef | null> {
  const held = await readLock(bucket);
  const run = held?.execution === executionArn ? held : null;
  if (run) await saveManifest(bucket, run, null);
  const announcement = announcementOf(run, executionArn, status, problem);
  const told = await Promise.allSettled([announcer, chat].map((each) => each?.announce(announcement)));
  for (const outcome of told) if (outcome.status === 'rejected') throw outcome.reason;
  await releaseLock(bucket, executionArn);
  return run;
}

const WORDS = {
  FAILED: 'failed',
  TIMED_OUT: 'took longer than a run may',
  ABORTED: 'was stopped by somebody',
} as const;

function announcementOf(
  run: RunRef | null,
  execution: string,
  status: BrokenExecution['status'],
  problem: ReportedProblem,
): Announcement {
  const name = run === null ? 'A run' : `The run of ${run.asOf}`;
  const parts = [
    `${name} ${WORDS[status]}: ${problem.message}`,
    problem.hint,
    'What it had done is kept. Redrive the execution (it resumes where it failed), or start the day again: nothing is done or told twice.',
    `Execution: ${execution}`,
    'Runbook: docs/operations/run-broken.md',
  ];
  return {
    kind: 'run-broken',
    subject: `Vigie: ${name.toLowerCase()} ${WORDS[status]}`,
    text: parts.filter((part) => part !== undefined && part !== '').join('\n\n'),
    facts: { status, code: problem.code, ...(run === null ? {} : { run: run.run, as_of: run.asOf }) },
  };
}
