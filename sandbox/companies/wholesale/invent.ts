import { addDays } from '../../../functions/lake/values/day.ts';
import { type Day, daysFrom } from '../../kit/calendar.ts';
import type { InventOptions } from '../../kit/folder.ts';
import { type Company, companyOf } from './business/company.ts';
import type { Effects } from './business/effects.ts';
import { plot, type Story, uneventful } from './stories.ts';
import { type Truth, truthOf } from './truth/count.ts';

export interface Invention {
  /** The days lived through, and some more: `days[last]` is the last. */
  readonly days: readonly Day[];
  readonly last: number;
  readonly company: Company;
  readonly effects: Effects;
  readonly stories: readonly Story[];
  /** Empty until the company has lived: `company.live()`, each day given to `truth.count`. */
  readonly truth: Truth;
}

/** What goes on after the last midnight: carts settle up to two days later, and some are ordered later still. */
const AFTERMATH = 5;

/** Invents a company that has not lived yet. */
export function invent({ seed, endsOn, days: count, scale, stories: eventful }: InventOptions): Invention {
  const days = daysFrom(addDays(endsOn, 1 - count), count + AFTERMATH);
  const last = count - 1;
  const { stories, effects } = eventful ? plot(days, last) : uneventful;
  const company = companyOf({ seed, scale, days, last, effects });
  const truth = truthOf({ days: days.slice(0, count), rates: company.rates, effects });
  return { days, last, company, effects, stories, truth };
}
