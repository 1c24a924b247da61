import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { writeSecrets } from '../../cli/commands/sandbox-secrets.ts';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { fileBucket } from '../../functions/platform/local/file-bucket.ts';
import type { Walked } from '../../infra/state-machine/walk.ts';
import { serveSaas } from '../../sandbox/companies/saas/serve-saas.ts';
import type { SaasSummary } from '../../sandbox/companies/saas/write-saas.ts';
import type { ServedCompany } from '../../sandbox/vendors/serve.ts';
import { figureLines } from '../kit/aws/outcome.ts';
import { pullsOf, saidAndKept, storeSecrets } from '../kit/aws/served-company.ts';
import { type TestStack, testStack } from '../kit/aws/stack.ts';
import { localRun } from '../kit/local-run.ts';

/** A company that lives by its funnel on the AWS path: HubSpot answers on loopback, and the deployed bundle of `pull` asks it. */
const ENDS_ON = '2026-10-31';
const kpis = loadCatalogue().kpis.map((kpi) => kpi.id);
/** What such a company looks at first. All of its figures are compared; these must be there, and be no “no data”. */
const FUNNEL = [
  'new_leads',
  'stage_conversion_rate',
  'lead_to_customer_rate',
  'order_forecast',
  'stage_losses',
];

let sandbox: ServedCompany<SaasSummary>;
let stack: TestStack;
let walked: Walked;
let state: string;

beforeAll(async () => {
  const folder = join(await mkdtemp(join(tmpdir(), 'vigie-funnel-')), 'company');
  const now = () => new Date();
  // Half a year and more: a lead counts as won or not after 180 days.
  sandbox = await serveSaas({
    ...{ folder, endsOn: ENDS_ON, days: 260, scale: 0.1, seed: 7, stories: false, firstPort: 0, now },
  });
  const { config } = sandbox.summary;
  state = join(folder, '.vigie');
  await writeSecrets(folder, sandbox.servers.vendors);
  await localRun({ config, state, asOf: ENDS_ON, at: now().toISOString() });
  stack = await testStack({ motoUrl: inject('motoUrl'), trinoUrl: inject('trinoUrl'), config, folder });
  await storeSecrets(stack, sandbox.servers.vendors);
  walked = await stack.execute({ date: ENDS_ON });
});
afterAll(async () => {
  await stack?.close();
  await sandbox?.servers.close();
});

describe('a funnel, on AWS and on this machine', () => {
  test('the execution succeeds, and leads and deals come from HubSpot', async () => {
    expect(walked).toMatchObject({ status: 'succeeded' });
    const pulls = await pullsOf<{
      source: string;
      status: string;
      batches: { table: string; rows: number }[];
    }>(stack, walked, ENDS_ON);
    expect(pulls.filter(({ status }) => status !== 'ok')).toEqual([]);
    const hubspot = pulls.find(({ source }) => source === 'hubspot');
    const filled = hubspot?.batches.filter(({ rows }) => rows > 0).map(({ table }) => table);
    expect(filled).toEqual(
      expect.arrayContaining(['leads', 'deals', 'stage_history', 'stages', 'crm_people']),
    );
  });

  test('has the same snapshot, row by row', async () => {
    const here = await figureLines(fileBucket(state), kpis, ENDS_ON, ENDS_ON);
    // Kpi, day, period, comparison, dimension, member, numerator …
    const known = new Set(
      here.map((line) => line.split('|')).flatMap(([kpi, , , , , , value]) => (value ? kpi : [])),
    );
    expect(FUNNEL.filter((kpi) => !known.has(kpi))).toEqual([]);
    expect(await figureLines(stack.bucket, kpis, ENDS_ON, ENDS_ON)).toEqual(here);
  });

  test('no function asks S3 for what its policy does not allow', () => {
    expect(stack.denied).toEqual([]);
  });

  test('the token is nowhere in what is printed or kept, nor is an owner’s name', async () => {
    const all = await saidAndKept(stack);
    for (const { secret } of sandbox.servers.vendors)
      for (const value of Object.values(secret)) expect(all).not.toContain(value);
    expect(all).not.toContain('Camille');
  });
});
