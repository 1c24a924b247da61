import type { Kpi } from '../lake/catalogue/kpi.ts';
import {
  type CheckReport,
  checkReportKey,
  type Finding,
  type Quality,
  qualityOf,
} from '../lake/snapshot/finding.ts';
import { newestOf, openMonth } from '../lake/snapshot/month.ts';
import { isDamage, readState } from '../lake/state/file.ts';
import type { Bucket } from '../platform/bucket.ts';

/**
 * How far each day's figures can be trusted. The run's findings speak for its latest as-of date; earlier days keep
 * what their own checks found, and count as ok where none ran (a back-fill of days before Vigie).
 */
export async function dayQualities(
  bucket: Bucket,
  kpi: Kpi,
  asOfs: readonly string[],
  findings: readonly Finding[],
): Promise<Map<string, Quality>> {
  const latest = asOfs.at(-1);
  const checked = new Set<string>();
  if (asOfs.length > 1) for await (const { key } of bucket.list('checks/')) checked.add(key);
  const qualities = new Map<string, Quality>();
  for (const asOf of asOfs) {
    const quality =
      asOf === latest
        ? qualityOf(kpi.dependsOn, findings)
        : checked.has(checkReportKey(asOf))
          ? await storedQuality(bucket, kpi, asOf)
          : 'ok';
    qualities.set(asOf, quality);
  }
  return qualities;
}

/** As the day's own checks found; where what they found is damaged, as the day was recorded. */
async function storedQuality(bucket: Bucket, kpi: Kpi, asOf: string): Promise<Quality> {
  try {
    const report = await readState<CheckReport>(bucket, checkReportKey(asOf));
    return qualityOf(kpi.dependsOn, report?.findings ?? []);
  } catch (error) {
    if (!isDamage(error)) throw error;
    const { recordings } = await openMonth(bucket, kpi.id, asOf.slice(0, 7));
    return newestOf(recordings).find((recording) => recording.asOf === asOf)?.quality ?? 'incomplete';
  }
}
