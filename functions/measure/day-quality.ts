import { type CheckReport, checkReportKey, type Finding, type Quality, qualityOf } from '../lake/finding.ts';
import type { Kpi } from '../lake/kpis/kpi.ts';
import { type Bucket, readJson } from '../platform/bucket.ts';

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
    const key = checkReportKey(asOf);
    const stored = asOf !== latest && checked.has(key) ? await readJson<CheckReport>(bucket, key) : undefined;
    qualities.set(asOf, qualityOf(kpi.dependsOn, asOf === latest ? findings : (stored?.findings ?? [])));
  }
  return qualities;
}
