import { type Bucket, writeJson } from '../../platform/bucket.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import { ALERT_MONTHS } from '../alerts/months.ts';
import type { CheckReport } from '../snapshot/finding.ts';
import { readState, readStateIfSound } from '../state/file.ts';
import { addDays } from '../values/day.ts';
import { FINISHED_KEY, finishedByRuns } from './finished.ts';
import { loadedAnew } from './loaded.ts';
import { type Damage, dayOf, lookAtState } from './look-at-state.ts';
import type { RunRef } from './run.ts';

const damagesKey = ({ run }: Pick<RunRef, 'run'>): string => `work/${run}/damages.json`;

/** What a run found damaged when it began. */
export const readDamages = async (bucket: Bucket, run: Pick<RunRef, 'run'>): Promise<readonly Damage[]> =>
  (await readState<readonly Damage[]>(bucket, damagesKey(run))) ?? [];

interface Mender {
  readonly bucket: Bucket;
  readonly clock: Pick<Clock, 'now'>;
  readonly run: RunRef;
}

/**
 * Looks at every file of the state that a run goes by, before its first step. A damaged one is moved to `damaged/`, what
 * is derived is made anew at once or by the steps that follow, and all of it is kept for the checks, which tell of it.
 */
export async function mendState(
  platform: { readonly bucket: Bucket; readonly clock: Pick<Clock, 'now'>; readonly log: Log },
  run: RunRef,
): Promise<readonly Damage[]> {
  const { bucket, log } = platform;
  const damages: Damage[] = [];
  for (const damage of (await lookAtState(bucket, run)).damages) {
    const mended = { ...damage, remedy: await mend({ bucket, clock: platform.clock, run }, damage) };
    log.warn('state damaged', { ...mended });
    damages.push(mended);
  }
  if (damages.length > 0) await writeJson(bucket, damagesKey(run), damages);
  return damages;
}

/** Does what can be done about it; says what that was. */
async function mend(mender: Mender, damage: Damage): Promise<string> {
  const { key } = damage;
  const { bucket } = mender;
  if (key.startsWith('checks/')) return mendChecks(mender, damage);
  await putAside(bucket, key);
  const kept = `The damaged file is kept as damaged/${key}.`;
  if (key.startsWith('state/loaded/')) return `${await mendLoaded(mender, key)} ${kept}`;
  if (key === FINISHED_KEY) return `${await mendFinished(bucket)} ${kept}`;
  if (key.startsWith('snapshot/'))
    return `This run computes the figures of its month again; how they were known before is lost. ${kept}`;
  if (key.startsWith('alerts/state/')) return `This run judges that day again. ${kept}`;
  if (key.startsWith(ALERT_MONTHS)) return `This run judges these days again. ${kept}`;
  if (key.startsWith('labels/')) return `This run takes the names from the lake again. ${kept}`;
  return `${damage.remedy} ${kept}`;
}

async function putAside(bucket: Bucket, key: string): Promise<void> {
  await bucket.write(`damaged/${key}`, await bucket.read(key));
  await bucket.remove(key);
}

/** From the batches that are known to be in the lake; where there is none, the source is read from its beginning. */
async function mendLoaded({ bucket, clock }: Mender, key: string): Promise<string> {
  const [, source = '', table = ''] = /^state\/loaded\/([^/]+)\/([^/]+)\.json$/.exec(key) ?? [];
  const state = await loadedAnew(bucket, source, table, clock.now().toISOString());
  if (state === undefined)
    return `This run reads ${table} of ${source} from its beginning, which changes nothing that is right.`;
  await writeJson(bucket, key, state);
  return 'It was made anew from the landing zone and the records of the runs; what those lack is read again.';
}

async function mendFinished(bucket: Bucket): Promise<string> {
  const finished = await finishedByRuns(bucket);
  if (finished === undefined) return 'No run is known to have ended.';
  await writeJson(bucket, FINISHED_KEY, finished);
  return 'It was made anew from the records of the runs.';
}

/** The run that checked the day has kept what it found. Without it, that day’s figures keep the quality they were recorded with. */
async function mendChecks({ bucket, run }: Mender, { key, remedy }: Damage): Promise<string> {
  const day = dayOf(key);
  // Of the day itself, this run makes it.
  if (day === run.asOf) return 'This run checks that day again.';
  let newest: CheckReport | undefined;
  for await (const entry of bucket.list(`work/${day}.`)) {
    if (!entry.key.endsWith('/check/checks.json')) continue;
    const record = await readStateIfSound<{ report: CheckReport | null }>(bucket, entry.key);
    newest = record?.report ?? newest;
  }
  if (newest === undefined) return `Its figures keep the quality they were recorded with. ${remedy}`;
  await putAside(bucket, key);
  await writeJson(bucket, key, newest);
  return `It was made anew from the record of its run. The damaged file is kept as damaged/${key}.`;
}

/** Adds what a later step found. */
export async function noteDamages(
  bucket: Bucket,
  run: Pick<RunRef, 'run'>,
  damages: readonly Damage[],
): Promise<void> {
  if (damages.length > 0)
    await writeJson(bucket, damagesKey(run), [...(await readDamages(bucket, run)), ...damages]);
}

/** The days whose figures were lost with a file of the snapshot, beside those of the run: to be computed again. */
export function daysToMeasureAgain(damages: readonly Damage[], kpi: string, asOf: string): string[] {
  const months = damages.flatMap(
    ({ key }) => /^snapshot\/kpi=([^/]+)\/month=(\d{4}-\d{2})\//.exec(key)?.slice(1, 3).join(' ') ?? [],
  );
  const mine = [...new Set(months)].filter((each) => each.startsWith(`${kpi} `));
  return mine.flatMap((each) => daysOfMonth(each.slice(kpi.length + 1))).filter((day) => day <= asOf);
}

function daysOfMonth(month: string): string[] {
  const days: string[] = [];
  for (let day = `${month}-01`; day.startsWith(month); day = addDays(day, 1)) days.push(day);
  return days;
}

/** The days of which it is lost what was judged. */
export const daysToJudgeAgain = (damages: readonly Damage[]): string[] =>
  damages
    .flatMap(({ key }) => {
      if (key.startsWith('alerts/state/')) return [dayOf(key)];
      const month = key.startsWith(ALERT_MONTHS) ? /(\d{4}-\d{2})\.json$/.exec(key)?.[1] : undefined;
      return month === undefined ? [] : daysOfMonth(month);
    })
    .sort();
