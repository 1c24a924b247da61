import { fixedRecord, type TimedRecord } from '../../../vendor-kit/timed-record.ts';
import type { Company } from '../business/company.ts';
import type { Lead } from '../business/lead.ts';
import { companyOf } from '../crm/accounts.ts';
import { lockedLeads } from '../crm/lead-records.ts';
import { millisOf, type Setting } from '../crm/record.ts';
import { dayAt } from '../exports/output.ts';
import { salesforceNumbering as ids, salesforceId } from './ids.ts';
import { STATUSES } from './stages.ts';

/** Field history is kept for two years. https://help.salesforce.com/s/articleView?id=sf.tracking_field_history.htm */
const HISTORY_MS = 730 * 86_400_000;

/** Leads. One that was converted, or closed as disqualified, does not change any more. */
export const leadRecords = (company: Company): TimedRecord[] =>
  lockedLeads(company, ids, (lead) => [...bornWith(lead), ...life(lead, company), ...answers(lead)]);

function bornWith({ id, createdAt, owner, origin, prospect, answers: { role }, touches }: Lead): Setting[] {
  const born = (name: string, value: string | null): Setting => [name, createdAt, value];
  return [
    ...[born('OwnerId', ids.owner(owner)), born('LeadSource', origin.channel), born('Status', STATUSES.lead)],
    ...[
      born('Campaign__c', origin.campaign),
      born('Industry', prospect.industry),
      born('Country', prospect.country),
    ],
    ...[born('Sales_Region__c', prospect.region), born('NumberOfEmployees', String(prospect.employees))],
    ...[born('Function__c', role), born('LastName', `Nom${id}`), born('Company', `Societe ${id}`)],
    born('Email', `lead${id}@garage-1.example`),
    ...touches.map(({ at }, place): Setting => ['Answers__c', at, String(place + 1)]),
  ];
}

/** Its statuses, to the end of its way: converted into account and opportunity, or disqualified. */
const life = ({ id, entries, deal }: Lead, company: Company): Setting[] =>
  entries.flatMap(({ stage, at, reason }): Setting[] => [
    ['Status', at, STATUSES[stage]],
    ...(stage === 'disqualified' ? [['Reason_Lost__c', at, reason] as const] : []),
    ...(stage === 'converted'
      ? ([
          ['IsConverted', at, 'true'],
          ['ConvertedDate', at, dayAt(company, at.day).date],
          ['ConvertedAccountId', at, salesforceId('account', companyOf(id))],
          ['ConvertedOpportunityId', at, deal && ids.deal(deal.id)],
        ] as const)
      : []),
  ]);

/** Who calls back asks. */
function answers({ mql, answers: known }: Lead): Setting[] {
  if (mql === null) return [];
  const told = {
    ...{ Yearly_Potential__c: known.potential, Buys_Within_Days__c: known.buysWithin },
    ...{ Has_Budget__c: known.budget, Has_Authority__c: known.authority },
    ...{ Has_Need__c: known.need, Has_Timing__c: known.timing },
  };
  return Object.entries(told).flatMap(([name, value]): Setting[] =>
    value === null ? [] : [[name, mql, String(value)]],
  );
}

/** The history of fields: a row that it was made, and one a change of status. */
export const leadHistory = (company: Company): TimedRecord[] =>
  company.leads.flatMap(({ id, createdAt, entries }) => {
    const lead = ids.lead(id);
    const changes = entries.map(({ stage, at }, place) => {
      const before = entries[place - 1]?.stage;
      return before === undefined
        ? { at: createdAt, values: { Field: 'created' } }
        : { at, values: { Field: 'Status', OldValue: STATUSES[before], NewValue: STATUSES[stage] } };
    });
    return changes
      .filter(({ at }) => at.day <= company.last)
      .map(({ at, values }, place) => {
        const created = millisOf(company, at);
        const row = fixedRecord(salesforceId('leadHistory', `${id.slice(1)}${place}`), created, {
          ...{ LeadId: lead, ...values },
        });
        return { ...row, erasedAt: created + HISTORY_MS };
      });
  });
