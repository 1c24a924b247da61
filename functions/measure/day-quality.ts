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

/**
 * How far each day's figures can be trusted. The run's findings speak for its latest as-of date; earlier days keep
 * what their own checks found. Where that is damaged or not kept any more they keep what they were recorded with, and
 * count as ok where they never were (a back-fill of days before Vigie).
 */
export async function dayQualities(
  bucket: Bucket,
  kpi: Kpi,
  asOfs: readonly string[],
  findings: readonly Finding[],
): Promise<Map<string, Quality>> {
  const latest = asOfs.at(-1);
  const checked = new Set<string>();
  const months = asOfs.length > 1 ? new Set(asOfs.map((asOf) => asOf.slice(0, 7))) : [];
  for (const month of months) for await (const { key } of bucket.list(checksOfMonth(month))) checked.add(key);
  const recorded = recordedQualities(bucket, kpi);
  const qualities = new Map<string, Quality>();
  for (const asOf of asOfs) {
    const quality =
      asOf === latest
        ? qualityOf(kpi.dependsOn, findings)
        : checked.has(checkReportKey(asOf))
          ? await storedQuality(bucket, kpi, asOf, recorded)
          : ((await recorded(asOf)) ?? 'ok');
    qualities.set(asOf, quality);
  }
  return qualities;
}

type Recorded = (asOf: string) => Promise<Quality | undefined>;

/** As the day's own checks found. */
async function storedQuality(bucket: Bucket, kpi: Kpi, asOf: string, recorded: Recorded): Promise<Quality> {
  try {
    const report = await readState<CheckReport>(bucket, checkReportKey(asOf));
    return qualityOf(kpi.dependsOn, report?.findings ?? []);
  } catch (error) {
    if (!isDamage(error)) throw error;
    return (await recorded(asOf)) ?? 'incomplete';
  }
}

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
