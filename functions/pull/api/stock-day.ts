import { addDays } from '../../lake/values/day.ts';
import { businessDate } from '../../lake/values/zone.ts';
import type { MapContext } from './source.ts';

/**
 * The day that a stock of the moment counts for: the as-of day, when it was asked for on that day or on the day after,
 * and none else. What a back-fill reads today is not the stock of last month. A client puts the vendor's clock (header
 * `date`) into the page's facts.
 */
export function stockDay({ slice, page, timeZone }: MapContext): string | null {
  const moment = new Date(page.facts['date'] ?? '');
  if (Number.isNaN(moment.getTime())) return slice.asOf;
  const today = businessDate(moment, timeZone);
  return today === slice.asOf || today === addDays(slice.asOf, 1) ? slice.asOf : null;
}
