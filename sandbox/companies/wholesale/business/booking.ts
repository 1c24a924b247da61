import { addDays, daysBetween } from '../../../../functions/lake/values/day.ts';
import type { Day } from '../../../kit/calendar.ts';
import type { Random } from '../../../kit/random.ts';

/** An order placed early, for a delivery before the season. */
export interface Booking {
  readonly programme: string;
  /** Factor on the pieces of a line. */
  readonly tier: 2 | 3 | 5;
  /** Per cent on top of the customer's discount. */
  readonly discount: number;
  readonly leadDays: number;
}

/** Of the sales desk's orders while a programme is open. */
const BOOKING_SHARE = 0.12;
const TIERS = [2, 2, 3, 3, 5] as const;
const TIER_DISCOUNT = { 2: 2, 3: 4, 5: 7 } as const;

/** The programme open on a day: winter tyres are booked in May and June, summer tyres in December and January. */
export function openProgramme(day: Day): { readonly name: string; readonly deliveredFrom: string } | null {
  const year = Number(day.date.slice(0, 4));
  if (day.monthNumber === 5 || day.monthNumber === 6)
    return { name: `WINTER-${year}`, deliveredFrom: `${year}-09-01` };
  if (day.monthNumber === 12) return { name: `SUMMER-${year + 1}`, deliveredFrom: `${year + 1}-03-01` };
  if (day.monthNumber === 1) return { name: `SUMMER-${year}`, deliveredFrom: `${year}-03-01` };
  return null;
}

/** The programme of the planted story, its share of the desk's orders while it is open, and what it grants on top: per cent. */
export const CLEARANCE = 'CLEARANCE';
const CLEARANCE_SHARE = 0.1;
const CLEARANCE_EXTRA = 22;
const CLEARANCE_LEAD_DAYS = 21;

export function bookingOn(day: Day, random: Random, clearance: boolean): Booking | null {
  if (clearance && random.chance(CLEARANCE_SHARE)) return clearanceOf(random);
  const programme = openProgramme(day);
  if (!programme || !random.chance(BOOKING_SHARE)) return null;
  const tier = random.pick(TIERS);
  const delivery = addDays(programme.deliveredFrom, random.int(45));
  return {
    programme: programme.name,
    tier,
    discount: TIER_DISCOUNT[tier],
    leadDays: daysBetween(day.date, delivery),
  };
}

function clearanceOf(random: Random): Booking {
  const tier = random.pick(TIERS);
  const discount = TIER_DISCOUNT[tier] + CLEARANCE_EXTRA;
  return { programme: CLEARANCE, tier, discount, leadDays: CLEARANCE_LEAD_DAYS + random.int(14) };
}
