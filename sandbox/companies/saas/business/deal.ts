import type { Day, Moment } from '../../../kit/calendar.ts';
import type { Random } from '../../../kit/random.ts';
import type { Entry } from './journey.ts';
import type { Currency, Prospect } from './market.ts';
import type { DealEnd, DealStage } from './stages.ts';

/** The day on which a CRM takes a record away, and what it calls it then; of what somebody had erased it has nothing any more. */
export interface Removal {
  readonly day: number;
  readonly as: 'deleted' | 'merged' | 'erased';
}

/** An amount that stands from a moment on. Cents. */
export interface Price {
  readonly at: Moment;
  readonly amount: number;
}

export interface Deal {
  readonly id: string;
  /** The lead it came from; null for what a partner brought straight to sales. */
  readonly leadId: string | null;
  readonly prospect: Prospect;
  readonly channel: string;
  /** Nobody, of some. */
  readonly owner: string | null;
  readonly createdAt: Moment;
  /** All that will ever happen to it, in order; what is later than the last day is not known yet. */
  readonly entries: readonly Entry<DealStage | DealEnd>[];
  readonly prices: readonly Price[];
  readonly currency: Currency;
  /** Per cent of the amount that is left after the costs of the sale. */
  readonly margin: number;
  readonly competitors: readonly string[];
  readonly milestones: readonly { readonly id: string; readonly at: Moment }[];
  readonly removal: Removal | null;
  /** The customer's number, where it is ever won. */
  readonly customerId: string | null;
}

/** Days that a stay in a stage takes, from … to …. */
export const STAYS: Readonly<Record<DealStage, readonly [number, number]>> = {
  qualified: [1, 9],
  demo: [3, 13],
  trial: [12, 28],
  proposal: [5, 18],
  negotiation: [3, 16],
};

/** A year's price of a seat: cents. Larger companies pay less. */
export const seatPrice = (seats: number): number => (seats > 60 ? 21_600 : seats > 20 ? 26_400 : 31_200);

/** The days of a stay: two dice, so that most are near the middle. In August everything takes longer. */
export function stayOf(stage: DealStage, day: Day, random: Random): number {
  const [from, to] = STAYS[stage];
  const drawn = from + ((to - from) * (random.float() + random.float())) / 2;
  return Math.round(drawn * (day.monthNumber === 8 ? 1.25 : 1));
}
