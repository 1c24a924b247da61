import pLimit from 'p-limit';
import type { Bucket } from '../../platform/bucket.ts';
import { EVENTS } from '../alerts/events.ts';
import { ALERT_MONTHS } from '../alerts/months.ts';
import { checksOfMonth } from '../snapshot/finding.ts';
import { monthPrefix, openSnapshot } from '../snapshot/month.ts';
import { recordedKpis } from '../snapshot/store.ts';
import { isDamage, parseState } from '../state/file.ts';
import { addDays } from '../values/day.ts';
import { FINISHED_KEY } from './finished.ts';
import { asOfsToMeasure, type RunRequest } from './run.ts';

/** A file of the state that was found damaged, and what became of it. */
export interface Damage {
  readonly key: string;
  /** What is wrong with it. */
  readonly message: string;
  /** What was done about it, or what a person has to do. */
  readonly remedy: string;
  /** A lake table that does not hold all it should: nothing may be computed from it. */
  readonly lost?: string;
}

/** Days back for which what was judged is read again: by the report’s trends. */
const JUDGED_DAYS = 400;
const AT_ONCE = 16;

/** Looks at every file of the state that a run of these days goes by; changes nothing. */
export async function lookAtState(
  bucket: Bucket,
  days: RunRequest,
): Promise<{ readonly files: number; readonly damages: readonly Damage[] }> {
  const limit = pLimit(AT_ONCE);
  const keys = await keysToLookAt(bucket, days);
  const found = await Promise.all(keys.map((key) => limit(() => damageOf(bucket, key))));
  return { files: keys.length, damages: found.filter((damage) => damage !== undefined) };
}

async function keysToLookAt(bucket: Bucket, run: RunRequest): Promise<string[]> {
  const days = asOfsToMeasure(run);
  const firstDay = days[0] ?? run.asOf;
  const months = new Set(days.map((day) => day.slice(0, 7)));
  const keys: string[] = [];
  const gather = async (prefix: string, wanted: (key: string) => boolean): Promise<void> => {
    for await (const { key } of bucket.list(prefix)) if (wanted(key)) keys.push(key);
  };
  const isJson = (key: string): boolean => key.endsWith('.json');
  for (const prefix of [
    'state/loaded/',
    'state/copies/',
    'state/pull/',
    EVENTS,
    FINISHED_KEY,
    'labels/',
    'alerts/commands/',
  ])
    await gather(prefix, isJson);
  await gather('alerts/state/', (key) => isJson(key) && dayOf(key) >= addDays(run.asOf, -JUDGED_DAYS));
  const firstMonth = addDays(run.asOf, -JUDGED_DAYS).slice(0, 7);
  await gather(ALERT_MONTHS, (key) => isJson(key) && key >= `${ALERT_MONTHS}${firstMonth}`);
  for (const month of months)
    await gather(checksOfMonth(month), (key) => isJson(key) && dayOf(key) >= firstDay);
  const kpis = await recordedKpis(bucket);
  const limit = pLimit(AT_ONCE);
  const ofMonth = (kpi: string, month: string) => limit(() => gather(monthPrefix(kpi, month), () => true));
  await Promise.all(kpis.flatMap((kpi) => [...months].map((month) => ofMonth(kpi, month))));
  return keys;
}

/** The day of a key that ends with one. */
export const dayOf = (key: string): string => /(\d{4}-\d{2}-\d{2})\.json$/.exec(key)?.[1] ?? '';

async function damageOf(bucket: Bucket, key: string): Promise<Damage | undefined> {
  try {
    if (key.startsWith('snapshot/')) await openSnapshot(bucket, key);
    else parseState(key, await bucket.read(key));
    return undefined;
  } catch (error) {
    if (!isDamage(error)) throw error;
    return { key, message: error.message, remedy: error.hint ?? '' };
  }
}
