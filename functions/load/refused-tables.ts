import { problemOf, type ReportedProblem } from '../lake/landing/batch.ts';
import type { RunRef } from '../lake/run/run.ts';
import { readState } from '../lake/state/file.ts';
import { type Bucket, writeJson } from '../platform/bucket.ts';
import type { Log } from '../platform/log.ts';
import type { Refusals } from './ensure-tables.ts';

/** Beside the records of the stage: its items are done by other invocations than the one that looked at the tables. */
const keyOf = ({ run }: RunRef): string => `work/${run}/load/_refused.json`;

type Refused = Readonly<Record<string, ReportedProblem>>;

/** Notes for the batches of a run which tables take none of them. */
export async function noteRefused(
  { bucket, log }: { readonly bucket: Bucket; readonly log: Log },
  run: RunRef,
  refusals: Refusals,
): Promise<void> {
  const refused = [...refusals].map(([table, error]) => [table, problemOf(error)] as const);
  for (const [table, problem] of refused) log.error('table refused', { table, ...problem });
  await writeJson(bucket, keyOf(run), Object.fromEntries(refused));
}

/** Why a table takes nothing today; undefined where it does. */
export async function refusalOf(
  bucket: Bucket,
  run: RunRef,
  table: string,
): Promise<ReportedProblem | undefined> {
  return (await readState<Refused>(bucket, keyOf(run)))?.[table];
}
