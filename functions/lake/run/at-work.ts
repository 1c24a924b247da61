import type { Bucket } from '../../platform/bucket.ts';
import { readStateIfSound } from '../state/file.ts';
import { addDays } from '../values/day.ts';
import { readLock } from './lock.ts';
import type { Manifest } from './manifest.ts';
import { asOfsToMeasure } from './run.ts';

/** A run that has no lock (on one machine) and does not end within this time is one that died. */
const LONGEST_MS = 3_600_000;

/**
 * The run that may just be measuring a day again; undefined where there is none. On AWS the lock says so; on one machine, where
 * there is none, the record of a run that began within the last hour and has not ended.
 */
export async function runThatMeasures(bucket: Bucket, asOf: string, now: Date): Promise<string | undefined> {
  const held = await readLock(bucket);
  if (held && asOfsToMeasure(held).includes(asOf)) return held.run;
  for (const day of [asOf, addDays(asOf, 1)]) {
    let newest: string | undefined;
    for await (const { key } of bucket.list(`runs/${day}/`)) newest = key;
    const manifest = newest === undefined ? undefined : await readStateIfSound<Manifest>(bucket, newest);
    if (manifest?.finishedAt !== null || manifest === undefined) continue;
    if (Math.abs(now.getTime() - Date.parse(manifest.startedAt)) < LONGEST_MS) return manifest.run;
  }
  return undefined;
}
