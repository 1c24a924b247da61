import pLimit from 'p-limit';
import type { Kpi } from '../lake/catalogue/kpi.ts';
import {
  type CheckReport,
  checkReportKey,
  checksOfMonth,
  type Finding,
  type Quality,
  qualityOf,
} from '../lake/snapshot/finding.ts';
import { newestOf, openMonth, type SnapshotMonth } from '../lake/snapshot/month.ts';
import { isDamage, readState } from '../lake/state/file.ts';
import type { Bucket } from '../platform/bucket.ts';

/** An error that a day's checks found, as far as the quality of figures hangs on it. */
type CheckedError = Pick<Finding, 'check' | 'severity' | 'table'>;

/** What the checks of some days found, by day: `none` where nothing is kept of them. */
export type EarlierChecks = Readonly<Record<string, readonly CheckedError[] | 'none' | 'damaged'>>;

/** What the checks of these days found; days without checks are told by one list a month. */
export async function earlierChecks(bucket: Bucket, days: readonly string[]): Promise<EarlierChecks> {
  const kept = new Set<string>();
  for (const month of new Set(days.map((day) => day.slice(0, 7))))
    for await (const { key } of bucket.list(checksOfMonth(month))) kept.add(key);
  const limit = pLimit(8);
  const checks = days.map((day) =>
    limit(async () => [day, kept.has(checkReportKey(day)) ? await errorsOf(bucket, day) : 'none'] as const),
  );
  return Object.fromEntries(await Promise.all(checks));
}

async function errorsOf(bucket: Bucket, day: string): Promise<EarlierChecks[string]> {
  try {
    const report = await readState<CheckReport>(bucket, checkReportKey(day));
    const errors = (report?.findings ?? []).filter(({ severity }) => severity === 'error');
    return errors.map(({ check, severity, table }) => ({ check, severity, table }));
  } catch (error) {
    if (!isDamage(error)) throw error;
    return 'damaged';
  }
}

/**
 * How far each day's figures can be trusted. The run's findings speak for its latest as-of date; earlier days keep
 * what their own checks found. Where that is damaged or not kept any more they keep what they were recorded with, and
 * count as ok where they never were (a back-fill of days before Vigie). `known`: days whose checks were read already.
 */
export async function dayQualities(
  bucket: Bucket,
  kpi: Kpi,
  asOfs: readonly string[],
  findings: readonly Finding[],
  known: EarlierChecks = {},
): Promise<Map<string, Quality>> {
  const latest = asOfs.at(-1);
  const unknown = asOfs.filter((asOf) => asOf !== latest && known[asOf] === undefined);
  const checks = { ...known, ...(await earlierChecks(bucket, unknown)) };
  const recorded = recordedQualities(bucket, kpi);
  const qualities = new Map<string, Quality>();
  for (const asOf of asOfs) {
    const found = asOf === latest ? findings : (checks[asOf] ?? 'none');
    const quality =
      found === 'none' || found === 'damaged'
        ? ((await recorded(asOf)) ?? (found === 'none' ? 'ok' : 'incomplete'))
        : qualityOf(kpi.dependsOn, found);
    qualities.set(asOf, quality);
  }
  return qualities;
}

type Recorded = (asOf: string) => Promise<Quality | undefined>;

/** As days were recorded last; each month is opened once. */
function recordedQualities(bucket: Bucket, kpi: Kpi): Recorded {
  const months = new Map<string, Promise<SnapshotMonth>>();
  return async (asOf) => {
    const month = asOf.slice(0, 7);
    const opened = months.get(month) ?? openMonth(bucket, kpi.id, month);
    months.set(month, opened);
    return newestOf((await opened).recordings).find((recording) => recording.asOf === asOf)?.quality;
  };
}
