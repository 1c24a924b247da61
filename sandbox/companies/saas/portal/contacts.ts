import type { Moment } from '../../../kit/calendar.ts';
import type { PortalRecord } from '../../../vendors/hubspot/portal.ts';
import type { Company } from '../business/company.ts';
import type { Lead } from '../business/lead.ts';
import { companyOf } from '../crm/accounts.ts';
import { mergedSettings, mergersOf, recordOf, type Setting } from '../crm/record.ts';
import { ANALYTICS_SOURCES, LOST_DEAL, SENIORITIES, UNQUALIFIED } from './schemas.ts';

/** Leads as contacts. */
export function contactRecords(company: Company): PortalRecord[] {
  const { into, taken } = mergersOf(company.leads, company.last);
  return company.leads.map((lead) => ({
    ...recordOf(
      company,
      { id: lead.id, createdAt: lead.createdAt, removal: lead.removal, into: into.get(lead.id) },
      () => [...bornWith(lead), ...life(lead), ...answers(lead), ...mergedSettings(taken.get(lead.id) ?? [])],
    ),
    associated: { companies: [companyOf(lead.id)] },
  }));
}

/** What the form, or whoever typed it in, says of it. */
function bornWith({ id, createdAt, owner, origin, answers: { role }, touches }: Lead): Setting[] {
  const born = (name: string, value: string | null): Setting => [name, createdAt, value];
  return [
    born('hubspot_owner_id', owner),
    born('lead_channel', origin.channel),
    born('lead_campaign', origin.campaign),
    born('hs_analytics_source', ANALYTICS_SOURCES[origin.channel] ?? 'OFFLINE'),
    born('associatedcompanyid', companyOf(id)),
    ...(role === null ? [] : [born('hs_role', role)]),
    ...touches.map(({ at }, place): Setting => ['marketing_engagements', at, String(place + 1)]),
  ];
}

const LIFECYCLE: Readonly<Record<string, string>> = {
  lead: 'lead',
  mql: 'marketingqualifiedlead',
  sql: 'salesqualifiedlead',
  converted: 'opportunity',
};

/** Its lifecycle; where it was lost, as a status beside it, which workflows keep in step with its deal. */
function life({ createdAt, entries, deal }: Lead): Setting[] {
  const status = (at: Moment, value: string, reason: string | null = null): Setting[] => [
    ['hs_lead_status', at, value],
    ['lead_lost_reason', at, reason],
  ];
  const own = entries.flatMap(({ stage, at, reason }): Setting[] => {
    const stageNow = LIFECYCLE[stage];
    if (stageNow === undefined) return status(at, UNQUALIFIED, reason);
    const entered: Setting = ['lifecyclestage', at, stageNow];
    return stage === 'converted' ? [entered, ...status(at, 'OPEN_DEAL')] : [entered];
  });
  const ofDeal = (deal?.entries ?? []).flatMap(({ stage, at, reason }, place, all): Setting[] => {
    if (stage === 'won') return [['lifecyclestage', at, 'customer']];
    if (stage === 'lost') return status(at, LOST_DEAL, reason);
    return all[place - 1]?.stage === 'lost' ? status(at, 'OPEN_DEAL') : [];
  });
  return [['hs_lead_status', createdAt, 'NEW'], ...own, ...ofDeal];
}

/** Who calls back asks. */
function answers({ mql, answers: known }: Lead): Setting[] {
  if (mql === null) return [];
  const told: Readonly<Record<string, string | number | boolean | null>> = {
    hs_seniority: known.seniority && SENIORITIES[known.seniority],
    yearly_potential: known.potential,
    buys_within_days: known.buysWithin,
    bant_budget: known.budget,
    bant_authority: known.authority,
    bant_need: known.need,
    bant_timing: known.timing,
  };
  return Object.entries(told).flatMap(([name, value]): Setting[] =>
    value === null ? [] : [[name, mql, String(value)]],
  );
}
