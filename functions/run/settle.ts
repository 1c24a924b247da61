import { compactAlerts } from '../lake/alerts/months.ts';
import { problemOf } from '../lake/landing/batch.ts';
import { readFinished } from '../lake/run/finished.ts';
import { readLock } from '../lake/run/lock.ts';
import { measuredMonths, settledMonths } from '../lake/run/run.ts';
import { compactMonth } from '../lake/snapshot/compact.ts';
import { recordedKpis } from '../lake/snapshot/store.ts';
import type { MaintenanceAt, MaintenanceReport } from '../load/maintain-tables.ts';
import type { Bucket } from '../platform/bucket.ts';
import type { Log } from '../platform/log.ts';

/** What is asked for beside the tables; no table is called so. */
export const MONTHS = 'snapshot/months';
/** KPIs of a call: each reads and writes for a second or two, and a call may last fifteen minutes. */
const KPIS_A_CALL = 20;

/** Files that a month which runs still measure may have: a daily run adds two. Each run looks at all of them. */
const FEW = 16;

/**
 * Puts what is recorded of the months that no run measures any more into few files, and of those that runs do into fewer,
 * as the end of each run does on one machine. On AWS once a week, `at.part` KPIs being done. While a run is at work nothing is touched: it may be a back-fill
 * of these very months, and the next week comes. A month that cannot be read holds up no other.
 */
export async function settleMonths(
  { bucket, log }: { readonly bucket: Bucket; readonly log: Log },
  at: MaintenanceAt = { part: 0, rounds: 0 },
  now: () => number = Date.now,
): Promise<MaintenanceReport> {
  const begun = now();
  const over = (status: 'ok' | 'unfinished', part: number): MaintenanceReport => ({
    ...{ table: MONTHS, status, at: { part, rounds: 0 } },
    seconds: (now() - begun) / 1000,
  });
  const finished = await readFinished(bucket);
  if (finished === undefined) return over('ok', at.part);
  const kpis = await recordedKpis(bucket);
  const mine = kpis.slice(at.part, at.part + KPIS_A_CALL);
  let part = at.part;
  if (part === 0) await settleAlerts({ bucket, log }, finished.asOf);
  for (const kpi of mine) {
    if ((await readLock(bucket)) !== undefined) {
      log.info('months left as they are: a run is at work', { kpi });
      return over('ok', part);
    }
    await settleFigures({ bucket, log }, kpi, finished.asOf);
    part += 1;
  }
  return over(part < kpis.length ? 'unfinished' : 'ok', part);
}

interface Needed {
  readonly bucket: Bucket;
  readonly log: Log;
}

/** What was judged of the months that a run for this day judges no more, a file each. */
export async function settleAlerts({ bucket, log }: Needed, asOf: string): Promise<void> {
  for (const month of settledMonths(asOf))
    await compactAlerts(bucket, month).catch((error: unknown) =>
      log.warn('alerts of a month not put together', { month, ...problemOf(error) }),
    );
}

/** What is recorded of a KPI in the months up to this day, two files each; in those that are measured still, a few more. */
export async function settleFigures({ bucket, log }: Needed, kpi: string, asOf: string): Promise<void> {
  const compact = (few: number) => async (month: string) => {
    await compactMonth(bucket, kpi, month, few).catch((error: unknown) =>
      log.warn('figures of a month not put together', { kpi, month, ...problemOf(error) }),
    );
  };
  for (const month of settledMonths(asOf)) await compact(0)(month);
  for (const month of measuredMonths(asOf)) await compact(FEW)(month);
}
