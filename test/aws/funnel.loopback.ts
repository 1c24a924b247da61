import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { fedTables } from '../../functions/lake/company/fed-tables.ts';
import type { PullReport } from '../../functions/lake/landing/batch.ts';
import { readList } from '../../functions/lake/snapshot/list-entries.ts';
import type { Bucket } from '../../functions/platform/bucket.ts';
import { queryRows } from '../../functions/platform/engine.ts';
import { fileBucket } from '../../functions/platform/local/file-bucket.ts';
import type { Walked } from '../../infra/state-machine/walk.ts';
import { CRM_KINDS, type CrmKind } from '../../sandbox/companies/saas/crm-kinds.ts';
import { figureLines } from '../kit/aws/outcome.ts';
import { pullsOf, saidAndKept, storeSecrets } from '../kit/aws/served-company.ts';
import { type TestStack, testStack } from '../kit/aws/stack.ts';
import { FIRST, FUNNEL_KPIS, type FunnelCompany, funnelCompany, SECOND } from '../kit/funnel-company.ts';
import { lakeLines } from '../kit/lake-lines.ts';
import { localRun, withContext } from '../kit/local-run.ts';
import { archiveNames, DELETED, PERSONAL } from '../kit/taken-away.ts';
import { isItsTurn } from '../kit/turn.ts';

/**
 * A company that lives by its funnel on the AWS path, two mornings: each CRM that it may have answers on loopback, and the deployed bundle of
 * `pull` asks it. Overnight records change, one is merged into another, some are deleted, and somebody is erased; and the company, which began with
 * a few KPIs, has all of its funnel measured, the days before included.
 * `VIGIE_FUNNEL_CRM=hubspot,salesforce` names some, where time is short.
 */
const named = process.env['VIGIE_FUNNEL_CRM']?.split(',') ?? CRM_KINDS;
const crms = CRM_KINDS.filter((kind) => named.includes(kind));
if (crms.length < named.length)
  throw new Error(`VIGIE_FUNNEL_CRM=${named}: there are ${CRM_KINDS.join(', ')}`);

/** What such a company looks at first. All figures are compared; these must be there, and be no “no data”, but for what is unknown yet. */
const FUNNEL = [
  'new_leads',
  'stage_conversion_rate',
  'lead_to_customer_rate',
  'order_forecast',
  'stage_losses',
];

/** Measured from the first morning: these, and what makes the list of the hottest leads. */
const BEGINS_WITH = [...FUNNEL, 'lead_score'];

/** All of the funnel, from the second morning on; of what is added to it CI takes some in turn: each has its cases on Trino. */
const GOES_ON_WITH = FUNNEL_KPIS.filter((id, index) => BEGINS_WITH.includes(id) || isItsTurn(index));

/** Of these, what nobody can tell before a first move was seen, and windows begin after it: Dynamics keeps no history of stages. */
const UNKNOWN_YET: Readonly<Record<CrmKind, readonly string[]>> = {
  ...{ hubspot: [], salesforce: [] },
  'dynamics-sales': ['stage_conversion_rate', 'stage_losses'],
};

/** One morning: what came of it there, and the lakes as they were then. */
interface Morning {
  readonly walked: Walked;
  readonly pulls: readonly PullReport[];
  readonly here: ReadonlyMap<string, readonly string[]>;
  readonly there: ReadonlyMap<string, readonly string[]>;
  /** Numbers on the list of the hottest leads. */
  readonly hot: { readonly here: readonly string[]; readonly there: readonly string[] };
  /** Whether the archive names the person who is erased on the second day. */
  readonly named: { readonly here: boolean; readonly there: boolean };
}

describe.each(crms)('a funnel in %s, on AWS and on this machine', (crm) => {
  let company: FunnelCompany;
  let stack: TestStack;
  let first: Morning;
  let second: Morning;

  beforeAll(async () => {
    company = await funnelCompany(crm, { kpis: BEGINS_WITH });
    const { config } = company.summary;
    const { folder, now } = company;
    stack = await testStack({ ...inSuite(), config, folder, now });
    await storeSecrets(stack, company.servers.vendors);
    first = await morning(FIRST);
    await company.measures(GOES_ON_WITH);
    await stack.deploy();
    second = await morning(SECOND);
  });
  afterAll(async () => {
    await stack?.close();
    await company?.servers.close();
  });

  async function morning(day: string): Promise<Morning> {
    company.morningAfter(day);
    const { summary, state, gone, now } = company;
    const run = { config: summary.config, state, at: now().toISOString() };
    await localRun({ ...run, asOf: day });
    const walked = await stack.execute({ date: day });
    const source = stack.company.sources.find(({ name }) => name === crm);
    if (!source) throw new Error(`the company has no source ${crm}`);
    const tables = fedTables(source).map(({ table }) => table);
    const local = fileBucket(state);
    return {
      walked,
      pulls: await pullsOf<PullReport>(stack, walked, day),
      here: await withContext(run, ({ platform }) => lakeLines(platform.engine, crm, tables)),
      there: await lakeLines(stack.engine, crm, tables),
      hot: { here: await hottest(local, day), there: await hottest(stack.bucket, day) },
      named: {
        here: await archiveNames(local, crm, gone.erased),
        there: await archiveNames(stack.bucket, crm, gone.erased),
      },
    };
  }

  test('both executions succeed, and every source is pulled', () => {
    for (const { walked, pulls } of [first, second]) {
      expect(walked).toMatchObject({ status: 'succeeded' });
      expect(pulls.filter(({ status }) => status !== 'ok' && status !== 'unchanged')).toEqual([]);
      const ofCrm = pulls.find(({ source }) => source === crm);
      expect(ofCrm?.batches.filter(({ rejected }) => rejected > 0)).toEqual([]);
      const filled = ofCrm?.batches.filter(({ rows }) => rows > 0).map(({ table }) => table);
      expect(filled).toEqual(
        expect.arrayContaining(['leads', 'deals', 'stage_history', 'stages', 'crm_people']),
      );
    }
  });

  test('the lake is the same each morning, row by row', () => {
    for (const { here, there } of [first, second]) {
      for (const table of ['leads', 'deals', 'stage_history', 'crm_users'])
        expect(here.get(table)?.length, table).toBeGreaterThan(5);
      expect(Object.fromEntries(there)).toEqual(Object.fromEntries(here));
    }
    for (const table of ['leads', 'deals', 'stage_history'])
      expect(second.there.get(table), `${table} has changed overnight`).not.toEqual(first.there.get(table));
  });

  test('so are all figures', async () => {
    const here = await figureLines(fileBucket(company.state), GOES_ON_WITH, FIRST, SECOND);
    for (const day of [FIRST, SECOND]) {
      // Kpi, day, period, comparison, dimension, member, numerator …
      const known = new Set(
        here
          .map((line) => line.split('|'))
          .flatMap(([kpi, asOf, , , , , value]) => (value && asOf === day ? kpi : [])),
      );
      expect(FUNNEL.filter((kpi) => !known.has(kpi))).toEqual(UNKNOWN_YET[crm]);
    }
    expect(await figureLines(stack.bucket, GOES_ON_WITH, FIRST, SECOND)).toEqual(here);
  });

  test('new leads of the second day are those that the company made', async () => {
    const lines = await figureLines(stack.bucket, ['new_leads'], SECOND, SECOND);
    expect(lines).toContain(`new_leads|${SECOND}|day|current|||${company.newLeads}||count|ok`);
  });

  test('what is merged, deleted or erased overnight is so in the lake', async () => {
    const { gone } = company;
    const held = async (columns: string, table: string, where: string) => {
      const sql = `SELECT ${columns} FROM ${stack.engine.dialect.table(table)} WHERE ${where}`;
      return (await queryRows(stack.engine, sql)).map((row) => Object.values(row));
    };
    expect(await held('status', 'leads', `lead_id = '${gone.merged}'`)).toEqual([['merged']]);
    expect(await held('status', 'leads', `lead_id = '${gone.deleted}'`)).toEqual([[DELETED[crm]]]);
    expect(await held('status', 'deals', `deal_id = '${gone.deal}'`)).toEqual([['deleted']]);
    expect(
      await held(`status, lost_on, ${PERSONAL.join(', ')}`, 'leads', `lead_id = '${gone.erased}'`),
    ).toEqual([['lost', SECOND, ...PERSONAL.map(() => null)]]);
  });

  test('who is erased is on the list of the first morning, and on none of the second', () => {
    // The other two do not know what this lead answered to mails, and have hotter ones: overnight.test.ts has somebody of theirs.
    if (crm === CRM_KINDS[0]) expect(first.hot.there).toContain(company.gone.erased);
    expect(first.hot.there).toEqual(first.hot.here);
    expect(second.hot.there).not.toContain(company.gone.erased);
    expect(second.hot.there).toEqual(second.hot.here);
    expect(second.hot.there.length).toBeGreaterThan(10);
  });

  test('and is taken out of the archive of what the CRM answered', () => {
    expect(first.named).toEqual({ here: true, there: true });
    expect(second.named).toEqual({ here: false, there: false });
  });

  test('no function asks S3 for what its policy does not allow', () => {
    expect(stack.denied).toEqual([]);
  });

  test('the credentials are nowhere in what is printed or kept, nor is an owner’s name', async () => {
    const all = await saidAndKept(stack);
    for (const { secret } of company.servers.vendors)
      for (const value of Object.values(secret)) expect(all).not.toContain(value);
    expect(all).not.toContain('Camille');
  });
});

const inSuite = () => ({ motoUrl: inject('motoUrl'), trinoUrl: inject('trinoUrl') });

async function hottest(bucket: Bucket, day: string): Promise<string[]> {
  const list = await readList(bucket, { id: 'hottest_leads' }, day);
  return (list?.entries ?? []).map(({ key }) => key);
}
