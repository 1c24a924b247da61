import { createRequire } from 'node:module';
import type DateHolidays from 'date-holidays';
import { suggestion } from '../values/nearest.ts';
import type { Mistake } from '../yaml/mistake.ts';

/** Years that are worked out: a back-fill looks back some, a plan ahead some more. */
const [FIRST_YEAR, LAST_YEAR] = [2000, 2060];

/** Where a company's public holidays come from: a country (ISO 3166-1 alpha-2), and a part of it that has its own. */
export interface HolidayPlace {
  readonly country?: string | undefined;
  readonly region?: string | undefined;
}

/**
 * The public holidays of a place, as YYYY-MM-DD ascending, none twice; those that move to a Monday on both days, as the
 * calendars of the library `date-holidays` have them. Empty without a country. Holidays of banks, schools or half days, and
 * those that are merely observed, close nobody.
 */
export function publicHolidays({ country, region }: HolidayPlace): string[] {
  if (country === undefined) return [];
  const calendar = calendarOf(country, region);
  const days = Array.from({ length: LAST_YEAR - FIRST_YEAR + 1 }, (_, at) =>
    calendar
      .getHolidays(FIRST_YEAR + at)
      .filter(({ type }) => type === 'public')
      .map(({ date }) => date.slice(0, 10)),
  );
  return [...new Set(days.flat())].sort();
}

/** What is wrong with the place of `company.closed` in vigie.yaml. */
export function holidayMistakes({ country, region }: HolidayPlace): Mistake[] {
  const at = (key: string): Mistake['path'] => ['company', 'closed', key];
  if (country === undefined)
    return region === undefined
      ? []
      : [{ path: at('region'), message: 'a region needs its country: write `country: DE` beside it' }];
  const countries = Object.keys(calendarOf().getCountries());
  if (!countries.includes(country))
    return [
      {
        path: at('country'),
        message: `no holidays are known of \`${country}\`; it is a code of two letters, such as FR. ${suggestion(country, countries)}`,
      },
    ];
  const regions = Object.keys(calendarOf().getStates(country) ?? {});
  if (region === undefined || regions.includes(region)) return [];
  const allowed = regions.length === 0 ? `${country} has none` : `${country} has ${regions.join(', ')}`;
  return [{ path: at('region'), message: `no region \`${region}\`: ${allowed}` }];
}

// Loaded where a company names a country alone: it holds the calendars of all of them.
const load = createRequire(import.meta.url);

function calendarOf(country?: string, region?: string): DateHolidays {
  const Holidays = load('date-holidays') as typeof DateHolidays;
  if (country === undefined) return new Holidays();
  return region === undefined ? new Holidays(country) : new Holidays(country, region);
}
