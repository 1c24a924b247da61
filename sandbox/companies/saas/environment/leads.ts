import type { TimedRecord } from '../../../vendor-kit/timed-record.ts';
import type { Company } from '../business/company.ts';
import type { Lead } from '../business/lead.ts';
import { companyOf } from '../crm/accounts.ts';
import { lockedLeads } from '../crm/lead-records.ts';
import { instantText, type Setting } from '../crm/record.ts';
import { CAMPAIGNS, CHANNELS, FUNCTIONS, INDUSTRIES, LEAD_REASONS, SALES_REGIONS } from './choices.ts';
import { guid, dynamicsNumbering as ids } from './ids.ts';

/** Leads. One that was qualified or disqualified is locked. */
export const leadRecords = (company: Company): TimedRecord[] =>
  lockedLeads(company, ids, (lead) => [...bornWith(lead), ...life(lead, company), ...answers(lead)]);

function bornWith({ id, createdAt, owner, origin, prospect, answers: { role }, touches }: Lead): Setting[] {
  const born = (name: string, value: string): Setting => [name, createdAt, value];
  return [
    ...[
      born('statecode', '0'),
      born('statuscode', '1'),
      born('ownerid', ids.owner(owner)),
      born('merged', 'false'),
    ],
    ...[
      born('leadsourcecode', CHANNELS.value(origin.channel)),
      born('industrycode', INDUSTRIES.value(prospect.industry)),
    ],
    born('campaignid', guid('campaign', CAMPAIGNS.indexOf(origin.campaign) + 1)),
    ...[
      born('new_salesregion', SALES_REGIONS.value(prospect.region)),
      born('address1_country', prospect.country),
    ],
    ...[born('numberofemployees', String(prospect.employees)), born('fullname', `Camille Nom${id}`)],
    ...(role === null ? [] : [born('new_function', FUNCTIONS.value(role))]),
    ...touches.map(({ at }, place): Setting => ['new_answers', at, String(place + 1)]),
  ];
}

function life({ id, mql, sql, entries, deal }: Lead, company: Company): Setting[] {
  const dated = [['new_mqlon', mql] as const, ['new_sqlon', sql] as const];
  return [
    ...dated.flatMap(([name, at]): Setting[] => (at === null ? [] : [[name, at, instantText(company, at)]])),
    ...entries.flatMap(({ stage, at, reason }): Setting[] => {
      if (stage === 'disqualified')
        return [
          ...([
            ['statecode', at, '2'],
            ['statuscode', at, '4'],
          ] as const),
          ['new_reasonlost', at, reason && LEAD_REASONS.value(reason)],
        ];
      if (stage !== 'converted') return [];
      return [
        ...([
          ['statecode', at, '1'],
          ['statuscode', at, '3'],
        ] as const),
        ['parentaccountid', at, guid('account', companyOf(id))],
        ['qualifyingopportunityid', at, deal && ids.deal(deal.id)],
      ];
    }),
  ];
}

/** Who calls back asks. */
function answers({ mql, answers: known }: Lead): Setting[] {
  if (mql === null) return [];
  const told = {
    ...{ new_yearlypotential: known.potential, new_buyswithin: known.buysWithin },
    ...{
      new_budget: known.budget,
      new_authority: known.authority,
      new_need: known.need,
      new_timing: known.timing,
    },
  };
  return Object.entries(told).flatMap(([name, value]): Setting[] =>
    value === null ? [] : [[name, mql, String(value)]],
  );
}
