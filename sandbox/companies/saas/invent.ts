import { addDays } from '../../../functions/lake/values/day.ts';
import { type Day, daysFrom } from '../../kit/calendar.ts';
import type { InventOptions } from '../../kit/folder.ts';
import type { Outreach } from '../../kit/outreach/heard.ts';
import { type Company, companyOf } from './business/company.ts';
import { outreachOf } from './business/heard.ts';
import { plot, type Story, uneventful } from './stories.ts';

export const CLOSED = ['saturday', 'sunday'] as const;

export interface Invention {
  /** The days lived through, and some more for what is planned: `days[last]` is the last. */
  readonly days: readonly Day[];
  readonly last: number;
  readonly company: Company;
  readonly stories: readonly Story[];
  readonly outreach: Outreach;
}

/** The longest that a lead takes from its first day to the end of its deal, and some. */
const AFTERMATH = 500;

/** Invents the company, with all that it lived through. */
export function invent({ seed, endsOn, days: count, scale, stories: eventful }: InventOptions): Invention {
  const days = daysFrom(addDays(endsOn, 1 - count), count + AFTERMATH, CLOSED);
  const last = count - 1;
  const { stories, effects } = eventful ? plot(days, last) : uneventful;
  const input = { seed, scale, days, last, effects };
  return { days, last, stories, company: companyOf(input), outreach: outreachOf(input) };
}
