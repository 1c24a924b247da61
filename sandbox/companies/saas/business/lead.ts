import type { Moment } from '../../../kit/calendar.ts';
import type { Origin } from './channels.ts';
import type { Deal, Removal } from './deal.ts';
import type { Entry } from './journey.ts';
import type { Prospect } from './market.ts';
import type { LeadEnd, LeadStage } from './stages.ts';

/** What was asked of a lead, where somebody asked. */
export interface Answers {
  readonly potential: number | null;
  readonly buysWithin: number | null;
  readonly role: string | null;
  readonly seniority: 'executive' | 'manager' | 'staff' | null;
  readonly budget: boolean | null;
  readonly authority: boolean | null;
  readonly need: boolean | null;
  readonly timing: boolean | null;
}

export interface Touch {
  readonly at: Moment;
  readonly kind: 'online' | 'offline';
  readonly channel: string;
  readonly campaign: string | null;
}

export interface Lead {
  readonly id: string;
  readonly origin: Origin;
  readonly prospect: Prospect;
  readonly owner: string;
  readonly createdAt: Moment;
  /** First days on which marketing and sales found it qualified; null: never. */
  readonly mql: Moment | null;
  readonly sql: Moment | null;
  readonly entries: readonly Entry<LeadStage | LeadEnd>[];
  readonly deal: Deal | null;
  readonly answers: Answers;
  readonly touches: readonly Touch[];
  /** The customer who recommended the company to it. */
  readonly referredBy: string | null;
  readonly removal: Removal | null;
}
