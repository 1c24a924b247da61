import { addDays } from '../values/day.ts';
import { businessDate, zoneClock } from '../values/zone.ts';
import type { Company } from './company.ts';

/** What decides when somebody is told. */
interface HourReader {
  readonly hour?: number | undefined;
  readonly roles: readonly string[];
}

/** What of a company decides it: its time zone, and the hours of roles. */
type Hours = Pick<Company, 'company' | 'delivery'>;

/** The hour that a reader chose, else that of the first of her roles that has one; undefined where she is told with the run. */
export const hourOf = ({ delivery }: Pick<Company, 'delivery'>, reader: HourReader): number | undefined =>
  reader.hour ??
  reader.roles
    .map((role) => (Object.hasOwn(delivery.hours, role) ? delivery.hours[role] : undefined))
    .find((chosen) => chosen !== undefined);

/**
 * The instant from which on a reader is told of a day: her hour on the day after it; undefined where she has none. An hour
 * that summer time skips is the next one there is, of an hour that comes twice the first is meant.
 */
export function dueAt(company: Hours, asOf: string, reader: HourReader): Date | undefined {
  const chosen = hourOf(company, reader);
  return chosen === undefined ? undefined : instantOn(company, asOf, `${String(chosen).padStart(2, '0')}:00`);
}

/** The instant of a time of day (`HH:MM`) on the day after an as-of date, on the company's clock. */
export const instantOn = ({ company }: Pick<Company, 'company'>, asOf: string, time: string): Date =>
  new Date(zoneClock(company.time_zone).instantOf(Date.parse(`${addDays(asOf, 1)}T${time}:00Z`)));

/** Whether the day on which an instant lies has gone by: what was to be told on it is out of date. */
export const isOver = ({ company }: Pick<Company, 'company'>, due: Date, now: Date): boolean =>
  businessDate(now, company.time_zone) > businessDate(due, company.time_zone);
