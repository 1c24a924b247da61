import type { Deal } from '../../sandbox/companies/saas/business/deal.ts';
import { dealOn } from '../../sandbox/companies/saas/business/known.ts';
import { STAGES } from '../../sandbox/companies/saas/business/stages.ts';
import { type Invention, invent } from '../../sandbox/companies/saas/invent.ts';
import type { Rows } from './rows.ts';

/** A deal should close so many days after it was made, the CRM says of each. */
const EXPECTED_AFTER = 60;

/**
 * The deals of the sandbox's software company, as its CRM has them on the last day: those that were deleted or merged are in none
 * of them, amounts are taken for euros.
 */
export function sandboxCrm(endsOn: string, days: number, seed: number): Rows {
  const invention = invent({ seed, endsOn, days, scale: 1, stories: true });
  const { company, last } = invention;
  const deals = company.deals.filter((deal) => !['deleted', 'merged'].includes(dealOn(deal, last).status));
  return {
    deals: deals.map((deal) => dealRow(deal, invention)),
    stage_history: deals.flatMap(({ id, entries }) =>
      entries
        .filter(({ at }) => at.day <= last)
        .map(({ stage, at }) => ({
          ...{ kind: 'deal', record_id: id, stage_id: stage, basis: 'history', reason: null },
          ...{ entered_at: momentOf(invention, at), entered_on: dateOf(invention, at.day) },
        })),
    ),
    deal_amounts: deals.flatMap(({ id, prices }) =>
      prices
        .filter(({ at }) => at.day <= last)
        .map(({ at, amount }) => ({
          ...{ deal_id: id, basis: 'history', amount: euros(amount), currency: 'EUR' },
          ...{ changed_at: momentOf(invention, at), changed_on: dateOf(invention, at.day) },
        })),
    ),
    stages: STAGES.filter(({ pipeline }) => pipeline === 'Sales').map(
      ({ id, name, step, probability, outcome }) => ({
        ...{ stage_id: id, name, step, outcome, pipeline: null },
        probability: String((probability ?? 0) / 100),
      }),
    ),
  };
}

function dealRow(deal: Deal, invention: Invention) {
  const { status, wonOn, lostOn } = dealOn(deal, invention.last);
  const closedOn = wonOn ?? lostOn;
  const known = deal.prices.findLast(({ at }) => at.day <= invention.last);
  return {
    ...{ deal_id: deal.id, created_on: dateOf(invention, deal.createdAt.day), created_at: null, status },
    closed_on: closedOn === null ? null : dateOf(invention, closedOn),
    expected_on: dateOf(invention, deal.createdAt.day + EXPECTED_AFTER),
    ...{ amount: euros(known?.amount ?? 0), currency: 'EUR' },
  };
}

const euros = (cents: number): string => (cents / 100).toFixed(2);

const dateOf = ({ days }: Invention, day: number): string => {
  const found = days[day];
  if (found === undefined) throw new RangeError(`no day ${day} in the calendar`);
  return found.date;
};

/** Entries of a day stay in their order. */
function momentOf(invention: Invention, { day, second }: { day: number; second: number }): string {
  const clock = new Date(second * 1000).toISOString().slice(11, 19);
  return `${dateOf(invention, day)}T${clock}Z`;
}
