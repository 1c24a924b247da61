import { z } from 'zod';
import type { Company } from '../lake/company/company.ts';
import { problemOf } from '../lake/landing/batch.ts';
import { firstDayMissed } from '../lake/run/finished.ts';
import { type Deployed, type Known, keepLive, liveCompany } from '../lake/run/live-company.ts';
import { takeLock } from '../lake/run/lock.ts';
import { mendState } from '../lake/run/mend-state.ts';
import { saveManifest } from '../lake/run/record.ts';
import { type RunRef, type RunRequest, runRef } from '../lake/run/run.ts';
import { addDays } from '../lake/values/day.ts';
import { businessDate } from '../lake/values/zone.ts';
import { type Bucket, writeJson } from '../platform/bucket.ts';
import { VigieError } from '../platform/errors.ts';
import type { Executions } from '../platform/executions.ts';
import type { Log } from '../platform/log.ts';
import { DEPLOYED_FOLDER, type OwnFiles } from './own-files.ts';

/** What an execution may be started with: nothing (yesterday, and what was missed), a day, or days. */
const requestSchema = z.union([
  z.strictObject({ date: z.iso.date() }),
  z
    .strictObject({ from: z.iso.date(), to: z.iso.date() })
    .refine(({ from, to }) => from <= to, 'from is after to'),
  z.strictObject({}),
]);

export interface BeginInput {
  readonly deployed: Deployed;
  /** What rules may name: what was put into the bucket since is held to it. */
  readonly catalogue: Known;
  /** The company's own folder, as it was deployed. */
  readonly own: OwnFiles;
  readonly execution: string;
  /** ISO UTC instant at which the execution started: the run is named after it, so that beginning twice is one run. */
  readonly startedAt: string;
  /** As whoever started the execution gave it. */
  readonly input: unknown;
}

export interface Begun {
  readonly status: 'go' | 'busy';
  readonly run: RunRef;
  /** The run that is at work, when `busy`. */
  readonly heldBy?: string;
}

/** Where the deployed company is kept, for `vigie --stack`. */
export const DEPLOYED_COMPANY = 'config/company.json';

/** Begins a run: which days, whether it may. Throws `RUN_INPUT` for an input that names no days. */
export async function begin(
  platform: { readonly bucket: Bucket; readonly executions: Executions; readonly log: Log },
  { deployed, catalogue, own, execution, startedAt, input }: BeginInput,
): Promise<Begun> {
  const { bucket, log } = platform;
  const request = await daysOf(bucket, deployed.company, new Date(startedAt), input);
  const run = runRef(request, startedAt, execution);
  const held = await takeLock(platform, run);
  if (held !== null) return { status: 'busy', run, heldBy: held.run };
  const live = await liveCompany(bucket, deployed, catalogue);
  if (live.refused !== undefined) log.error('pushed configuration refused', { why: live.refused });
  await keepLive(bucket, run, live);
  await writeJson(bucket, DEPLOYED_COMPANY, live.company);
  await writeJson(bucket, DEPLOYED_FOLDER, own);
  await saveManifest(bucket, run, null);
  await mend(bucket, run, log);
  return { status: 'go', run };
}

/** Damaged state ends no run: what cannot be looked at now is met later, where it is contained. */
async function mend(bucket: Bucket, run: RunRef, log: Log): Promise<void> {
  try {
    await mendState({ bucket, clock: { now: () => new Date(run.startedAt) }, log }, run);
  } catch (error) {
    log.error('state not looked at', { ...problemOf(error) });
  }
}

async function daysOf(bucket: Bucket, company: Company, at: Date, input: unknown): Promise<RunRequest> {
  const parsed = requestSchema.safeParse(input ?? {});
  if (!parsed.success) throw badInput(input);
  const today = businessDate(at, company.company.time_zone);
  const asked = 'date' in parsed.data ? parsed.data.date : 'to' in parsed.data ? parsed.data.to : null;
  if (asked !== null && asked > today) throw inFuture(asked, today, input);
  if ('date' in parsed.data) return { asOf: parsed.data.date, from: parsed.data.date };
  if ('from' in parsed.data) return { asOf: parsed.data.to, from: parsed.data.from };
  const asOf = addDays(today, -1);
  return { asOf, from: await firstDayMissed(bucket, asOf) };
}

const badInput = (input: unknown): VigieError =>
  new VigieError(`the execution was started with ${JSON.stringify(input)}, which names no days`, {
    code: 'RUN_INPUT',
    where: { sample: JSON.stringify(input) ?? '' },
    hint: 'Start it with {} for yesterday, {"date": "2026-11-21"} for a day, {"from": "2026-01-01", "to": "2026-11-21"} for a back-fill.',
  });

const inFuture = (day: string, today: string, input: unknown): VigieError =>
  new VigieError(`the execution was started for ${day}, which lies in the future: today is ${today}`, {
    code: 'RUN_INPUT',
    where: { sample: JSON.stringify(input) ?? '' },
    hint: 'Start it for a day that is over; with {} for yesterday.',
  });
