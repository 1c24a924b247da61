import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SaasSummary } from '../../../sandbox/companies/saas/write-saas.ts';
import { type Lake, lakeOfSaas, lakeOfServedSaas } from '../lakes.ts';

/** One software company, once from its CRM's lists and once from its HubSpot: the lakes must hold the same. */
const company = { seed: 1887, endsOn: '2026-11-21', days: 150, scale: 0.2, stories: true };
let files: Lake<SaasSummary>;
let served: Lake<SaasSummary>;

beforeAll(async () => {
  files = await lakeOfSaas(company);
  served = await lakeOfServedSaas(company);
});
afterAll(async () => {
  await files?.close();
  await served?.close();
});

const isStanding = `status NOT IN ('deleted', 'merged')`;
/** Lists call the end of a lead's way converted; HubSpot has it as an opportunity until its deal has ended. */
const DEALS_ONLY = `kind = 'deal'`;

const SAME: readonly (readonly [what: string, sql: string])[] = [
  [
    'leads',
    `SELECT lead_id, created_at, created_on, status, channel, campaign, industry, region, customer_id, owner_id, employee_count,
       mql_on, sql_on, won_on, lost_on, lost_reason, contact_role, contact_seniority, engagement_count, yearly_potential,
       buys_within_days, has_budget, has_authority, has_need, has_timing FROM lake.leads WHERE ${isStanding}`,
  ],
  [
    'deals',
    `SELECT deal_id, lead_id, customer_id, owner_id, created_at, created_on, status, closed_on, channel, industry, region,
       lost_reason, amount, contribution, currency FROM lake.deals WHERE ${isStanding}`,
  ],
  [
    'days on which open deals should close',
    `SELECT deal_id, expected_on FROM lake.deals WHERE status = 'open'`,
  ],
  [
    'stages that deals were in',
    `SELECT record_id, stage_id, entered_at, entered_on, basis FROM lake.stage_history
     JOIN lake.deals ON deal_id = record_id WHERE ${DEALS_ONLY} AND ${isStanding}`,
  ],
  [
    // Saved again with the same value, HubSpot's history has one entry.
    'amounts',
    `SELECT DISTINCT deal_id, a.amount, currency FROM lake.deal_amounts a JOIN lake.deals d USING (deal_id, currency)
     WHERE ${isStanding}`,
  ],
  [
    'competitors',
    `SELECT deal_id, competitor FROM lake.deal_competitors JOIN lake.deals USING (deal_id) WHERE ${isStanding}`,
  ],
  // Whoever was removed is in no team any more.
  [
    'users',
    'SELECT user_id, licensed_until, CASE WHEN licensed_until IS NULL THEN team END AS team FROM lake.crm_users',
  ],
  [
    'stages of deals',
    `SELECT stage_id, name, outcome FROM lake.stages WHERE pipeline IN ('Sales', 'default')`,
  ],
  ['trials, which come as a list', 'SELECT * EXCLUDE (_source, _run) FROM lake.trials'],
];

test('HubSpot is asked, and no row of anything refused', () => {
  expect(served.pulls.filter(({ status }) => status !== 'ok')).toEqual([]);
  expect(served.pulls.flatMap(({ batches }) => batches).filter(({ rejected }) => rejected > 0)).toEqual([]);
  expect(served.pulls.map(({ source }) => source)).toContain('hubspot');
});

test.each(SAME)('%s are the same from HubSpot and from lists', async (_, sql) => {
  const rows = async (lake: Lake<SaasSummary>) => (await lake.query(sql)).map((row) => text(row)).sort();
  const [wanted, found] = [await rows(files), await rows(served)];
  expect(wanted.length).toBeGreaterThan(5);
  expect(found.filter((row) => !wanted.includes(row)).slice(0, 3)).toEqual([]);
  expect(wanted.filter((row) => !found.includes(row)).slice(0, 3)).toEqual([]);
  expect(found).toHaveLength(wanted.length);
});

test('who is in the recycling bin, or was merged into another, counts nowhere', async () => {
  for (const status of ['deleted', 'merged']) {
    const sql = `SELECT lead_id FROM lake.leads WHERE status = '${status}' ORDER BY 1`;
    const wanted = (await files.query(sql)).map(({ lead_id: id }) => id);
    const found = (await served.query(sql)).map(({ lead_id: id }) => id);
    expect(found.length, status).toBeGreaterThan(0);
    expect(found.filter((id) => !wanted.includes(id))).toEqual([]);
  }
});

test('pulled again the same morning, nothing is new', async () => {
  const tables = ['leads', 'deals', 'stage_history', 'deal_amounts', 'stages', 'crm_users', 'crm_people'];
  const rows = () =>
    Promise.all(
      tables.map((table) => served.query(`SELECT * EXCLUDE (_run) FROM lake.${table} ORDER BY ALL`)),
    );
  const before = await rows();
  const reports = await served.again('again.20261122T060000Z');
  expect(reports.filter(({ status }) => status === 'failed')).toEqual([]);
  expect((await rows()).map((each) => each.map(text))).toEqual(before.map((each) => each.map(text)));
});

const text = (row: object): string =>
  JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
