import type { Kpi } from '../lake/catalogue/kpi.ts';
import { addDays } from '../lake/company/calendar.ts';
import type { SnapshotRow } from '../lake/snapshot/snapshot.ts';
import { readFigures } from '../lake/snapshot/store.ts';
import type { Bucket } from '../platform/bucket.ts';
import { TREND_DAYS } from './content/mail-data.ts';

/** The day with all its comparisons; of the days before only the figures themselves, for the trends. */
export async function readTotals(bucket: Bucket, kpi: Kpi, asOf: string): Promise<SnapshotRow[]> {
  const query = { kpis: [kpi.id], dimension: null };
  const [before, day] = await Promise.all([
    readFigures(bucket, {
      ...query,
      from: addDays(asOf, 1 - TREND_DAYS),
      to: addDays(asOf, -1),
      comparisons: ['current'],
    }),
    readFigures(bucket, { ...query, from: asOf, to: asOf }),
  ]);
  return [...before, ...day];
}
