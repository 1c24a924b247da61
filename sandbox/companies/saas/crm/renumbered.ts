import type { Company } from '../business/company.ts';
import type { Deal } from '../business/deal.ts';
import type { Lead } from '../business/lead.ts';

/** How a CRM writes the number of a record. */
export interface Numbering {
  readonly lead: (id: string) => string;
  readonly deal: (id: string) => string;
  readonly owner: (id: string) => string;
}

/** The company as lists of a CRM have it, which name records as the CRM does. */
export function renumbered(company: Company, { lead, deal, owner }: Numbering): Company {
  const ownDeal = (each: Deal): Deal => ({
    ...each,
    id: deal(each.id),
    leadId: each.leadId === null ? null : lead(each.leadId),
    owner: each.owner === null ? null : owner(each.owner),
  });
  const ownLead = (each: Lead): Lead => ({
    ...{ ...each, id: lead(each.id), owner: owner(each.owner) },
    deal: each.deal === null ? null : ownDeal(each.deal),
  });
  return {
    ...company,
    leads: company.leads.map(ownLead),
    deals: company.deals.map(ownDeal),
    team: { users: company.team.users.map((user) => ({ ...user, id: owner(user.id) })) },
    activity: company.activity.map((each) => ({ ...each, user: owner(each.user) })),
  };
}
