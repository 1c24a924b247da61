import type { Deal, Removal } from './deal.ts';
import { entryOn } from './journey.ts';
import type { Lead } from './lead.ts';

/** What the CRM says of a record on a day: things that are planned for later have not happened yet. */
export interface Standing {
  readonly status: 'open' | 'won' | 'lost' | 'deleted' | 'merged';
  /** Day index on which it was first won. */
  readonly wonOn: number | null;
  /** … on which it was lost, as things stand; null again once it is re-opened. */
  readonly lostOn: number | null;
  readonly reason: string | null;
}

const OPEN: Standing = { status: 'open', wonOn: null, lostOn: null, reason: null };

export function dealOn(deal: Deal, day: number): Standing {
  const standing = endOf(deal.entries, day);
  return deal.removal && deal.removal.day <= day ? { ...standing, status: statusOf(deal.removal) } : standing;
}

/** A list has a word for what was merged; all else that is gone was deleted. */
const statusOf = ({ as }: Removal): 'deleted' | 'merged' => (as === 'merged' ? as : 'deleted');

/** A lead is what its deal is, once there is one. */
export function leadOn(lead: Lead, day: number): Standing {
  if (lead.removal && lead.removal.day <= day) return { ...OPEN, status: statusOf(lead.removal) };
  if (lead.deal && lead.deal.createdAt.day <= day) return endOf(lead.deal.entries, day);
  const entry = entryOn(lead.entries, day);
  if (entry?.stage !== 'disqualified') return OPEN;
  return { status: 'lost', wonOn: null, lostOn: entry.at.day, reason: entry.reason };
}

function endOf(entries: Deal['entries'], day: number): Standing {
  const entry = entryOn(entries, day);
  if (entry?.stage === 'won') return { status: 'won', wonOn: entry.at.day, lostOn: null, reason: null };
  if (entry?.stage !== 'lost') return OPEN;
  return { status: 'lost', wonOn: null, lostOn: entry.at.day, reason: entry.reason };
}

/** Days on which a record changed, so that the CRM's nightly export has it. */
export const changesOf = (lead: Lead): Set<number> =>
  new Set([
    ...[lead.createdAt, lead.mql, lead.sql].flatMap((at) => at?.day ?? []),
    ...lead.entries.map(({ at }) => at.day),
    ...lead.touches.map(({ at }) => at.day),
    ...(lead.removal ? [lead.removal.day] : []),
    ...(lead.deal ? changesOfDeal(lead.deal) : []),
  ]);

export const changesOfDeal = (deal: Deal): Set<number> =>
  new Set([
    deal.createdAt.day,
    ...deal.entries.map(({ at }) => at.day),
    ...deal.prices.map(({ at }) => at.day),
    ...(deal.removal ? [deal.removal.day] : []),
  ]);
