import { Temporal } from 'temporal-polyfill';

/** A time of day that a day does not have. */
export interface Skipped {
  readonly date: string;
  /** The first time of day that there is again. */
  readonly until: string;
}

/**
 * The next day within `years` on which a clock in the zone skips the time of day (`02:30` on the last Sunday of March
 * in Paris); undefined where there is none. EventBridge Scheduler would leave that day out.
 */
export function skipped(time: string, timeZone: string, from: string, years = 3): Skipped | undefined {
  const end = Temporal.PlainDate.from(from).add({ years });
  let at = Temporal.PlainDate.from(from).toZonedDateTime(timeZone).getTimeZoneTransition('next');
  while (at && Temporal.PlainDate.compare(at.toPlainDate(), end) < 0) {
    const after = at.toPlainDateTime();
    const before = at.subtract({ nanoseconds: 1 }).toPlainDateTime();
    const asked = after.toPlainDate().toPlainDateTime(time);
    if (Temporal.PlainDateTime.compare(before, asked) < 0 && Temporal.PlainDateTime.compare(asked, after) < 0)
      return { date: after.toPlainDate().toString(), until: after.toPlainTime().toString().slice(0, 5) };
    at = at.getTimeZoneTransition('next');
  }
  return undefined;
}
