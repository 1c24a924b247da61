import { crmLists } from './crm-lists.ts';

/** Salesforce over its API: leads, opportunities, their stages and histories; what the company keeps beside it comes as lists. */
export const salesforceSource = (
  origin: string,
  startsOn: string,
): string => `  # Salesforce: leads, opportunities, the stages both were in. base_url leads to the simulated one (\`vigie sandbox --serve\` keeps
  # it running); in life it is the org's My Domain. Credentials stand in .vigie/secrets.json; here they are only named.
  - kind: salesforce
    name: salesforce
    starts_on: ${startsOn}
    # Lead statuses, by their API names.
    statuses:
      mql: [MQL]
      sql: [SQL]
      lost: [Disqualified]
    # Somebody renamed the pilot to trial; Salesforce's history keeps the former name.
    renamed: { pilot: trial }
    # Fields that the company added, by what they are to Vigie.
    lead:
      campaign: Campaign__c
      region: Sales_Region__c
      lost_reason: Reason_Lost__c
      contact_role: Function__c
      engagement_count: Answers__c
      yearly_potential: Yearly_Potential__c
      buys_within_days: Buys_Within_Days__c
      has_budget: Has_Budget__c
      has_authority: Has_Authority__c
      has_need: Has_Need__c
      has_timing: Has_Timing__c
    deal:
      lost_reason: Reason_Lost__c
      competitor: OpportunityCompetitors
      contribution: Margin__c
    account:
      customer_id: Customer_Number__c
      region: Sales_Region__c
    secret: \${secret:salesforce}
    base_url: ${origin}

  # What the company keeps outside of Salesforce: lists, every night.
  - kind: files
    name: crm-lists
    title: { en: CRM lists, fr: Listes du CRM }
    feeds:
${crmLists}`;
