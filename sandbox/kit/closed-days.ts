import type { Weekday } from '../../functions/lake/values/day.ts';
import { CLOSED_WEEKDAYS, daysFrom } from './calendar.ts';

/** Whether digests are sent of days without trade: of the last day there is one to look at, whatever day that is. */
export const closedDays = (endsOn: string, closedWeekdays: readonly Weekday[] = CLOSED_WEEKDAYS): string =>
  daysFrom(endsOn, 1, closedWeekdays)[0]?.trading
    ? '  on_closed_days: false'
    : '  # Nobody needs a digest of a Sunday; here the company ends on a closed day, and its digest is what there is to look at.\n  on_closed_days: true';
