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
 * The first day that every table of happenings a KPI reads knows of; null where that is not known. Figures of windows
 * that begin earlier are figures of half the data.
 */
export async function firstDayOf(
  bucket: Bucket,
  { sources }: Company,
  kpi: Pick<Kpi, 'reads'>,
  { all }: Tables,
): Promise<string | null> {
  const daily = all.filter(({ name, daily }) => daily && Object.hasOwn(kpi.reads, name));
  const days = await Promise.all(
    daily.map(async ({ name: table }) => {
      const states = await Promise.all(
        sources.map((source) => readState<LoadedState>(bucket, loadedStateKey(source.name, table))),
      );
      return states
        .map((state) => state?.firstDate ?? null)
        .filter((day) => day !== null)
        .sort()[0];
    }),
  );
  return (
    days
      .filter((day) => day !== undefined)
      .sort()
      .at(-1) ?? null
  );
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
