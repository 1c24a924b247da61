import { noteFinished } from '../lake/run/finished.ts';
import { releaseLock } from '../lake/run/lock.ts';
import type { Manifest } from '../lake/run/manifest.ts';
import { saveManifest } from '../lake/run/record.ts';
import type { RunRef } from '../lake/run/run.ts';
import type { Bucket } from '../platform/bucket.ts';
import type { Clock } from '../platform/clock.ts';

/** Ends a run that went through all its stages. */
export async function end(
  { bucket, clock }: { readonly bucket: Bucket; readonly clock: Clock },
  run: RunRef,
): Promise<Manifest> {
  const at = clock.now().toISOString();
  const manifest = await saveManifest(bucket, run, at);
  await noteFinished(bucket, run, at);
  await releaseLock(bucket, run.execution ?? run.run);
  return manifest;
}
