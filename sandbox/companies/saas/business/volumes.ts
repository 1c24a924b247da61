import type { Day } from '../../../kit/calendar.ts';
import type { Origin } from './channels.ts';

/** Monday to Sunday; 1 on an average weekday. Forms are filled in at weekends, too. */
const WEEK = [1.12, 1.08, 1.02, 0.98, 0.8, 0.16, 0.2];
/** January to December. */
const SEASON = [1.08, 1.05, 1.06, 1, 0.96, 1, 0.86, 0.62, 1.12, 1.1, 1.08, 0.8];
const HOLIDAY = 0.25;
/** Between Christmas and New Year nobody looks for software. */
const YEAR_END = 0.3;
/** A year brings so much more leads than the one before. */
const GROWTH = 0.12;

/** How busy a day is for marketing, 1 on an average weekday of the first year. */
export function busyness(day: Day): number {
  const holiday = !day.trading && day.weekday < 5;
  const week = holiday ? HOLIDAY : (WEEK[day.weekday] ?? 0);
  const quiet = day.date.slice(5) >= '12-24' || day.date.slice(5) <= '01-02';
  const growth = 1 + (GROWTH * day.index) / 365;
  return week * (SEASON[day.monthNumber - 1] ?? 1) * (quiet ? YEAR_END : 1) * growth;
}

/** Leads that an origin brings on a day, at scale 1. */
export const leadsExpected = (origin: Origin, day: Day): number =>
  origin.leads * busyness(day) * RHYTHMS[origin.rhythm](day);

const RHYTHMS: Readonly<Record<Origin['rhythm'], (day: Day) => number>> = {
  steady: () => 1,
  // On the second and fourth Thursday of a month, and the day after.
  webinars: (day) => {
    const date = Number(day.date.slice(8));
    const second = (date > 7 && date <= 14) || (date > 21 && date <= 28);
    return day.weekday === 3 && second ? 7.5 : day.weekday === 4 && second ? 2.5 : 0.1;
  },
  // Two fairs a year, in the third week of March and the first of October.
  fairs: ({ monthNumber, date, weekday }) => {
    const at = Number(date.slice(8));
    const fair = (monthNumber === 3 && at > 14 && at <= 21) || (monthNumber === 10 && at <= 7);
    return fair && weekday > 0 && weekday < 4 ? 26 : 0.3;
  },
};
