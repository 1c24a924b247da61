import type { Moment } from '../../../kit/calendar.ts';
import type { Company } from '../business/company.ts';
import type { Deal } from '../business/deal.ts';
import type { Lead } from '../business/lead.ts';
import type { DealEnd, DealStage } from '../business/stages.ts';

/** Days after which a deal is expected to close when it is made. */
const EXPECTED_DAYS = 60;

/** A stage that a deal came into. */
export interface Step {
  readonly stage: DealStage | DealEnd;
  readonly at: Moment;
  /** Where it is made, closed or opened again; null: it only moves on. */
  readonly turn: {
    readonly isClosed: boolean;
    readonly isWon: boolean;
    /** When it closed, or should. */
    readonly closes: Moment;
    readonly reason: string | null;
  } | null;
}

/** What happens to a deal, as every CRM is told it. */
export function courseOf({ createdAt, entries }: Deal, { days }: Company): Step[] {
  const expected: Moment = {
    day: Math.min(createdAt.day + EXPECTED_DAYS, days.length - 1),
    second: 9 * 3600,
  };
  return entries.map(({ stage, at, reason }, place) => {
    const isClosed = stage === 'won' || stage === 'lost';
    const isTurn = isClosed || place === 0 || entries[place - 1]?.stage === 'lost';
    if (!isTurn) return { stage, at, turn: null };
    return {
      stage,
      at,
      turn: { isClosed, isWon: stage === 'won', closes: isClosed ? at : expected, reason },
    };
  });
}

/** Whether something comes no later than the end of a lead's way, at which Salesforce and Dynamics lock it: it was converted, or disqualified. */
export function beforeItsEnd({ entries }: Lead): (at: Moment) => boolean {
  const end = entries.find(({ stage }) => stage === 'converted' || stage === 'disqualified')?.at;
  return ({ day, second }) => end === undefined || day < end.day || (day === end.day && second <= end.second);
}
