import type { ReportedProblem } from '../lake/batch.ts';
import { noteFinished } from '../lake/finished.ts';
import type { Manifest } from '../lake/manifest.ts';
import type { RunRef } from '../lake/run.ts';
import { saveManifest } from '../lake/run-record.ts';
import type { Announcer } from '../platform/announcer.ts';
import type { Bucket } from '../platform/bucket.ts';
import type { Clock } from '../platform/clock.ts';
import { releaseLock } from './lock.ts';

/** Ends a run that went through all its stages. */
export async function end(
  { bucket, clock }: { readonly bucket: Bucket; readonly clock: Clock },
  run: RunRef,
): Promise<Manifest> {
  const at = clock.now().toISOString();
  const manifest = await saveManifest(bucket, run, at);
  await noteFinished(bucket, run, at);
  await releaseLock(bucket, run);
  return manifest;
}

/** A run that broke off: the manifest stays unfinished, ops are told at once, the lock is given back. */
export async function broken(
  { bucket, announcer }: { readonly bucket: Bucket; readonly announcer: Announcer },
  run: RunRef,
  problem: ReportedProblem,
): Promise<void> {
  await saveManifest(bucket, run, null);
  await releaseLock(bucket, run);
  await announcer.announce({
    kind: 'run-broken',
    subject: `Vigie: the run of ${run.asOf} broke off`,
    text: [
      `The run ${run.run} broke off: ${problem.message}`,
      problem.hint ?? '',
      'What it had done is kept. Re-drive the execution (it resumes where it failed), or start the day again: nothing is done or told twice.',
      'Runbook: docs/operations/run-broken.md',
    ]
      .filter((line) => line !== '')
      .join('\n\n'),
    facts: { run: run.run, as_of: run.asOf, code: problem.code },
  });
}
