import type { FieldType, OrgField } from '../../../vendors/salesforce/org.ts';

/** `Loss_Reason__c` is `Loss Reason` to people, unless said otherwise. */
const field =
  (type: FieldType) =>
  (...names: readonly string[]): OrgField[] =>
    names.map((name) => ({ name, label: name.replace(/__c$/, '').replaceAll('_', ' '), type }));

const reference = (name: string, parent: string, object: string): OrgField => ({
  ...{ name, label: name, type: 'reference', parent: { name: parent, object } },
});

const text = field('string');
const choice = field('picklist');
const number = field('double');
const money = field('currency');
const flag = field('boolean');
const day = field('date');
const instant = field('datetime');

/** Of records that people make. */
const OWN = [...field('id')('Id'), ...instant('CreatedDate', 'LastModifiedDate', 'SystemModstamp')];
const BINNED = flag('IsDeleted');
const OWNER = reference('OwnerId', 'Owner', 'User');

const LEAD: readonly OrgField[] = [
  ...[...OWN, ...BINNED, OWNER, ...text('LastName', 'Company', 'Email')],
  ...[
    ...choice('Status', 'LeadSource', 'Industry'),
    ...text('Country'),
    ...field('int')('NumberOfEmployees'),
  ],
  ...[reference('MasterRecordId', 'MasterRecord', 'Lead'), ...flag('IsConverted'), ...day('ConvertedDate')],
  reference('ConvertedOpportunityId', 'ConvertedOpportunity', 'Opportunity'),
  reference('ConvertedAccountId', 'ConvertedAccount', 'Account'),
  ...[...text('Campaign__c'), ...choice('Sales_Region__c', 'Reason_Lost__c', 'Function__c')],
  ...[...number('Answers__c', 'Buys_Within_Days__c'), ...money('Yearly_Potential__c')],
  ...flag('Has_Budget__c', 'Has_Authority__c', 'Has_Need__c', 'Has_Timing__c'),
];
const OPPORTUNITY: readonly OrgField[] = [
  ...[...OWN, ...BINNED, OWNER, ...text('Name'), ...choice('StageName', 'LeadSource', 'CurrencyIsoCode')],
  ...[...money('Amount'), ...number('Probability'), ...day('CloseDate'), ...flag('IsClosed', 'IsWon')],
  ...[reference('AccountId', 'Account', 'Account'), ...choice('Reason_Lost__c'), ...money('Margin__c')],
];
const ACCOUNT: readonly OrgField[] = [
  ...[...OWN, ...BINNED, ...text('Name', 'BillingCountry', 'Customer_Number__c')],
  ...choice('Industry', 'Sales_Region__c'),
];
const STAGE = [...field('id')('Id'), ...text('ApiName', 'MasterLabel'), ...field('int')('SortOrder')];
const LOGGED = [...OWN, ...BINNED, reference('CreatedById', 'CreatedBy', 'User')];

/** What the org knows of each object: Salesforce's own, and what the company added. */
export const FIELDS = {
  Lead: LEAD,
  Opportunity: OPPORTUNITY,
  Account: ACCOUNT,
  User: [
    ...[...OWN, ...text('Name', 'Email'), ...flag('IsActive'), ...choice('UserType')],
    reference('UserRoleId', 'UserRole', 'UserRole'),
  ],
  UserRole: [...field('id')('Id'), ...text('Name')],
  LeadStatus: [...STAGE, ...flag('IsConverted')],
  OpportunityStage: [...STAGE, ...flag('IsClosed', 'IsWon', 'IsActive'), ...number('DefaultProbability')],
  LeadHistory: [
    ...[...field('id')('Id'), ...instant('CreatedDate'), ...flag('IsDeleted')],
    ...[reference('LeadId', 'Lead', 'Lead'), ...choice('Field'), ...text('OldValue', 'NewValue')],
  ],
  OpportunityHistory: [
    ...[...field('id')('Id'), ...instant('CreatedDate', 'SystemModstamp'), ...flag('IsDeleted')],
    reference('OpportunityId', 'Opportunity', 'Opportunity'),
    ...[...choice('StageName'), ...money('Amount'), ...day('CloseDate'), ...number('Probability')],
  ],
  OpportunityCompetitor: [
    ...[...OWN, ...BINNED, reference('OpportunityId', 'Opportunity', 'Opportunity')],
    ...text('CompetitorName'),
  ],
  Campaign: [...OWN, ...BINNED, ...text('Name'), ...choice('Type')],
  CampaignMember: [
    ...[
      ...OWN,
      ...BINNED,
      reference('LeadId', 'Lead', 'Lead'),
      reference('CampaignId', 'Campaign', 'Campaign'),
    ],
    ...[...flag('HasResponded'), ...day('FirstRespondedDate')],
  ],
  Task: LOGGED,
  Event: LOGGED,
} satisfies Readonly<Record<string, readonly OrgField[]>>;
