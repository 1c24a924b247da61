import type { TimedRecord } from '../../../vendor-kit/timed-record.ts';
import type { Org, OrgObject } from '../../../vendors/salesforce/org.ts';
import type { Company } from '../business/company.ts';
import { campaignRecords, loggedRecords, memberRecords } from './campaigns.ts';
import { accountRecords, competitorRecords, dealHistory, dealRecords } from './deals.ts';
import { FIELDS } from './fields.ts';
import { leadHistory, leadRecords } from './leads.ts';
import { stageRecords, statusRecords } from './stages.ts';
import { roleRecords, userRecords } from './users.ts';

const MAKERS: Readonly<Record<keyof typeof FIELDS, (company: Company) => TimedRecord[]>> = {
  Lead: leadRecords,
  Opportunity: dealRecords,
  Account: accountRecords,
  User: userRecords,
  UserRole: roleRecords,
  LeadStatus: statusRecords,
  OpportunityStage: stageRecords,
  LeadHistory: leadHistory,
  OpportunityHistory: dealHistory,
  OpportunityCompetitor: competitorRecords,
  Campaign: campaignRecords,
  CampaignMember: memberRecords,
  Task: loggedRecords('task'),
  Event: loggedRecords('event'),
};

const CHILDREN: Readonly<Record<string, OrgObject['children']>> = {
  Lead: { Histories: { object: 'LeadHistory', by: 'LeadId' } },
  Opportunity: {
    OpportunityHistories: { object: 'OpportunityHistory', by: 'OpportunityId' },
    OpportunityCompetitors: { object: 'OpportunityCompetitor', by: 'OpportunityId' },
  },
};

/** The company's Salesforce org, with all that happened in it up to the last day. */
export function orgOf(company: Company): Org {
  const objects = Object.entries(FIELDS).map(([name, fields]): [string, OrgObject] => {
    let made: TimedRecord[] | undefined;
    const records = (): TimedRecord[] => {
      made ??= MAKERS[name as keyof typeof FIELDS](company);
      return made;
    };
    return [name, { label: name, fields, children: CHILDREN[name] ?? {}, records }];
  });
  return { id: '00D5g0000004kerEAA', objects: Object.fromEntries(objects) };
}
