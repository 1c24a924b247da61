import type { Bucket } from '../../platform/bucket.ts';
import type { ComparisonName, Kpi } from '../catalogue/kpi.ts';
import type { CalendarOptions } from '../company/calendar.ts';
import type { SnapshotRow } from '../snapshot/snapshot.ts';
import { readFigures } from '../snapshot/store.ts';
import { type Compared, earlierAsOfs, earlierWindows, type ReadWindow } from './earlier.ts';
import { type ChangeExplanation, explainChange } from './explain-change.ts';

/**
 * Explains a KPI's change from the snapshot. What is usual is read from the recordings of at most a dozen earlier days,
 * however long the history is: a young company has few of them, and then less is said. With `knownAt` (ISO UTC) as it was
 * known then. Of monthly estimates no window tells what is usual, and nobody is named.
 */
export async function readChange(
  bucket: Bucket,
  calendar: CalendarOptions,
  kpi: Pick<Kpi, 'id' | 'ratio' | 'unit' | 'estimate'>,
  compared: Compared,
  knownAt?: string,
): Promise<ChangeExplanation> {
  const { asOf, period, against } = compared;
  const asOfs = earlierAsOfs(calendar, asOf, period);
  const rows = await readFigures(bucket, {
    kpis: [kpi.id],
    from: asOfs.at(-1) ?? asOf,
    to: asOf,
    asOfs,
    periods: [period],
    comparisons: ['current', 'previous', 'last_year'],
    ...(knownAt === undefined ? {} : { knownAt }),
  });
  const windows = new Map<string, SnapshotRow[]>();
  for (const row of rows) {
    const key = `${row.asOf} ${row.comparison}`;
    const window = windows.get(key);
    if (window) window.push(row);
    else windows.set(key, [row]);
  }
  const recorded = (day: string, comparison: ComparisonName): SnapshotRow[] =>
    windows.get(`${day} ${comparison}`) ?? [];
  // A window that was recorded while a source was late is no measure of what is usual.
  const whole: ReadWindow = (day, comparison) => {
    const window = recorded(day, comparison);
    return comparison === 'current' && window[0]?.quality === 'stale' ? [] : window;
  };
  const earlier = kpi.estimate ? undefined : earlierWindows(calendar, compared, whole);
  return explainChange(kpi, recorded(asOf, 'current'), recorded(asOf, against), earlier);
}
