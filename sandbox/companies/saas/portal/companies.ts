import type { PortalRecord } from '../../../vendors/hubspot/portal.ts';
import type { Company } from '../business/company.ts';
import type { Deal } from '../business/deal.ts';
import type { Lead } from '../business/lead.ts';
import { companyOf } from '../crm/accounts.ts';
import { recordOf, type Setting } from '../crm/record.ts';

/** One for each lead; and for deals without a lead. */
export function companyRecords(company: Company): PortalRecord[] {
  const straight = company.deals.filter(({ leadId }) => leadId === null);
  return [
    ...company.leads.map((lead) => recordFor(company, lead, lead.deal)),
    ...straight.map((deal) => recordFor(company, deal, deal)),
  ];
}

function recordFor(
  company: Company,
  { id, createdAt, prospect }: Lead | Deal,
  deal: Deal | null,
): PortalRecord {
  const about = { id: companyOf(id), createdAt, removal: null, into: undefined };
  const record = recordOf(company, about, () => {
    const born = (name: string, value: string): Setting => [name, createdAt, value];
    const won = deal?.entries.find(({ stage }) => stage === 'won');
    return [
      ...[born('industry', prospect.industry), born('sales_region', prospect.region)],
      ...[born('country', prospect.country), born('numberofemployees', String(prospect.employees))],
      // Billing gives the number when the first invoice is written.
      ...(won ? [['customer_number', won.at, deal?.customerId ?? null] as const] : []),
    ];
  });
  return { ...record, associated: {} };
}
