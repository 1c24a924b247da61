import { crmLists } from './crm-lists.ts';

/** HubSpot over its API: leads, deals, their stages and histories; what it has no place for comes as lists. */
export const crmApi = (
  origin: string,
  startsOn: string,
): string => `  # HubSpot: contacts as leads, deals, the stages both were in. base_url leads to the simulated one (\`vigie sandbox --serve\` keeps
  # it running); without this line it would lead to the real one. Credentials stand in .vigie/secrets.json; here they are only named.
  - kind: hubspot
    name: hubspot
    starts_on: ${startsOn}
    # A lead is lost by itself, or with its deal: a workflow keeps the status in step.
    lost_statuses: [UNQUALIFIED, LOST_DEAL]
    # Properties that the company added, by what they are to Vigie.
    contact:
      channel: lead_channel
      campaign: lead_campaign
      lost_reason: lead_lost_reason
      contact_role: hs_role
      contact_seniority: hs_seniority
      engagement_count: marketing_engagements
      yearly_potential: yearly_potential
      buys_within_days: buys_within_days
      has_budget: bant_budget
      has_authority: bant_authority
      has_need: bant_need
      has_timing: bant_timing
    deal:
      channel: deal_channel
      competitor: main_competitor
      contribution: margin
    company:
      customer_id: customer_number
      region: sales_region
    # The simulated HubSpot allows more than a real one: 9 where nothing is said.
    requests_per_second: 1000
    secret: \${secret:hubspot}
    base_url: ${origin}

  # What HubSpot has no place for, or keeps in plans that the company has not: lists, every night.
  - kind: files
    name: crm-lists
    title: { en: CRM lists, fr: Listes du CRM }
    feeds:
${crmLists}`;
