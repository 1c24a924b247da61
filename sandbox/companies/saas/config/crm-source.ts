import { crmLists } from './crm-lists.ts';

/** The CRM's nightly lists. */
export const crmSource = `  # The CRM: lists of leads and deals, complete on the first night, then each night what changed, and its histories.
  - kind: files
    name: crm
    title: { en: CRM, fr: CRM }
    feeds:
      - table: leads
        path: exports/crm/leads_{date}.csv
        columns:
          lead_id: Id
          created_at: Created
          status: { from: Status, values: { Open: open, Customer: won, Lost: lost, Deleted: deleted, Merged: merged } }
          channel: Source
          campaign: Campaign
          industry: Industry
          region: Region
          customer_id: Customer
          owner_id: Owner
          mql_on: Qualified
          sql_on: Accepted
          won_on: Won
          lost_on: Lost
          lost_reason: Reason
          employee_count: Employees
          yearly_potential: Potential
          buys_within_days: Buys within
          contact_role: Role
          contact_seniority: Seniority
          engagement_count: Engagements
          has_budget: Budget
          has_authority: Authority
          has_need: Need
          has_timing: Timing
      - table: deals
        path: exports/crm/deals_{date}.csv
        columns:
          deal_id: Id
          lead_id: Lead
          customer_id: Customer
          owner_id: Owner
          created_at: Created
          status: { from: Status, values: { Open: open, Customer: won, Lost: lost, Deleted: deleted, Merged: merged } }
          closed_on: Closed
          expected_on: Expected
          pipeline: { constant: Sales }
          channel: Source
          industry: Industry
          region: Region
          lost_reason: Reason
          amount: Amount
          contribution: Margin
          currency: Currency
      - table: deal_amounts
        path: exports/crm/amounts_{date}.csv
        columns:
          deal_id: Deal
          changed_at: Since
          basis: { constant: history }
          amount: Amount
          currency: Currency
      - table: deal_competitors
        path: exports/crm/competitors_{date}.csv
        columns: { deal_id: Deal, competitor: Competitor }
      - table: stages
        path: exports/crm/stages.csv
        columns: { stage_id: Id, pipeline: Pipeline, step: Order, name: Name, probability: Probability, outcome: Outcome }
      - table: stage_history
        path: exports/crm/stage_changes_{date}.csv
        columns:
          kind: { from: Kind, values: { Lead: lead, Deal: deal } }
          record_id: Record
          # The CRM writes names. Somebody renamed the pilot to trial: both are one stage.
          stage_id:
            from: Stage
            values:
              Lead: lead
              MQL: mql
              SQL: sql
              Converted: converted
              Disqualified: disqualified
              Qualified: qualified
              Demo: demo
              Pilot: trial
              Trial: trial
              Proposal: proposal
              Negotiation: negotiation
              Won: won
              Lost: lost
          entered_at: At
          basis: { constant: history }
          reason: Reason
      - table: crm_users
        path: exports/crm/users.csv
        columns: { user_id: User, team: Team, licensed_from: From, licensed_until: Until }
${crmLists}`;
