import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CRM_KINDS } from '../../../sandbox/companies/saas/crm-kinds.ts';
import type { SaasSummary } from '../../../sandbox/companies/saas/write-saas.ts';
import { type Lake, lakeOfSaas, lakeOfServedSaas } from '../lakes.ts';
import { crmFacts, numbersIn } from './crm-facts.ts';

/** One software company, from its CRM's lists, and from each CRM that it may have: the lakes must hold the same. */
const company = { seed: 1887, endsOn: '2026-11-21', days: 150, scale: 0.2, stories: true };
let files: Lake<SaasSummary>;

beforeAll(async () => {
  files = await lakeOfSaas(company);
});
afterAll(() => files?.close());

describe.each(CRM_KINDS)('leads and deals from %s', (crm) => {
  let served: Lake<SaasSummary>;
  /** Of a lead whose deal was taken away not every CRM knows what became of it. */
  let orphans: readonly string[];
  beforeAll(async () => {
    served = await lakeOfServedSaas(company, crm);
    const sql = `SELECT lead_id FROM lake.deals WHERE status IN ('deleted', 'merged') AND lead_id IS NOT NULL`;
    orphans = (await files.query(sql)).map(({ lead_id: id }) => String(id));
  });
  afterAll(() => served?.close());

  test('come, and no row of anything is refused', () => {
    expect(served.pulls.filter(({ status }) => status !== 'ok')).toEqual([]);
    expect(served.pulls.flatMap(({ batches }) => batches).filter(({ rejected }) => rejected > 0)).toEqual([]);
    expect(served.pulls.map(({ source }) => source)).toContain(crm);
  });

  test.each(crmFacts(crm))('$what are those of the lists', async ({ sql }) => {
    const rows = async (lake: Lake<SaasSummary>) =>
      (await lake.query(sql))
        .map((row) => numbersIn(text(row)))
        .filter(isKnown)
        .sort();
    const isKnown = (row: string): boolean => !orphans.some((id) => row.includes(`"lead_id":"${id}"`));
    const [wanted, found] = [await rows(files), await rows(served)];
    expect(wanted.length).toBeGreaterThan(5);
    expect(found.filter((row) => !wanted.includes(row)).slice(0, 3)).toEqual([]);
    expect(wanted.filter((row) => !found.includes(row)).slice(0, 3)).toEqual([]);
    expect(found).toHaveLength(wanted.length);
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

  test('who is in the recycling bin, or was merged into another, counts nowhere', async () => {
    for (const status of REMOVED[crm] ?? []) {
      const sql = `SELECT lead_id FROM lake.leads WHERE status = '${status}' ORDER BY 1`;
      const ids = async (lake: Lake<SaasSummary>) => (await lake.query(sql)).map(text).map(numbersIn);
      const [wanted, found] = [await ids(files), await ids(served)];
      expect(found.length, status).toBeGreaterThan(0);
      expect(found.filter((id) => !wanted.includes(id))).toEqual([]);
    }
  });
});

/** What each CRM says of leads that were taken away. */
const REMOVED: Readonly<Record<string, readonly string[]>> = {
  hubspot: ['deleted', 'merged'],
  salesforce: ['deleted', 'merged'],
  // Of a lead that was deleted Dynamics keeps nothing.
  'dynamics-sales': ['merged'],
};

const text = (row: object): string =>
  JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
