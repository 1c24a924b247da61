/** Feeds of what is kept beside leads and deals: checklists, trials, touchpoints, referrals, what users do. */
export const crmLists = `      - table: milestones
        path: exports/crm/milestones.csv
        columns: { milestone_id: Id, stage_id: Stage, name: Name }
      - table: milestone_validations
        path: exports/crm/checklist_{date}.csv
        columns: { milestone_id: Milestone, kind: { constant: deal }, record_id: Deal, validated_at: Checked }
      - table: trials
        path: exports/crm/trials_{date}.csv
        # Of one that ended on the night of the first list there are two lines: the later one counts.
        one_row_per_key: last
        columns:
          trial_id: Id
          lead_id: Lead
          kind: { constant: trial }
          started_at: Started
          ends_on: Ends
          industry: Industry
          paid_on: Paid
          lost_on: Lost
          lost_reason: Reason
      - table: touchpoints
        path: exports/crm/touchpoints_{date}.csv
        columns:
          touchpoint_id: Id
          touched_at: At
          kind: Kind
          channel: Channel
          campaign: Campaign
          lead_id: Lead
      - table: referrals
        path: exports/crm/referrals_{date}.csv
        columns: { referral_id: Lead, referred_on: Received, customer_id: Customer, lead_id: Lead }
      - table: crm_activity
        path: exports/crm/activity_{date}.csv
        columns: { user_id: User, active_on: Day, record_count: Records }
      - table: innovation_participations
        path: exports/crm/co_innovation.csv
        max_age_days: null
        columns: { participation_id: { row_number: true }, participated_on: Day, customer_id: Customer, kind: Kind }
`;
