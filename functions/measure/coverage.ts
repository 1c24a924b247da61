import type { Kpi } from '../lake/catalogue/kpi.ts';
import type { Period } from '../lake/catalogue/periods.ts';
import type { CalendarOptions } from '../lake/company/calendar.ts';
import type { Company } from '../lake/company/company.ts';
import { type LoadedState, loadedStateKey } from '../lake/landing/batch.ts';
import { readState } from '../lake/state/file.ts';
import type { Tables } from '../lake/tables/tables.ts';
import { addDays } from '../lake/values/day.ts';
import type { Bucket } from '../platform/bucket.ts';
import { tradingDaysBetween } from './trading-days.ts';

/**
 * The first day whose figures are whole: on which every table of happenings that a KPI needs was known, and what had to
 * ripen was ripe, and what comes late had come; null where that is not known. Figures of windows that begin earlier are figures of half the data.
 */
export async function firstDayOf(
  bucket: Bucket,
  { sources }: Company,
  { reads, ripens = 0, late = 0 }: Pick<Kpi, 'reads' | 'ripens' | 'late'>,
  { all }: Tables,
): Promise<string | null> {
  const read = all.filter(({ name, continuous }) => continuous && Object.hasOwn(reads, name));
  const needed = read.filter(({ name }) => reads[name]?.optional !== true);
  const days = await Promise.all(
    (needed.length > 0 ? needed : read).map(({ name }) => firstDayIn(bucket, sources, name)),
  );
  const first = days
    .filter((day) => day !== null)
    .sort()
    .at(-1);
  return first === undefined ? null : addDays(first, ripens + late);
}

/** The first day of a table that any source has brought. */
async function firstDayIn(
  bucket: Bucket,
  sources: Company['sources'],
  table: string,
): Promise<string | null> {
  const states = await Promise.all(
    sources.map((source) => readState<LoadedState>(bucket, loadedStateKey(source.name, table))),
  );
  const days = states.map((state) => state?.firstDate ?? null).filter((day) => day !== null);
  return days.sort()[0] ?? null;
}

/**
 * The periods that can be compared: a company that has a year of data has no year before. The current window stays,
 * however young the company is, unless the KPI sets it against its prior window (retention). Days without trade at
 * the beginning are no gap.
 */
export function comparable(
  periods: readonly Period[],
  looksAtPrior: boolean,
  dataFrom: string | null,
  closed: CalendarOptions['closed'],
): readonly Period[] {
  if (dataFrom === null) return periods;
  const covered = (from: string): boolean =>
    from >= dataFrom || tradingDaysBetween(closed).list(from, addDays(dataFrom, -1)).length === 0;
  return periods.filter(
    (period) =>
      (period.comparison === 'current' || covered(period.startsOn)) &&
      (!looksAtPrior || covered(period.priorStartsOn)),
  );
}
