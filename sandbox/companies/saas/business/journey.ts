import type { Day, Moment } from '../../../kit/calendar.ts';
import type { Random } from '../../../kit/random.ts';

const HOUR = 3600;
/** What people do in the CRM happens in office hours. */
const OFFICE = [8.5 * HOUR, 18 * HOUR] as const;

/** The first day of trade at or after an index; the last day of the calendar where there is none. */
export function workday(days: readonly Day[], index: number): number {
  for (let at = Math.max(0, index); at < days.length; at += 1) if (days[at]?.trading) return at;
  return days.length - 1;
}

/** A moment in office hours so many days later, after the earlier one also where the day is the same. */
export function later(days: readonly Day[], from: Moment, count: number, random: Random): Moment {
  const day = workday(days, from.day + count);
  const [opens, closes] = OFFICE;
  if (day > from.day) return { day, second: random.between(opens, closes) };
  const second = from.second + random.between(600, HOUR);
  if (second < closes) return { day, second: Math.max(opens, second) };
  return { day: workday(days, day + 1), second: random.between(opens, closes) };
}

/** A stage that was entered. */
export interface Entry<Stage extends string> {
  readonly stage: Stage;
  readonly at: Moment;
  /** Why, where it was lost. */
  readonly reason: string | null;
}

/** What a record is in on a day: the newest entry up to it. */
export const entryOn = <Stage extends string>(
  entries: readonly Entry<Stage>[],
  day: number,
): Entry<Stage> | undefined => entries.findLast(({ at }) => at.day <= day);
