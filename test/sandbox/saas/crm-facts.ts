/** What must be in the lake whichever CRM the software company has, as far as that CRM knows it (docs/sandbox.md). */
export interface CrmFact {
  readonly what: string;
  readonly sql: string;
}

/** The company's own number of a record is within each CRM's id. */
export const numbersIn = (text: string): string =>
  text
    .replaceAll(/00[Q56]5g0(\d{9})[A-Z0-5]{3}/g, (_, digits: string) => String(Number(digits)))
    .replaceAll(/[0-9a-f]{8}-0000-4000-8000-(\d{12})/g, (_, digits: string) => String(Number(digits)));

const isStanding = `status NOT IN ('deleted', 'merged')`;
const HAS_DEAL = 'lead_id IN (SELECT lead_id FROM lake.deals WHERE lead_id IS NOT NULL)';

/** Columns of leads that a CRM tells otherwise, or in part. */
const LEADS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  hubspot: {},
  salesforce: {
    // A lead that became a deal is locked, and says nothing of why the deal was lost; no lead names its customer.
    lost_reason: `CASE WHEN NOT ${HAS_DEAL} THEN lost_reason END`,
    engagement_count: `CASE WHEN status = 'open' AND NOT ${HAS_DEAL} THEN engagement_count END`,
    contact_seniority: 'NULL',
    customer_id: 'NULL',
    // A checkbox that nobody ticked says no, whether somebody asked or not.
    ...asked('has_budget', 'has_authority', 'has_need', 'has_timing'),
  },
  'dynamics-sales': {
    // It is locked, too, and no later than at its end.
    lost_reason: `CASE WHEN NOT ${HAS_DEAL} THEN lost_reason END`,
    engagement_count: `CASE WHEN status = 'open' AND NOT ${HAS_DEAL} THEN engagement_count END`,
    contact_seniority: 'NULL',
  },
};

function asked(...columns: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    columns.map((column) => [column, `CASE WHEN mql_on IS NOT NULL THEN ${column} END`]),
  );
}

const LEAD_COLUMNS = [
  ...['lead_id', 'created_at', 'created_on', 'status', 'channel', 'campaign', 'industry', 'region'],
  ...['customer_id', 'owner_id', 'employee_count', 'mql_on', 'sql_on', 'won_on', 'lost_on', 'lost_reason'],
  ...['contact_role', 'contact_seniority', 'engagement_count', 'yearly_potential', 'buys_within_days'],
  ...['has_budget', 'has_authority', 'has_need', 'has_timing'],
];

const leads = (crm: string): string =>
  LEAD_COLUMNS.map((column) => `${LEADS[crm]?.[column] ?? column} AS ${column}`).join(', ');

/** Dynamics keeps the stage that a deal is in, and its end: of those that it passed nothing. */
const STAGES_KNOWN: readonly CrmFact[] = [
  {
    what: 'stages that open deals are in',
    sql: `SELECT record_id, name, max(entered_at) AS entered_at FROM lake.stage_history JOIN lake.deals ON deal_id = record_id
      JOIN lake.stages USING (stage_id) WHERE kind = 'deal' AND status = 'open' AND entered_at = (SELECT max(other.entered_at)
      FROM lake.stage_history other WHERE other.record_id = deal_id) GROUP BY 1, 2`,
  },
  {
    what: 'ends of deals',
    sql: `SELECT record_id, name, max(entered_on) AS ended_on FROM lake.stage_history JOIN lake.deals ON deal_id = record_id
      JOIN lake.stages USING (stage_id) WHERE kind = 'deal' AND ${isStanding} AND status = outcome AND outcome <> 'open' GROUP BY 1, 2`,
  },
  {
    what: 'amounts',
    sql: `SELECT deal_id, amount, currency FROM lake.deals WHERE ${isStanding}`,
  },
  {
    what: 'stages of deals',
    sql: `SELECT name, step, probability, outcome FROM lake.stages WHERE outcome = 'open' AND pipeline NOT IN ('Leads')
      UNION ALL SELECT name, NULL, probability, outcome FROM lake.stages WHERE name IN ('Won', 'Lost')`,
  },
];

/** Lists call the end of a lead's way converted; HubSpot has it as an opportunity until its deal has ended: stages of deals alone are compared. */
const STAGES = `SELECT record_id, stage_id, entered_at, entered_on, basis FROM lake.stage_history
  JOIN lake.deals ON deal_id = record_id WHERE kind = 'deal' AND ${isStanding}`;

/** What a CRM with whole histories keeps of deals. */
const WHOLE: readonly CrmFact[] = [
  { what: 'stages that deals were in', sql: STAGES },
  {
    // Saved again with the same value, HubSpot's history has one entry.
    what: 'amounts',
    sql: `SELECT DISTINCT deal_id, a.amount, currency FROM lake.deal_amounts a JOIN lake.deals d USING (deal_id, currency)
      WHERE ${isStanding}`,
  },
  {
    what: 'stages of deals',
    sql: `SELECT stage_id, name, outcome FROM lake.stages WHERE coalesce(pipeline, 'default') IN ('Sales', 'default')`,
  },
];

export const crmFacts = (crm: string): CrmFact[] => [
  { what: 'leads', sql: `SELECT ${leads(crm)} FROM lake.leads WHERE ${isStanding}` },
  {
    what: 'deals',
    sql: `SELECT deal_id, lead_id, customer_id, created_at, created_on, status, closed_on, channel, industry, region,
      lost_reason, amount, contribution, currency FROM lake.deals WHERE ${isStanding}`,
  },
  {
    // Where somebody must own a deal, it is this one who has what is nobody's.
    what: 'owners of deals',
    sql: `SELECT deal_id, owner_id FROM lake.deals WHERE ${isStanding} AND owner_id NOT LIKE '%7000005%'`,
  },
  {
    what: 'days on which open deals should close',
    sql: `SELECT deal_id, expected_on FROM lake.deals WHERE status = 'open'`,
  },
  {
    what: 'competitors',
    sql: `SELECT deal_id, competitor FROM lake.deal_competitors JOIN lake.deals USING (deal_id) WHERE ${isStanding}`,
  },
  {
    // Whoever was removed from HubSpot is in no team any more.
    what: 'users',
    sql: 'SELECT user_id, licensed_until, CASE WHEN licensed_until IS NULL THEN team END AS team FROM lake.crm_users',
  },
  {
    what: 'trials, touchpoints and activity, which come as lists',
    sql: `SELECT lead_id, started_at AS at FROM lake.trials UNION ALL SELECT lead_id, touched_at FROM lake.touchpoints
      UNION ALL SELECT user_id, active_on::TEXT FROM lake.crm_activity`,
  },
  ...(crm === 'dynamics-sales' ? STAGES_KNOWN : WHOLE),
];
